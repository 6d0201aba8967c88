"""A case as the contact persons have it: what was sent, and what happened to it. Never a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogs.record import Record
from dialogs.words import Text


@dataclass(frozen=True, slots=True)
class Submission:
    """One thing that was sent, as it was sent; `shared` is a copy of a draft that the applicants let go along."""

    id: int
    case: int
    dialog: str
    record: Record
    shared: Record | None
    locale: str
    draft: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case in the queue. `waiting_since` is when it arrived; `taken_by` a contact person's name or ""."""

    id: int
    reference: str
    title: Text
    state: str
    waiting_since: datetime
    taken_by: str
    locale: str
    kinds: tuple[str, ...]
    """The dialogs that were sent in it."""
    scope: str
    """What the applicants think of the committee's responsibility: a hint where it may belong."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened in a case, and who did it (a contact person's name, or "" for an applicant)."""

    what: str
    by: str
    data: dict[str, Any]
    at: datetime
