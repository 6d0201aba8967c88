"""Writing to the contact person about a case."""

from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.files import Attachments
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

MESSAGE = Dialog(
    key="message",
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
                    _("Do you want to send files along? Documents, photos or voice notes, ten at most."),
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
