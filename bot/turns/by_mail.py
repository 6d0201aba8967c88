"""What of a notice may go by mail, where a stranger may read it."""

from dialogs.case.case import Case
from dialogs.language.replies import Appointment, Reply, Tell
from dialogs.language.words import _


def guarded(reply: Tell | Appointment, case: Case) -> Tell | Appointment:
    """A notice as it may go by mail: of a protected case no word but its number."""
    return something_new(case) if case.protected else reply


def something_new(case: Case) -> Tell:
    """That there is something to read, by the number of the case and no other word."""
    return Tell((_("There is something new about {reference}.", reference=case.reference),), lasting=True)


def as_notice(reply: Reply) -> Tell | Appointment | None:
    """What is to be told whatever becomes of the chat; an answer in a chat is not."""
    return reply if isinstance(reply, Tell | Appointment) and reply.lasting else None
