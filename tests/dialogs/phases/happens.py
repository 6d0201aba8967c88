"""Steps as they happen in the tests of what they make of a case, and what they change."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.case.case import CaseEvent

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALVA, BO = 7, 8
DUE, DAY, TIME = "2026-03-20", "2026-04-01", "2026-03-10T10:00"


@dataclass(frozen=True, slots=True)
class Happens:
    """A step with what is told in it, by Alva unless somebody else is named."""

    what: str
    data: dict[str, Any] = field(default_factory=dict)
    person: int = ALVA

    def event(self, number: int) -> CaseEvent:
        """The event of it, so many hours after the first."""
        by = {ALVA: "Alva", BO: "Bo"}.get(self.person, "")
        return CaseEvent(self.what, by, self.data, AT + timedelta(hours=number), number, self.person)


def told(what: str, **data: Any) -> Happens:
    """A step by Alva."""
    return Happens(what, data)


def theirs(what: str, **data: Any) -> Happens:
    """A step by the applicants, or by the house itself."""
    return Happens(what, data, 0)


APPLIED = theirs("application_sent", reference="SAM-1", title="A square", locale="ar", district="oster", scope="yes")
TAKEN = told("taken")
WHOLE = told("forward", extent="whole", committee="FRN", reason="Theirs.", expected="All.", due=DUE)
PART = told("forward", extent="part", committee="FRN", part="The yard.", reason="Theirs.", expected="Staff.", due=DUE)
VIEW = told("view", committee="KS", part="In the plan?", due=DUE)
TIMES = told("times", times=[TIME, "none"], place="Stadshuset")
CHOSEN = theirs("time_chosen", time=TIME)
ASK = told("ask", keys={"ids": ["hopes"]}, message="Say more.", due=DUE)
READY = told("ready", registration="TN-1", meeting_day=DAY)
WRITE = told("write", text="Welcome!", locale="sv", ball="applicants")
PROTECT = told("protect", named={"ids": ["p9"]})
START = told("start", reference="SAM-1", title="A square", district="oster", proposal="Trees.")
CLOSED = told("close", reason="elsewhere", whose="The region.", words="Good luck!", locale="sv")
BEGUN = (APPLIED, TAKEN)


def turned(to: str, at: int) -> dict[str, Any]:
    """It waits for another side, since then."""
    return {"waits_for": to, "waiting_since": at}


Changes = dict[str, tuple[tuple[Happens, ...], Happens, dict[str, Any]]]
"""By what is tried: what happened before, the step, and what is otherwise after it, by the names of Case and Initiation.

Times are hours since the first event; of a list, only what is new stands here.
"""
