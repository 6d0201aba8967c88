"""The protection of a case is ended. Law: who was promised that administrators alone see it is not let down by anybody else."""

from dataclasses import replace

from dialogs.case import group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.rights import may_let_see
from dialogs.case.state import DISPOSED
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _after(case: Case, _event: CaseEvent) -> Case:
    return replace(case, protected=False, named=frozenset(), by_role=frozenset(), promised=False)


def _opens(case: Case) -> bool:
    return case.protected and case.state != DISPOSED.id


UNPROTECT = Step(
    id="unprotect",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} ended the protection."),
    label=_("End the protection"),
    dialog=dialog(
        "unprotect",
        _("End the protection"),
        Question("reason", _("Reason"), _("Why is the protection ended?"), FreeText(500)),
        send=_("End the protection"),
        done=_("The case can be seen by every contact person again"),
    ),
    group=group.CASE,
    opens=_opens,
    may=may_let_see,
    rank=120,
    seldom=True,
)
