"""A case as the contact persons see it: what was sent, and what follows from everything that happened to it. Never a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeVar

from dialogs.case.state import CLOSED, DRAFT, State
from dialogs.engine.record import Record
from dialogs.language.words import Text

Part = TypeVar("Part")
Waits = Literal["city", "applicants", "committee", "elsewhere", "nobody"]
"""Whom a case waits for: the contact person, the applicants, the Technical Committee, another committee, or nobody."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One thing as it was sent; `shared` is a copy of a draft that the applicants chose to send with it."""

    id: int
    case: int
    dialog: str
    record: Record
    shared: Record | None
    locale: str
    draft: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened in a case, and who did it (a contact person's name, or "" for an applicant). Its step reads `data`."""

    what: str
    by: str
    data: dict[str, Any]
    at: datetime
    id: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message between the two sides, from a contact person (`by`) or from the applicants (`by` is "")."""

    id: int
    by: str
    text: str
    locale: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingOffer:
    """Times offered for a meeting, in Stockholm time ("2026-12-03T14:00"); the one `chosen`, or `none_fits`."""

    id: int
    times: tuple[str, ...]
    place: str
    by: str
    at: datetime
    chosen: str = ""
    none_fits: bool = False
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A contact person's internal note; `about` is "" or what kind of thing it is about ("meeting")."""

    id: int
    text: str
    by: str
    at: datetime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral to another committee, of the matter or a part, or for its view (the case stays here): who, since when, what is expected, what came back."""

    id: int
    kind: Literal["whole", "part", "view"]
    committee: str
    what: str
    reason: str
    expected: str
    due: str
    by: str
    since: datetime
    back: str = ""
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A contact person closed the case: why (the id of a reason), whose matter it is and what they wrote beside it ("" for nothing), and
    where the case stood `before` (the id of a state).
    """

    reason: str
    whose: str
    words: str
    by: str
    at: datetime
    before: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody proposed to dispose of the case: under which decision (its number, its day as ISO), who (`by` and `person`) and when."""

    id: int
    number: str
    day: str
    by: str
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case, as replay() builds it from its events. Names are as they were at the time.

    `waiting_since` is when it began to wait for `waits_for`; `taken_by` is a contact person's name or "", and `holder` their id or 0;
    `kinds` are the dialogs sent in it.
    """

    id: int
    reference: str = ""
    title: Text = ""
    state: str = DRAFT.id
    """The id of one of the states (dialogs/case/state.py, and each phase's own)."""
    closed: str = ""
    """Why nobody works on it any more, as the id of a state ("withdrawn", "decided", "closed", "disposed"); "" while it is open."""
    waits_for: Waits = "nobody"
    waiting_since: datetime | None = None
    taken_by: str = ""
    holder: int = 0
    locale: str = ""
    kinds: tuple[str, ...] = ()
    district: str = ""
    sent_at: datetime | None = None
    protected: bool = False
    named: frozenset[int] = frozenset()
    """Who may see it while it is protected."""
    by_role: frozenset[int] = frozenset()
    """Those of them who may only as long as they are administrators."""
    promised: bool = False
    """Whether it is protected because its sender said so, and was promised that administrators alone see it, and those whom they name."""
    messages: tuple[Message, ...] = ()
    offers: tuple[MeetingOffer, ...] = ()
    notes: tuple[Note, ...] = ()
    referrals: tuple[Referral, ...] = ()
    closings: tuple[Closing, ...] = ()
    """How often it was closed; it was opened again after each but the last."""
    kept: bool = False
    """Whether it was kept as long as the schedule says, since it was closed by a contact person."""
    proposal: Proposal | None = None
    """The last proposal to dispose of it, while nothing has come since."""
    was: str = ""
    """Of a case that was disposed of: the id of the state in which overviews count it, "" where nothing was sent in it."""
    registration: str = ""
    """The number that the registry has given it, or ""."""
    joined: int = 0
    """How many applicants have joined by an invitation."""
    latest: int = 0
    """The id of the last event."""
    parts: Mapping[type, Any] = field(default_factory=dict)
    """What a phase knows of it and the others do not, by the phase's own class."""

    def part(self, of: type[Part]) -> Part:
        """What a phase knows of it, as an instance of the phase's class; an empty one before anything happened in that phase."""
        found = self.parts.get(of)
        return found if isinstance(found, of) else of()

    def with_part(self, part: object) -> "Case":
        """The same case in which a phase knows this of it."""
        return replace(self, parts={**self.parts, type(part): part})

    def stands(self, at: State) -> "Case":
        """The same case in this state, and closed if nobody works on one in it any more."""
        return replace(self, state=at.id, closed=at.id if at.over else "")

    def turned(self, to: Waits, at: datetime) -> "Case":
        """The case waiting for `to`. If it already did, it has waited since the first time; a change of sides starts anew."""
        return self if self.waits_for == to else replace(self, waits_for=to, waiting_since=at)

    @property
    def offer(self) -> MeetingOffer | None:
        """The times that the applicants can still choose from, or None."""
        last = self.offers[-1] if self.offers else None
        return last if last and not last.chosen and not last.none_fits else None

    @property
    def meeting(self) -> MeetingOffer | None:
        """The last meeting agreed, or None."""
        return next((one for one in reversed(self.offers) if one.chosen), None)

    @property
    def closing(self) -> Closing | None:
        """How it was closed, or None while it is not."""
        return self.closings[-1] if self.closings and self.state == CLOSED.id else None

    @property
    def away(self) -> tuple[Referral, ...]:
        """What other committees have not answered yet."""
        return tuple(one for one in self.referrals if not one.back_at)
