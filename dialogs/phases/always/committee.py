"""Other committees, as several steps name them.

Law (domain): whatever concerns another committee is handed on, never dropped; every hand-over says who has it, since when, and what is expected.
"""

from dataclasses import replace
from typing import Literal

from dialogs.case import data
from dialogs.case.case import Case, CaseEvent, Referral
from dialogs.case.task import among, name_among
from dialogs.kinds.kind import Known
from dialogs.kinds.one_choice import OneChoice

COMMITTEE = OneChoice(among("committees"))


def inside(name: str) -> str:
    """A committee's name inside a sentence: Swedish writes `grundskolenämnden` small there. Any other name stays as it is."""
    return name[:1].lower() + name[1:] if name.endswith(("nämnden", "styrelsen")) else name


def named(known: Known) -> dict[str, object]:
    """The committee's name as it is today, kept with the event."""
    return {
        "committee": name_among(known, "committees", known.get("committee")),
        "committee_id": known.get("committee"),
    }


def referred(case: Case, event: CaseEvent, kind: Literal["whole", "part", "view"]) -> Case:
    """The case of which another committee has the whole, has a part, or is asked for its view."""
    one = Referral(
        event.id,
        kind,
        data.text(event, "committee"),
        data.text(event, "part"),
        data.text(event, "reason"),
        data.text(event, "expected"),
        data.text(event, "due"),
        event.by,
        event.at,
    )
    return replace(case, referrals=(*case.referrals, one))
