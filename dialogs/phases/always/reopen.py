"""A contact person opens a case again that was closed."""

from dialogs.case import group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import reopened
from dialogs.case.notice import Notice, ask_back, to_applicants
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.text import FreeText
from dialogs.language.words import _
from dialogs.phases.always.close import CLOSE, SPAM


def _opens(case: Case) -> bool:
    return case.closing is not None


def _after(case: Case, event: CaseEvent) -> Case:
    return reopened(case, event.at)


def _tells(case: Case) -> tuple[Notice, ...]:
    """Who was not told that it was closed is not told that it is open."""
    if not case.closings or case.closings[-1].reason == SPAM:
        return ()
    words = _("Your case {reference} is open again, and the city goes on with it.", reference=case.reference)
    return (to_applicants(_("Your case is open again"), words, rows=(ask_back(case),)),)


REOPEN = Step(
    id="reopen",
    by="staff",
    internal=False,
    after=_after,
    says=_("{name} opened it again."),
    label=_("Open the case again"),
    dialog=dialog(
        "reopen",
        _("Open the case again"),
        Question("reason", _("Reason"), _("Why is it opened again?"), FreeText(500), optional=True),
        send=_("Open the case again"),
        done=_("The case is open again"),
        review=(_("The applicants are told, unless it was closed as spam."),),
    ),
    group=group.CASE,
    opens=_opens,
    may=CLOSE.may,
    tells=_tells,
    rank=126,
)
