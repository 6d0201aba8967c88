"""What initiation knows of a case: what was applied for, how it was judged, what was asked, and what was decided."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dialogs.case.case import Case
from dialogs.language.words import Moment, Words, _


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a contact person sees the criteria: a verdict and a note for each key, and a note on the whole."""

    verdicts: dict[str, str]
    notes: dict[str, str]
    summary: str
    by: str
    at: datetime

    @property
    def called(self) -> Words:
        """What it is called where something comes from it."""
        return _("the assessment by {name}, {day}", name=self.by, day=Moment(self.at, "date"))


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
class Ready:
    """Ready for the Technical Committee: the registration number, and the day of its meeting (ISO)."""

    registration: str
    meeting: str
    at: datetime

    @property
    def called(self) -> Words:
        """What it is called where something comes from it."""
        return _("what was entered on {day}, when it was ready for the committee", day=Moment(self.at, "date"))


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
class Initiation:
    """`scope` is what the applicants think of the committee's responsibility: a hint at where it may belong."""

    scope: str = ""
    actors: tuple[str, ...] = ()
    """The kinds of actors that were named."""
    established: str = ""
    """The group's own verdict on its established cooperation, or "" when it was not asked."""
    assessment: Assessment | None = None
    asked: tuple[Asked, ...] = ()
    ready: Ready | None = None
    decisions: tuple[Decision, ...] = ()
    started: dict[str, Any] = field(default_factory=dict)
    """What a contact person filled in when the city started it: answers of the application, by key."""
    started_by: str = ""
    """That contact person's name."""

    @property
    def request(self) -> Asked | None:
        """The open request for completion, or None."""
        return next((one for one in reversed(self.asked) if not one.answered), None)

    @property
    def decision(self) -> Decision | None:
        """The last decision, or None."""
        return self.decisions[-1] if self.decisions else None


def initiation(case: Case) -> Initiation:
    """What this phase knows of the case."""
    return case.part(Initiation)


def known(case: Case, **more: Any) -> Case:
    """The case, of which this phase knows more now."""
    return case.with_part(replace(initiation(case), **more))
