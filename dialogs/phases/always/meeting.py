"""Asking for a first meeting with the contact person: open to everyone, at any time, whichever criteria are met (seed: the process begins there)."""

from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import afresh, sent
from dialogs.case.step import Step
from dialogs.engine.condition import is_
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.one_choice import yes_no
from dialogs.kinds.text import FreeText
from dialogs.language.words import _
from dialogs.phases.initiation.completion import as_sent
from dialogs.phases.initiation.whom import CONTACT, WITHOUT_A_NAME, protects

DIALOG = Dialog(
    key="meeting",
    call_off="at once",
    given=("beside",),
    title=_("A first meeting"),
    intro=((_("You can meet the contact person at any time, also with nothing more than a loose idea."),),),
    sections=(
        Section(
            _("A first meeting"),
            (
                Question(
                    "about",
                    _("What it is about"),
                    _("What would you like to talk about? A sentence is enough, and so is the name of the place."),
                    FreeText(1500),
                    optional=True,
                ),
                Question(
                    "share",
                    _("Share the draft"),
                    _("May the contact person read your draft as it is now?"),
                    yes_no(),
                    when=is_("beside", "yes"),
                    hint=_(
                        "If you say yes, a copy of what you have answered by now goes along, and becomes a public document. If you say no, the draft stays yours alone."
                    ),
                ),
                CONTACT,
                WITHOUT_A_NAME,
            ),
        ),
    ),
    review=(_("This goes to the contact person. Nothing has been sent yet."),),
    send=_("Ask for the meeting…"),
    sure=(
        _(
            "Send this to the City of Malmö now? What is sent is a public document. If you have a draft, it stays with you."
        ),
    ),
    sent=_("Your wish for a first meeting has arrived"),
    next_steps=(_("What happens next: the contact person gets in touch with you and suggests a time."),),
    facts=protects,
)


def _after(case: Case, event: CaseEvent) -> Case:
    return sent(afresh(case), event, DIALOG.key)


def _contact(background: Background) -> Prefilled | None:
    if written := background.writing.get(CONTACT.key):
        return Prefilled(written, _("your application, which is not sent yet"))
    return as_sent(CONTACT.key)(background)


MEETING = Step(
    id="meeting_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("A wish for a first meeting arrived."),
    label=_("First meeting"),
    dialog=DIALOG,
    prefilled={CONTACT.key: _contact},
    hides=True,
    arrives=_("Someone wishes for a first meeting"),
    mailbox=True,
)
