"""The initiation phase: from the idea to the Technical Committee’s first decision."""

from dialogs.case.phase import Phase
from dialogs.language.words import _
from dialogs.phases.initiation.applied import APPLIED
from dialogs.phases.initiation.ask import ASK
from dialogs.phases.initiation.assessment import ASSESSMENT
from dialogs.phases.initiation.completed import COMPLETED
from dialogs.phases.initiation.decision import DECIDED, DECISION, decided
from dialogs.phases.initiation.joined import JOINED
from dialogs.phases.initiation.overdue import OVERDUE
from dialogs.phases.initiation.ready import READY, READY_STATE
from dialogs.phases.initiation.start import START
from dialogs.phases.initiation.withdrawal import WITHDRAWAL

INITIATION = Phase(
    "initiation",
    _("Initiation phase"),
    steps=(
        START,
        JOINED,
        APPLIED,
        WITHDRAWAL,
        ASSESSMENT,
        ASK,
        OVERDUE,
        COMPLETED,
        READY,
        DECISION,
    ),
    states=(READY_STATE, DECIDED),
    ends=lambda case: bool(case.closed) or decided(case),
)
