"""A case as the contact persons see it: what was sent, and what follows from everything that happened to it. Never a draft."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dialogs.engine.record import Record
from dialogs.language.words import Text

State = Literal["draft", "started", "sent", "taken", "forwarded", "ready", "decided", "withdrawn", "disposed"]
"""Begun by applicants and not sent; started by the city; sent; taken by a contact person; with another committee as a whole;
ready for the Technical Committee; decided; withdrawn by the applicants; disposed of under a recorded decision."""
OVER: tuple[State, ...] = ("withdrawn", "decided")
"""The states of a case that nobody works on any more."""
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
    """Something that happened in a case, and who did it (a contact person's name, or "" for an applicant). dialogs/case/replay.py reads `data`."""

    what: str
    by: str
    data: dict[str, Any]
    at: datetime
    id: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a contact person sees the criteria: a verdict and a note for each key, and a note on the whole."""

    verdicts: dict[str, str]
    notes: dict[str, str]
    summary: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to complete the questions `keys` by the day `due` (ISO); when it was `answered`; `overdue` once the day has passed unanswered."""

    id: int
    keys: tuple[str, ...]
    message: str
    due: str
    by: str
    at: datetime
    answered: datetime | None = None
    overdue: bool = False


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
class Ready:
    """Ready for the Technical Committee: the registration number, and the day of its meeting (ISO)."""

    registration: str
    meeting: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What the Technical Committee decided: the day (ISO), the paragraph, the outcome, the sum in kronor (None for none), and the official words."""

    day: str
    paragraph: str
    outcome: str
    sum: int | None
    conditions: str
    reservation: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case, as replay() builds it from its events. Names are as they were at the time.

    `waiting_since` is when it began to wait for `waits_for`; `taken_by` is a contact person's name or "", and `holder` their id or 0;
    `kinds` are the dialogs sent in it; `scope` is what the applicants think of the committee's responsibility: a hint at where it may belong.
    """

    id: int
    reference: str = ""
    title: Text = ""
    state: State = "draft"
    waits_for: Waits = "nobody"
    waiting_since: datetime | None = None
    taken_by: str = ""
    holder: int = 0
    locale: str = ""
    kinds: tuple[str, ...] = ()
    scope: str = ""
    district: str = ""
    actors: tuple[str, ...] = ()
    """The kinds of actors that were named."""
    established: str = ""
    """The group's own verdict on its established cooperation, or "" when it was not asked."""
    sent_at: datetime | None = None
    protected: bool = False
    named: frozenset[int] = frozenset()
    """Who may see it while it is protected."""
    assessment: Assessment | None = None
    asked: tuple[Asked, ...] = ()
    messages: tuple[Message, ...] = ()
    offers: tuple[MeetingOffer, ...] = ()
    notes: tuple[Note, ...] = ()
    parts: tuple[Referral, ...] = ()
    ready: Ready | None = None
    decisions: tuple[Decision, ...] = ()
    started: dict[str, Any] = field(default_factory=dict)
    """What a contact person filled in when the city started it: answers of the application, by key."""
    joined: int = 0
    """How many applicants have joined by an invitation."""
    latest: int = 0
    """The id of the last event."""

    @property
    def request(self) -> Asked | None:
        """The open request for completion, or None."""
        return next((one for one in reversed(self.asked) if not one.answered), None)

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
    def away(self) -> tuple[Referral, ...]:
        """What other committees have not answered yet."""
        return tuple(part for part in self.parts if not part.back_at)

    @property
    def decision(self) -> Decision | None:
        """The last decision, or None."""
        return self.decisions[-1] if self.decisions else None
