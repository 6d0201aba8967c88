"""Every dialog of a contact person by its key: what is done in a case, and what is not."""

from dialogs.desk.absence import ABSENCE
from dialogs.desk.colleague import COLLEAGUE
from dialogs.engine.declare import Dialog
from dialogs.phases.steps import STEPS

BESIDE = (ABSENCE, COLLEAGUE)
"""What is done in no case."""
DESK_DIALOGS: dict[str, Dialog] = {
    one.key: one for one in (*(step.dialog for step in STEPS.values() if step.by == "staff" and step.dialog), *BESIDE)
}
