"""The phases of the model, and every dialog by its key."""

from dialogs.case.phase import Phase
from dialogs.engine.declare import Dialog
from dialogs.phases.always.meeting import MEETING
from dialogs.phases.always.message import MESSAGE
from dialogs.phases.initiation.application import APPLICATION_PHASE
from dialogs.phases.initiation.completion import COMPLETION
from dialogs.phases.initiation.withdrawal import WITHDRAWAL

PHASES: tuple[Phase, ...] = (APPLICATION_PHASE,)

APPLICATION = APPLICATION_PHASE.dialog
DIALOGS: dict[str, Dialog] = {
    dialog.key: dialog for dialog in (*(phase.dialog for phase in PHASES), MEETING, WITHDRAWAL, COMPLETION, MESSAGE)
}
