"""A case that a contact person closed was kept as long as the schedule says: from now on its disposal can be proposed."""

from dataclasses import replace

from dialogs.case.case import Case, CaseEvent
from dialogs.case.step import Step
from dialogs.language.words import _


def _after(case: Case, _event: CaseEvent) -> Case:
    return replace(case, kept=case.closing is not None)


KEPT = Step(
    id="kept",
    by="house",
    internal=True,
    after=_after,
    says=_("It was kept as long as the schedule says: its disposal can be proposed."),
    in_papers="never",
)
