"""A contact person takes a case that nobody has."""

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import held_by
from dialogs.case.notice import Notice, to_applicants
from dialogs.case.step import Step
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    return held_by(case, event.person, event.by)


def _tells(case: Case) -> tuple[Notice, ...]:
    words = _(
        "{name} has taken your case {reference} and will get in touch with you.",
        name=case.taken_by,
        reference=case.reference,
    )
    return (to_applicants(_("A contact person has taken your case"), words),)


TAKEN = Step(
    id="taken",
    by="staff",
    internal=False,
    after=_after,
    says=_("{name} took the case."),
    tells=_tells,
)
