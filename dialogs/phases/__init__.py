"""The phases of the model, and every dialog by its key."""

from dialogs.declare import Dialog
from dialogs.meeting import MEETING
from dialogs.message import MESSAGE
from dialogs.phase import Phase
from dialogs.phases.application import APPLICATION_PHASE
from dialogs.phases.completion import COMPLETION
from dialogs.withdrawal import WITHDRAWAL

PHASES: tuple[Phase, ...] = (APPLICATION_PHASE,)

APPLICATION = APPLICATION_PHASE.dialog
DIALOGS: dict[str, Dialog] = {
    dialog.key: dialog for dialog in (*(phase.dialog for phase in PHASES), MEETING, WITHDRAWAL, COMPLETION, MESSAGE)
}
