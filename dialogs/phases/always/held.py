"""A contact person notes what a meeting gave."""

from dialogs.case import group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import noted
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    return noted(case, event, "text", "meeting")


def _opens(case: Case) -> bool:
    return case.meeting is not None


HELD = Step(
    id="held",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} noted what a meeting gave."),
    label=_("Note what the meeting gave"),
    dialog=dialog(
        "held",
        _("After the meeting"),
        Question(
            "text",
            _("After the meeting"),
            _("What was said and agreed at the meeting?"),
            FreeText(),
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Save the note"),
        done=_("The note is saved"),
    ),
    group=group.APPLICANTS,
    opens=_opens,
    rank=50,
)
