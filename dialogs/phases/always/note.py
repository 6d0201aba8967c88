"""A contact person writes an internal note."""

from dialogs.case import group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import noted
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    return noted(case, event, "text")


def _opens(_case: Case) -> bool:
    return True


NOTE = Step(
    id="note",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} wrote an internal note."),
    label=_("Write an internal note"),
    dialog=dialog(
        "note",
        _("Internal note"),
        Question(
            "text",
            _("Internal note"),
            _("What do you want to note?"),
            FreeText(),
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Save the note"),
        done=_("The note is saved"),
    ),
    group=group.ASSESSMENT,
    opens=_opens,
    in_papers="own",
    rank=90,
    seldom=True,
)
