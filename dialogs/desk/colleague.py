"""Inviting a contact person."""

from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.email import Email
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

COLLEAGUE = dialog(
    "colleague",
    _("Invite a contact person"),
    Question("name", _("Name"), _("What is your colleague called? Applicants read this name."), FreeText(120)),
    Question(
        "role",
        _("Role"),
        _("Which role?"),
        OneChoice(
            (
                Option("contact_person", _("Contact person")),
                Option("administrator", _("Administrator: also invites, deactivates and hands over")),
            )
        ),
    ),
    Question(
        "email",
        _("E-mail"),
        _("A work e-mail address for notices, if there is no Telegram?"),
        Email(taken="mails"),
        optional=True,
    ),
    send=_("Make the links"),
    done=_("Two links, each good once and for 24 hours"),
)
