"""Another committee is asked for its view; the case stays."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.step import Step
from dialogs.case.task import dialog, sent_to_us
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.text import FreeText
from dialogs.language.words import Words, _
from dialogs.phases.always.committee import COMMITTEE, inside, named, referred


def _after(case: Case, event: CaseEvent) -> Case:
    return referred(case, event, "view")


def _opens(case: Case) -> bool:
    return sent_to_us(case) and not case.closed


def _says(event: CaseEvent) -> Words:
    return _(
        "{name} asked {committee} for its view by {day}.",
        name=event.by,
        committee=inside(data.shown(event, "committee")),
        day=data.day(event, "due"),
    )


VIEW = Step(
    id="view",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    label=_("Ask another committee for its view"),
    dialog=dialog(
        "view",
        _("Ask another committee for its view"),
        Question("committee", _("Whom"), _("Whose view do you ask for?"), COMMITTEE),
        Question("part", _("What about"), _("What do you ask about?"), FreeText(1500)),
        Question("due", _("By"), _("By what day?"), Day()),
        send=_("Note the question"),
        done=_("The question is noted"),
        review=(_("The case stays with you. The applicants are not told of this."),),
        facts=named,
    ),
    group=group.ELSEWHERE,
    opens=_opens,
    rank=61,
    seldom=True,
)
