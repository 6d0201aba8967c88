"""Withdrawing what was sent: a new dated event; nothing is erased, because what was sent is a public document."""

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import sent
from dialogs.case.state import WITHDRAWN
from dialogs.case.step import Step, Way
from dialogs.case.task import sent_to_us
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

DIALOG = Dialog(
    key="withdrawal",
    call_off="at once",
    title=_("Withdraw"),
    intro=(
        (
            _(
                "You can withdraw what you sent. It stays in the city’s records, with a note that you withdrew it and when. You can apply again whenever you like."
            ),
        ),
    ),
    sections=(
        Section(
            _("Withdraw"),
            (
                Question(
                    "reason",
                    _("Reason"),
                    _("Do you want to say why? You do not have to."),
                    FreeText(1000),
                    optional=True,
                ),
            ),
        ),
    ),
    review=(_("This withdraws what you sent. Nothing has been withdrawn yet."),),
    send=_("Withdraw…"),
    sure=(_("Withdraw it now?"),),
    yes=_("Yes, withdraw it"),
    sent=_("Withdrawn"),
    next_steps=(_("The contact person has been told. If you change your mind, you can write a new application."),),
)


def _after(case: Case, event: CaseEvent) -> Case:
    return sent(case, event, DIALOG.key).stands(WITHDRAWN).turned("nobody", event.at)


def _opens(case: Case) -> bool:
    return sent_to_us(case) and not case.closed


WITHDRAWAL = Step(
    id="withdrawal_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The applicants withdrew it."),
    label=_("Withdrawal"),
    dialog=DIALOG,
    opens=_opens,
    way=Way("withdraw", _("Withdraw {reference}…"), 90, "grave"),
    arrives=_("An application was withdrawn"),
    mailbox=True,
)
