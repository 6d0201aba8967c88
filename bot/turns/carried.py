"""How much of a notice may be said where somebody else carries it, and may read it and keep it."""

from dataclasses import replace

from dialogs.case.case import Case
from dialogs.case.extent import ByChannel
from dialogs.language.replies import Appointment, Reply, Tell
from dialogs.language.words import Words, _

OURS = {"link", "mailbox"}
"""The places in a sentence that hold an address of the city's own."""


def to_colleague(reply: Tell | Appointment, case: Case | None, reach: ByChannel, link: str) -> Tell | Appointment:
    """A notice to a contact person as it may be said there. `link` is the page of the case, or the queue's where it is about none, or ""."""
    extent = reach.of(case)
    if extent == "all":
        return reply
    if case and extent == "number":
        reply = something_new(case)
    elif case and reach.channel.way == "pushed":
        reply = _without_papers(reply)
    said = _("Open it in the queue: {link}", link=link) if case else _("Open the queue: {link}", link=link)
    return reply if not link or said in reply.words else replace(reply, words=(*reply.words, said))


def _without_papers(reply: Tell | Appointment) -> Tell:
    """What happened, without buttons and files: they are on the web."""
    if isinstance(reply, Tell):
        return replace(reply, rows=())
    place = _("Place: {place}", place=reply.place)
    return Tell((_("{at}", at=reply.at), place, *reply.words), title=reply.title, lasting=reply.lasting)


def something_new(case: Case) -> Tell:
    """A notice that there is something to read. It names the number of the case and nothing else."""
    return Tell((_("There is something new about {reference}.", reference=case.reference),), lasting=True)


def shortened(reply: Reply, case: Case) -> Reply:
    """A letter that waits already about a case that is protected from now on, as it may still go: the number, with the addresses of ours that stood below.
    A receipt names nothing else; what is made when it is sent is looked at then.
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
