"""What applicants are told when they have sent something, too much for one day, or too late."""

from datetime import datetime

from dialogs.applicants import terms
from dialogs.applicants.rooms import RESUME
from dialogs.applicants.where import Standing
from dialogs.language.replies import Button, Receipt, Rows, Tell
from dialogs.language.words import Moment, Words, _
from dialogs.phases.steps import DIALOGS

ON_PAPER = _("Save as PDF")
WHAT_IS_SENT = _("What I have sent")
IN_THE_CHAT = _("The city answers here in the chat. Come back to read it.")
COME_BACK = Button(_("Save your private link"), "link", weight="main")


def enough_for_today(standing: Standing) -> Tell:
    """Nothing was sent: the limit for one day has been reached."""
    words = _(
        "That is as much as can be sent on one day. Nothing is lost: your draft is saved, and you can send it tomorrow. If it is urgent, write to {mailbox}.",
        mailbox=standing.house.mailbox,
    )
    return Tell((words,), title=_("Enough for today"), tone="trouble", rows=((RESUME,),))


def closed(standing: Standing, draft: int, reference: str) -> Tell:
    """Nothing was sent: the case does not take any more what was begun in it."""
    words = _(
        "Nothing was sent: {reference} has been closed, or has come further, since you began this. What you wrote is still in your draft. If you have questions, write to {mailbox}.",
        reference=reference,
        mailbox=standing.house.mailbox,
    )
    rows = (
        (Button(WHAT_IS_SENT, "status", weight="main"),),
        (Button(_("Delete my draft"), f"delete:{draft}", weight="quiet"),),
    )
    return Tell((words,), title=_("This can no longer be sent"), tone="trouble", rows=rows)


def reach(mailbox: str, reference: str) -> Words:
    """How the city is reached about a case by mail."""
    return _(
        "You reach us at {mailbox}. Please name the reference number {reference}.", mailbox=mailbox, reference=reference
    )


def receipt(
    dialog_key: str, reference: str, at: datetime, mailbox: str, case: int, *, nameless: bool = False
) -> Receipt:
    """The sender's receipt for what has arrived in a case. To whoever is `nameless` the city answers in the chat alone: it says how to come back there, and
    how to ring; a letter to the mailbox would give away what they did not want to tell.
    """
    dialog = DIALOGS[dialog_key]
    rows: Rows = (
        (Button(ON_PAPER, f"receipt:{case}"),),
        (Button(WHAT_IS_SENT, "status"),),
        (Button(_("To the start"), "home", weight="quiet"),),
    )
    if nameless:
        words = (*dialog.next_steps, IN_THE_CHAT, terms.ring())
        return Receipt(reference, Moment(at), dialog.sent, words, ((COME_BACK,), *rows))
    return Receipt(reference, Moment(at), dialog.sent, (*dialog.next_steps, reach(mailbox, reference)), rows)
