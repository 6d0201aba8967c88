"""Somebody came in by an invitation into a case that the city started."""

from dataclasses import replace

from dialogs.case.case import Case, CaseEvent
from dialogs.case.step import Step
from dialogs.language.words import _


def _after(case: Case, _event: CaseEvent) -> Case:
    return replace(case, joined=case.joined + 1)


JOINED = Step(
    id="joined",
    by="applicants",
    internal=False,
    after=_after,
    says=_("Somebody came in by an invitation."),
    arrives=_("Somebody you invited has come in"),
)
