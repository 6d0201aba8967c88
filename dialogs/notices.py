"""What happened, and who is told what. No application text in a notice: only reference, kind, area, link."""

from dataclasses import dataclass
from typing import Literal

from dialogs.replies import Button, Tell
from dialogs.words import Text, Words, _

Happening = Literal["application", "meeting", "withdrawal", "taken"]
"""Sent: an application, a wish for a meeting, a withdrawal; or a contact person took the case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell: to every contact person, to the mailbox, or to those who write the case."""

    to: Literal["contact_persons", "mailbox", "participants"]
    reply: Tell


HEADINGS: dict[Happening, Words] = {
    "application": _("A new application has arrived"),
    "meeting": _("Someone wishes for a first meeting"),
    "withdrawal": _("An application was withdrawn"),
    "taken": _("A contact person has taken your case"),
}


def notices(
    happening: Happening, case: int, reference: str, title: Text, link: str, taken_by: str = ""
) -> tuple[Notice, ...]:
    """The notices of a happening in the case `reference` about the area `title`; `link` is its page in the queue, or ""."""
    if happening == "taken":
        words = _(
            "{name} has taken your case {reference} and will get in touch with you.", name=taken_by, reference=reference
        )
        return (
            Notice(
                "participants",
                Tell(
                    (words,),
                    title=HEADINGS[happening],
                    rows=((Button(_("What I have sent"), "status"),),),
                    lasting=True,
                ),
            ),
        )
    what = _("{reference}: {title}", reference=reference, title=title or _("no area named yet"))
    rows = ((Button(_("Open the case"), f"case:{case}", weight="main"),),)
    mailed = (what, *((_("Open it in the queue: {link}", link=link),) if link else ()))
    return (
        Notice("contact_persons", Tell((what,), title=HEADINGS[happening], rows=rows, lasting=True)),
        Notice("mailbox", Tell(mailed, title=HEADINGS[happening], lasting=True)),
    )


def reminder(draft: int, name: Text) -> Tell:
    """One gentle reminder of an open draft."""
    words = (
        _("Your draft “{draft}” is still here. Would you like to go on with it?", draft=name),
        _("This is the only reminder about it."),
    )
    rows = (
        (Button(_("Continue"), f"open:{draft}", weight="main"),),
        (Button(_("No more reminders"), "quiet", weight="quiet"),),
    )
    return Tell(words, rows=rows, lasting=True)
