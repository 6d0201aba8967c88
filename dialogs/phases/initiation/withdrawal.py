"""Withdrawing what was sent: a new dated event; nothing is erased, because what was sent is a public document."""

from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

WITHDRAWAL = Dialog(
    key="withdrawal",
    title=_("Withdraw"),
    intro=(
        _(
            "You can withdraw what you sent. It stays in the city’s records, with a note that you withdrew it and when. You can apply again whenever you like."
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
