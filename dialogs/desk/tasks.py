"""Every task of a case, in the order in which they are offered; and every dialog of a contact person by its key."""

from dialogs.declare import Dialog
from dialogs.desk.across import ASK, HELD, TIMES, WRITE
from dialogs.desk.assessment import ASSESSMENT, NOTE
from dialogs.desk.colleagues import ABSENCE, COLLEAGUE, HANDOVER, PROTECT, UNPROTECT
from dialogs.desk.committee import DECISION, READY
from dialogs.desk.disposal import DISPOSE
from dialogs.desk.elsewhere import BACK, FORWARD, VIEW
from dialogs.desk.start import START
from dialogs.desk.task import Task

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
