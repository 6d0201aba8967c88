"""The phases of the model, and every dialog of the applicants by its key."""

from dialogs.engine.declare import Dialog
from dialogs.phases.always.meeting import MEETING
from dialogs.phases.always.message import MESSAGE
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.completion import COMPLETION
from dialogs.phases.initiation.withdrawal import WITHDRAWAL

DIALOGS: dict[str, Dialog] = {dialog.key: dialog for dialog in (APPLICATION, MEETING, WITHDRAWAL, COMPLETION, MESSAGE)}
