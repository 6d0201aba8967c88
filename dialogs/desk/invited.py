"""What a contact person is shown for an invitation: the links to pass on."""

from dialogs.case.case import Case
from dialogs.desk.screens import TO_QUEUE
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Text, _


def invited_actor(case: Case, doors: list[Text]) -> Tell:
    """The links by which one actor can join a case that the city started."""
    words: list[Text] = [
        _(
            "Send one of these to one actor, and make a new one for the next. It is good for one person and for 30 days."
        ),
        *doors,
        _("They see what you wrote, correct it and confirm it. Only they can send it."),
    ]
    rows = (
        (Button(_("One more link"), f"invite:{case.id}"),),
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE),
    )
    title = _("{reference} is started. Invite the actors", reference=case.reference)
    return Tell(tuple(words), title=title, tone="good", rows=rows)


def invited_colleague(name: str, doors: list[Text]) -> Tell:
    """The one-time links for a new colleague."""
    words: list[Text] = [_("For {name}, each good once and for 24 hours:", name=name), *doors]
    return Tell(tuple(words), title=_("The invitation is ready"), tone="good", rows=((TO_QUEUE,),))


def name_is_taken(name: str) -> Tell:
    """Refuses to invite somebody under the name of a present or former colleague."""
    words = _(
        "There is or was a contact person called {name}. New links for them are made on the server, with: python -m bot invite",
        name=name,
    )
    return Tell((words,), tone="trouble", rows=((TO_QUEUE,),))
