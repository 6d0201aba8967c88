"""Disposal (gallring): what a closed case says is erased for good. Law: only under a recorded decision, which the administrator names."""

from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson, may_see
from dialogs.case.task import Task, dialog
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _may(who: ContactPerson, case: Case) -> bool:
    return who.administrator and may_see(who, case)


DISPOSE = Task(
    dialog(
        "disposed",
        _("Dispose of the case"),
        Question(
            "number",
            _("The decision"),
            _("Under which decision (gallringsbeslut)? Its number:"),
            FreeText(40, least=3),
            hint=_("For example TN-2019-3825."),
        ),
        Question("day", _("Day"), _("On which day?"), Day(past=True, future=False)),
        Question(
            "certain",
            _("What it covers"),
            _("Does the decision cover everything in this case?"),
            OneChoice((Option("yes", _("Yes")), Option("no", _("No, or I am not certain")))),
            hint=_("What was sent, the files, the messages, the notes and the access log."),
        ),
        send=_("Dispose of it for good"),
        done=_("The case is disposed of"),
        review=(
            _("Really delete it? It is gone for good, and nobody can bring it back, not even the city."),
            _("Its number, its days, what kind of thing happened when, and the decision stay."),
        ),
    ),
    _("Dispose of the case (gallring)…"),
    lambda case: case.state in ("decided", "withdrawn"),
    may=_may,
)
