"""The applicants complete what they were asked to complete."""

from dataclasses import replace

from dialogs.case import data
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import sent
from dialogs.case.step import Step, Way
from dialogs.case.task import there
from dialogs.language.words import _
from dialogs.phases.initiation.completion import ASKABLE, COMPLETION, as_sent
from dialogs.phases.initiation.copied import copied
from dialogs.phases.initiation.part import initiation, known


def _after(case: Case, event: CaseEvent) -> Case:
    asked = (one if one.answered else replace(one, answered=event.at) for one in initiation(case).asked)
    case = known(sent(case, event, COMPLETION.key), asked=tuple(asked))
    return copied(case, actors=data.listed(event, "actors"), scope=data.text(event, "scope"))


def _opens(case: Case) -> bool:
    return there(case) and initiation(case).request is not None


COMPLETE = Way("complete", _("Answer now"), 10, "main")
COMPLETED = Step(
    id="completion_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The applicants completed what was asked."),
    label=_("Completion"),
    dialog=COMPLETION,
    opens=_opens,
    way=COMPLETE,
    prefilled={question.key: as_sent(question.key) for question in ASKABLE},
    hides=True,
    arrives=_("What you asked for was completed"),
)
