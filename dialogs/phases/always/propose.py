"""Somebody proposes to dispose of a case under a recorded decision. Law: it takes another one to confirm it, and it falls when anything comes."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent, Proposal
from dialogs.case.rights import may_read_log
from dialogs.case.state import CLOSED, DISPOSED
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.text import FreeText
from dialogs.language.words import Words, _


def _after(case: Case, event: CaseEvent) -> Case:
    proposal = Proposal(
        event.id, data.text(event, "number"), data.text(event, "day"), event.by, event.person or 0, event.at
    )
    return replace(case, proposal=proposal)


def _says(event: CaseEvent) -> Words:
    return _(
        "{name} proposed to dispose of it under the decision {number} of {day}.",
        name=event.by,
        number=data.shown(event, "number"),
        day=data.day(event, "day"),
    )


def _opens(case: Case) -> bool:
    """When it is over; a case that a contact person closed only when it was kept as long as the schedule says."""
    return case.closed not in ("", DISPOSED.id) and (case.kept or case.state != CLOSED.id)


PROPOSE = Step(
    id="propose",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    label=_("Propose to dispose of the case (gallring)…"),
    dialog=dialog(
        "propose",
        _("Propose to dispose of the case"),
        Question(
            "number",
            _("The decision"),
            _("Under which decision (gallringsbeslut)? Its number:"),
            FreeText(40, least=3),
            hint=_("For example TN-2019-3825."),
        ),
        Question("day", _("Day"), _("On which day?"), Day(past=True, future=False)),
        send=_("Propose it"),
        done=_("It is proposed"),
        review=(_("Nothing is gone yet: an administrator who is not you confirms it."),),
    ),
    group=group.CASE,
    opens=_opens,
    may=may_read_log,
    rank=128,
    seldom=True,
)
