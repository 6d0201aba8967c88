"""What can happen in any phase."""

from dialogs.case.phase import Phase
from dialogs.case.state import COMMON
from dialogs.phases.always.admit import ADMIT
from dialogs.phases.always.back import BACK
from dialogs.phases.always.close import CLOSE
from dialogs.phases.always.disposed import DISPOSED
from dialogs.phases.always.forward import FORWARD
from dialogs.phases.always.handover import HANDOVER
from dialogs.phases.always.held import HELD
from dialogs.phases.always.kept import KEPT
from dialogs.phases.always.meeting import MEETING
from dialogs.phases.always.meeting_reminded import MEETING_REMINDED
from dialogs.phases.always.message import MESSAGE
from dialogs.phases.always.no_time_fits import NO_TIME_FITS
from dialogs.phases.always.note import NOTE
from dialogs.phases.always.propose import PROPOSE
from dialogs.phases.always.protect import PROTECT
from dialogs.phases.always.reopen import REOPEN
from dialogs.phases.always.taken import TAKEN
from dialogs.phases.always.time_chosen import TIME_CHOSEN
from dialogs.phases.always.times import TIMES
from dialogs.phases.always.unprotect import UNPROTECT
from dialogs.phases.always.view import VIEW
from dialogs.phases.always.write import WRITE

ALWAYS = Phase(
    "always",
    steps=(
        MEETING,
        MESSAGE,
        TAKEN,
        WRITE,
        TIMES,
        TIME_CHOSEN,
        NO_TIME_FITS,
        MEETING_REMINDED,
        HELD,
        FORWARD,
        VIEW,
        BACK,
        NOTE,
        HANDOVER,
        PROTECT,
        ADMIT,
        UNPROTECT,
        CLOSE,
        REOPEN,
        KEPT,
        PROPOSE,
        DISPOSED,
    ),
    states=COMMON,
)
