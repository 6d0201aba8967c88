"""How much of a notice may go by mail, where a stranger may read it."""

from dialogs.case.case import Case
from dialogs.language.replies import Appointment, Reply, Tell
from dialogs.language.words import _


def guarded(reply: Tell | Appointment, case: Case) -> Tell | Appointment:
    """A notice as it may go by mail: of a protected case, nothing but its number."""
    return something_new(case) if case.protected else reply


def something_new(case: Case) -> Tell:
    """A notice that there is something to read. It names the number of the case and nothing else."""
    return Tell((_("There is something new about {reference}.", reference=case.reference),), lasting=True)


def as_notice(reply: Reply) -> Tell | Appointment | None:
    """The reply if it is a notice, which has to reach people whatever becomes of the chat; None for an answer in a chat."""
    return reply if isinstance(reply, Tell | Appointment) and reply.lasting else None
