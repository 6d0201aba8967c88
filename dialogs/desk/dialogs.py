"""Every dialog of a contact person by its key: what is done in a case, and what is not."""

from dialogs.desk.absence import ABSENCE
from dialogs.desk.colleague import COLLEAGUE
from dialogs.engine.declare import Dialog
from dialogs.phases.initiation.start import START
from dialogs.phases.steps import STEPS

BESIDE = (ABSENCE, COLLEAGUE)
"""What is done in no case."""
BEGUN_BY: dict[str, Dialog] = {"start_case": START.asks, "away": ABSENCE, "colleague": COLLEAGUE}
"""What belongs to no case yet, by the act that begins it."""
DESK_DIALOGS: dict[str, Dialog] = {
    one.key: one for one in (*(step.dialog for step in STEPS.values() if step.by == "staff" and step.dialog), *BESIDE)
}
