"""None of the times offered for a meeting fits the applicants."""

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import last_offer
from dialogs.case.step import Step
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    return last_offer(case, none_fits=True).turned("city", event.at)


NO_TIME_FITS = Step(
    id="no_time_fits",
    by="applicants",
    internal=False,
    after=_after,
    says=_("None of the times fitted the applicants."),
    arrives=_("None of the times fits the applicants"),
)
