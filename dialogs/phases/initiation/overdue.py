"""The day passed by which the applicants were asked to complete what they sent."""

from dataclasses import replace

from dialogs.case.case import Case, CaseEvent
from dialogs.case.notice import Notice, in_a_line, moment_of
from dialogs.case.step import Step
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _
from dialogs.phases.initiation.part import initiation, known


def _after(case: Case, _event: CaseEvent) -> Case:
    asked = tuple(one if one.answered else replace(one, overdue=True) for one in initiation(case).asked)
    return known(case, asked=asked)


def _tells(case: Case) -> tuple[Notice, ...]:
    asked = initiation(case).request
    due = moment_of(asked.due) if asked else None
    if due is None:
        return ()
    words = _("You asked for completion by {day}. Nothing has come yet. You can write to the applicants.", day=due)
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    said = Tell((in_a_line(case), words), title=_("No answer to what you asked for"), rows=rows, lasting=True)
    return (Notice("holder", said),)


OVERDUE = Step(
    id="overdue",
    by="house",
    internal=True,
    after=_after,
    says=_("The day by which an answer was asked for passed without one."),
    tells=_tells,
)
