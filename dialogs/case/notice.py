"""One notice: what is said, to whom; and the buttons below it."""

from dataclasses import dataclass
from typing import Literal

from dialogs.case.case import Case
from dialogs.kinds.day import day_of, in_words
from dialogs.language.replies import Appointment, Button, Tell
from dialogs.language.words import Moment, Text, Words, _

To = Literal["desk", "holder", "mailbox", "participants"]
"""The case's holder and followers, or every contact person while nobody has it; the holder alone; the mailbox; those who write the case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said, and to whom."""

    to: To
    reply: Tell | Appointment


def in_a_line(case: Case) -> Words:
    """A case in one line; if it is protected, only its reference."""
    if case.protected:
        return _("{reference}: protected", reference=case.reference)
    return _("{reference}: {title}", reference=case.reference, title=case.title or _("no area named yet"))


def moment_of(iso: str) -> Moment | None:
    """A calendar day (ISO) for a reader; None when it is not one."""
    day = day_of(iso)
    return in_words(day) if day else None


def to_applicants(title: Words, *words: Text, rows: tuple[tuple[Button, ...], ...] = ()) -> Notice:
    """A notice to everybody who writes the case, with a button to what they have sent."""
    return Notice(
        "participants", Tell(words, title=title, rows=(*rows, (Button(_("What I have sent"), "status"),)), lasting=True)
    )


def answer(case: Case) -> tuple[Button, ...]:
    """A row with the button to answer the contact person."""
    return (Button(_("Write an answer"), f"write:{case.id}"),)


def ask_back(case: Case) -> tuple[Button, ...]:
    """A row with the button to write to the contact person, where nothing was asked."""
    return (Button(_("Write to the contact person"), f"write:{case.id}"),)
