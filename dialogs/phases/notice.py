"""One notice: what is said, to whom; and the buttons below it."""

from dataclasses import dataclass
from typing import Literal

from dialogs.case.case import Case
from dialogs.kinds.day import day_of, in_words
from dialogs.language.replies import Appointment, Button, Tell
from dialogs.language.words import Moment, Text, Words, _

To = Literal["desk", "holder", "mailbox", "participants"]
"""Who has the case and who follows it, or every contact person while nobody has it; who has it alone; the mailbox; those who write the case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell."""

    to: To
    reply: Tell | Appointment


def in_a_line(case: Case) -> Words:
    """A case in one line; of a protected one, only its reference."""
    if case.protected:
        return _("{reference}: protected", reference=case.reference)
    return _("{reference}: {title}", reference=case.reference, title=case.title or _("no area named yet"))


def moment_of(iso: str) -> Moment | None:
    """A day of the calendar (ISO), to be said; None when it is none."""
    day = day_of(iso)
    return in_words(day) if day else None


def to_applicants(title: Words, *words: Text, rows: tuple[tuple[Button, ...], ...] = ()) -> Notice:
    """To everybody who writes the case, with a way to what they have sent."""
    return Notice(
        "participants", Tell(words, title=title, rows=(*rows, (Button(_("What I have sent"), "status"),)), lasting=True)
    )


def answer(case: Case) -> tuple[Button, ...]:
    """A row with the way to answer the contact person."""
    return (Button(_("Write an answer"), f"write:{case.id}"),)


def ask_back(case: Case) -> tuple[Button, ...]:
    """A row with the way to write to the contact person, where nothing was asked."""
    return (Button(_("Write to the contact person"), f"write:{case.id}"),)
