"""What contact persons are told in a chat where not all of it may be said there: which case, and where the rest is."""

from datetime import datetime

from dialogs.case.case import Case
from dialogs.case.notice import in_a_line
from dialogs.case.rights import ContactPerson
from dialogs.desk.labels import state, waiting
from dialogs.language.ids import number_in
from dialogs.language.replies import Button, Reply, Tell
from dialogs.language.words import Text, Words, _

TO_QUEUE = Button(_("The queue"), "queue", weight="quiet")


def in_short(case: Case, now: datetime) -> Words:
    """A case in one line, with where it stands and how long it has waited; of a protected one its number alone."""
    if case.protected:
        return in_a_line(case)
    title = case.title or _("no area named yet")
    said = {"reference": case.reference, "title": title, "state": state(case), "waiting": waiting(case, now)}
    return _("{reference}: {title}. {state}. {waiting}.", **said)


def on_the_web(case: Case, now: datetime, link: str, written: bool = False) -> Tell:
    """The answer to everything that is asked or done in a case here; `link` is its page, or "". `written`: somebody wrote something, which is lost."""
    return _elsewhere((in_short(case, now),), link, written)


def at_the_desk(link: str, written: bool = False) -> Tell:
    """The answer to what is about no case, and is done on the web."""
    return _elsewhere((), link, written)


def _elsewhere(about: tuple[Text, ...], link: str, written: bool) -> Tell:
    where = _("Open it on the web: {link}", link=link) if link else _("Open it on the web.")
    lost = (_("What you wrote here was not kept."),) if written else ()
    return Tell((*about, where, *lost), tone="trouble" if written else "plain", rows=((TO_QUEUE,),))


def hello(who: ContactPerson, link: str) -> Tell:
    """What a contact person reads on coming in where the chat is for notices; `link` is the queue's address, or ""."""
    said = _(
        "Hello {name}. Here you are told when something arrives. You read it and work on your cases on the web.",
        name=who.name,
    )
    where = (_("Open the queue: {link}", link=link),) if link else ()
    rows = (
        (Button(_("The queue"), "queue", weight="main"), Button(_("My cases"), "mine")),
        (Button(_("Language"), "language"),),
    )
    return Tell((said, *where), title=_("For contact persons"), rows=rows)


def named_in(reply: Reply) -> set[int]:
    """The cases that a reply names, by the buttons that open them."""
    acts = (button.act for row in getattr(reply, "rows", ()) for button in row)
    return {number for act in acts if act.startswith("case:") and (number := number_in(act.partition(":")[2]))}
