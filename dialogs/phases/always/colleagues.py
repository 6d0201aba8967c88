"""Colleagues: handing a case over, protecting it, absence with a deputy, and inviting a contact person."""

from dialogs.case.case import Case
from dialogs.case.rights import may_hand_over, may_work
from dialogs.case.task import Task, among, dialog, name_among
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.email import Email
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.words import _

HANDOVER = Task(
    dialog(
        "handover",
        _("Hand over"),
        Question("to", _("To whom"), _("To whom do you hand the case over?"), OneChoice(among("people"))),
        Question(
            "note",
            _("For your colleague"),
            _("What does your colleague need to know?"),
            FreeText(1500),
            optional=True,
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Hand it over"),
        done=_("It is handed over"),
        review=(_("The applicants are told who has their case now."),),
        facts=lambda known: {"name": name_among(known, "people", known.get("to"))},
    ),
    _("Hand over to a colleague"),
    lambda case: case.holder != 0,
    told=True,
    may=may_hand_over,
)

PROTECT = Task(
    dialog(
        "protect",
        _("Protect the case"),
        Question(
            "named",
            _("Who may see it"),
            _("Who may see it, beside you? Nobody else will find it in the queue, in the overview or in exports."),
            SeveralChoices(among("people"), least=0),
            hint=_(
                "Marking for secrecy (sekretessmarkering) is a warning, not a decision: each request for the document is still tried."
            ),
        ),
        Question("reason", _("Reason"), _("Why is it protected?"), FreeText(500), optional=True),
        send=_("Protect it"),
        done=_("The case is protected"),
    ),
    _("Protect (sekretessmarkering)"),
    lambda case: not case.protected,
    may=may_work,
)


def _protected(case: Case) -> bool:
    return case.protected


UNPROTECT = Task(
    dialog(
        "unprotect",
        _("End the protection"),
        Question("reason", _("Reason"), _("Why is the protection ended?"), FreeText(500)),
        send=_("End the protection"),
        done=_("The case can be seen by every contact person again"),
    ),
    _("End the protection"),
    _protected,
    may=may_work,
)

ABSENCE = dialog(
    "absence",
    _("My absence"),
    Question("since", _("From"), _("From what day are you away?"), Day()),
    Question("until", _("Until"), _("Until what day, that one included?"), Day()),
    Question(
        "deputy",
        _("Deputy"),
        _("Who stands in for you?"),
        OneChoice(among("people")),
        hint=_(
            "They get your notices and can work on your cases as you can, but for protected ones in which they are not named."
        ),
    ),
    send=_("Save the absence"),
    done=_("Your absence is saved"),
)

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
        Email(),
        optional=True,
    ),
    send=_("Make the links"),
    done=_("Two links, each good once and for 24 hours"),
)
