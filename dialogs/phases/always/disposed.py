"""Disposal (gallring): what a closed case says is erased for good. Law: only under a recorded decision, which the administrator names."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.rights import ContactPerson, may_see
from dialogs.case.state import DISPOSED as DISPOSED_STATE
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.ids import number_of
from dialogs.language.words import Words, _


def _may(who: ContactPerson, case: Case) -> bool:
    return who.administrator and may_see(who, case)


def _after(case: Case, event: CaseEvent) -> Case:
    """Nothing that the case said is known any more."""
    named = frozenset(map(number_of, data.listed(event, "named"))) - {0}
    stays = Case(
        case.id,
        reference=data.text(event, "reference"),
        registration=data.text(event, "registration"),
        protected=bool(named),
        named=named,
    )
    return stays.stands(DISPOSED_STATE)


def _says(event: CaseEvent) -> Words:
    return _(
        "{name} disposed of it under the decision {number} of {day}.",
        name=event.by,
        number=data.shown(event, "number"),
        day=data.day(event, "day"),
    )


def _opens(case: Case) -> bool:
    return case.closed not in ("", DISPOSED_STATE.id)


DISPOSED = Step(
    id="disposed",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    label=_("Dispose of the case (gallring)…"),
    dialog=dialog(
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
            _("Really dispose of the case? It is gone for good, and nobody can bring it back, not even the city."),
            _("Its number, its days, what kind of thing happened when, and the decision stay."),
        ),
    ),
    group=group.CASE,
    opens=_opens,
    may=_may,
    rank=130,
)
