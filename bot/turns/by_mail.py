"""How much of a notice may go by mail, where a stranger may read it."""

from dataclasses import replace

from dialogs.case.case import Case
from dialogs.language.replies import Appointment, Reply, Tell
from dialogs.language.words import Words, _

OURS = {"link", "mailbox"}
"""The places in a sentence that hold an address of the city's own."""


def guarded(reply: Tell | Appointment, case: Case) -> Tell | Appointment:
    """A notice as it may go by mail: of a protected case, nothing but its number."""
    return something_new(case) if case.protected else reply


def something_new(case: Case) -> Tell:
    """A notice that there is something to read. It names the number of the case and nothing else."""
    return Tell((_("There is something new about {reference}.", reference=case.reference),), lasting=True)


def shortened(reply: Reply, case: Case) -> Reply:
    """What waits already about a case that is protected from now on, as it may still go: the number, with the addresses of ours and the buttons that
    stood below. A receipt names nothing else; what is made when it is sent is looked at then.
    """
    said = something_new(case)
    if not isinstance(reply, Tell | Appointment) or reply.words[:1] == said.words:
        return reply
    ours = (text for text in reply.words if isinstance(text, Words) and text.values and text.values.keys() <= OURS)
    rows = reply.rows if isinstance(reply, Tell) else ()
    return replace(said, words=(*said.words, *ours), rows=rows)


def as_notice(reply: Reply) -> Tell | Appointment | None:
    """The reply if it is a notice, which has to reach people whatever becomes of the chat; None for an answer in a chat."""
    return reply if isinstance(reply, Tell | Appointment) and reply.lasting else None
