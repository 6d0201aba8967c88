"""An answer came back from another committee."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import to_work
from dialogs.case.step import Step
from dialogs.case.task import among, dialog
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.ids import number_of
from dialogs.language.words import Moment, _


def _after(case: Case, event: CaseEvent) -> Case:
    number = number_of(event.data.get("which"))
    whole = any(part.id == number and part.kind == "whole" for part in case.referrals)
    referrals = tuple(
        replace(part, back=data.text(event, "answer"), back_at=event.at) if part.id == number else part
        for part in case.referrals
    )
    case = replace(case, referrals=referrals)
    if not whole:
        return case
    return to_work(case).turned("city", event.at)


def _opens(case: Case) -> bool:
    return bool(case.away)


def parts_of(case: Case) -> list[list[str]]:
    """What other committees have not answered, to choose from."""
    return [[f"e{part.id}", f"{part.committee}: {part.what}" if part.what else part.committee] for part in case.away]


def _only_one(background: Background) -> Prefilled | None:
    if len(background.case.away) != 1:
        return None
    (one,) = background.case.away
    since = Moment(one.since, "date")
    return Prefilled(f"e{one.id}", _("the only one that is not answered, since {day}", day=since))


BACK = Step(
    id="back",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} noted what another committee answered."),
    label=_("Note what another committee answered"),
    dialog=dialog(
        "back",
        _("An answer came back"),
        Question("which", _("Which"), _("Which of these was answered?"), OneChoice(among("parts"))),
        Question("answer", _("The answer"), _("What did they answer?"), FreeText()),
        send=_("Note the answer"),
        done=_("The answer is noted"),
    ),
    group=group.ELSEWHERE,
    opens=_opens,
    prefilled={"which": _only_one},
    rank=62,
)
