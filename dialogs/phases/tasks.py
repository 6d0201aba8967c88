"""Every task of a case, in the order in which they are offered; and every dialog of a contact person by its key."""

from dialogs.case.task import Task
from dialogs.engine.declare import Dialog
from dialogs.phases.always.across import ASK, HELD, TIMES, WRITE
from dialogs.phases.always.colleagues import ABSENCE, COLLEAGUE, HANDOVER, PROTECT, UNPROTECT
from dialogs.phases.always.disposal import DISPOSE
from dialogs.phases.always.elsewhere import BACK, FORWARD, VIEW
from dialogs.phases.initiation.assessment import ASSESSMENT, NOTE
from dialogs.phases.initiation.committee import DECISION, READY
from dialogs.phases.initiation.start import START

TASKS: dict[str, Task] = {
    task.key: task
    for task in (
        ASSESSMENT,
        ASK,
        WRITE,
        TIMES,
        HELD,
        FORWARD,
        VIEW,
        BACK,
        READY,
        DECISION,
        NOTE,
        HANDOVER,
        PROTECT,
        UNPROTECT,
        DISPOSE,
    )
}
DESK_DIALOGS: dict[str, Dialog] = {
    dialog.key: dialog for dialog in (*(task.dialog for task in TASKS.values()), START, ABSENCE, COLLEAGUE)
}
