"""Writing to the contact person about a case."""

from dataclasses import replace

from dialogs.case import data
from dialogs.case.case import Case, CaseEvent, Message
from dialogs.case.fold import sent
from dialogs.case.step import Step, Way
from dialogs.case.task import there
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.files import MOST, Attachments
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

DIALOG = Dialog(
    key="message",
    call_off="at once",
    title=_("Write to the contact person"),
    intro=(),
    sections=(
        Section(
            _("Write to the contact person"),
            (
                Question("text", _("Message"), _("What do you want to write to the contact person?"), FreeText()),
                Question(
                    "enclosed",
                    _("Enclosed"),
                    _("Do you want to send files along? Documents, photos or voice notes, {most} at most.", most=MOST),
                    Attachments(),
                    optional=True,
                ),
            ),
        ),
    ),
    review=(_("This goes to the contact person. Nothing has been sent yet."),),
    send=_("Send the message…"),
    sure=(_("Send it now? What is sent is a public document."),),
    sent=_("Your message has arrived"),
    next_steps=(_("The contact person answers you here in the chat."),),
)


def _after(case: Case, event: CaseEvent) -> Case:
    case = sent(case, event, DIALOG.key)
    message = Message(event.id, "", data.text(event, "text"), data.text(event, "locale"), event.at)
    return replace(case, messages=(*case.messages, message))


MESSAGE = Step(
    id="message_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The applicants wrote."),
    label=_("Message"),
    dialog=DIALOG,
    opens=there,
    way=Way("write", _("Write to the contact person"), 50),
    arrives=_("The applicants have written"),
    shares=True,
)
