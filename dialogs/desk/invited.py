"""What a contact person is shown for an invitation: the links to pass on."""

from dialogs.case.case import Case
from dialogs.desk.on_the_web import TO_QUEUE
from dialogs.language.replies import Button, Rows, Tell
from dialogs.language.words import Text, _


def invited_actor(case: Case, doors: list[Text]) -> Tell:
    """The links by which one actor can join a case that the city started."""
    words: list[Text] = [
        _(
            "Send one of these to one actor. It is good for one person and for 30 days. Whoever comes in first invites the others."
        ),
        *doors,
        _("They see what you wrote, correct it and confirm it. Only they can send it."),
    ]
    rows = (
        (Button(_("One more link"), f"invite:{case.id}"),),
        *_ways(case),
    )
    title = _("{reference} is started. Invite the actors", reference=case.reference)
    return Tell(tuple(words), title=title, tone="good", rows=rows, to_hand_on=True)


def they_invite_themselves(case: Case) -> Tell:
    """What a contact person is told who would make a link into a case that actors write already."""
    words = _(
        "Somebody has come in. From now on those who write {reference} invite each other.", reference=case.reference
    )
    return Tell((words,), rows=_ways(case))


def enough_links(case: Case) -> Tell:
    """What a contact person is told who has made more links than anybody uses."""
    words = _("There are many links already that nobody has used. Use one of those, or wait until they end.")
    return Tell((words,), tone="trouble", rows=_ways(case))


def _ways(case: Case) -> Rows:
    return ((Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE),)


def invited_colleague(name: str, doors: list[Text]) -> Tell:
    """The one-time links for a new colleague."""
    words: list[Text] = [_("For {name}, each good once and for 24 hours:", name=name), *doors]
    return Tell(tuple(words), title=_("The invitation is ready"), tone="good", rows=((TO_QUEUE,),), to_hand_on=True)


def name_is_taken(name: str) -> Tell:
    """Refuses to invite somebody under the name of a present or former colleague."""
    words = _(
        "There is or was a contact person called {name}. New links for them are made on the server, with: python -m bot invite",
        name=name,
    )
    return Tell((words,), tone="trouble", rows=((TO_QUEUE,),))
