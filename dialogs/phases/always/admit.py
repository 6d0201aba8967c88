"""More contact persons may see a protected case."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import admitted
from dialogs.case.rights import may_let_see
from dialogs.case.state import DISPOSED
from dialogs.case.step import Step
from dialogs.case.task import among, dialog, names_among
from dialogs.engine.declare import Question
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.ids import number_of
from dialogs.language.words import Words, _
from dialogs.phases.always.protect import named_in


def _after(case: Case, event: CaseEvent) -> Case:
    return admitted(case, *(number_of(one) for one in data.listed(event, "named")))


def _opens(case: Case) -> bool:
    return case.protected and case.state != DISPOSED.id


def _says(event: CaseEvent) -> Words:
    return named_in(event, _("{name} let more contact persons see the case.", name=event.by))


ADMIT = Step(
    id="admit",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    holds=True,
    label=_("Let a colleague see it"),
    dialog=dialog(
        "admit",
        _("Let a colleague see the case"),
        Question(
            "named",
            _("Who else may see it"),
            _("Who else may see the protected case? They can take it if nobody has it."),
            SeveralChoices(among("people"), least=1),
        ),
        facts=lambda known: {"names": names_among(known, "people", known.get("named"))},
        send=_("Let them see it"),
        done=_("They can see the case now"),
    ),
    group=group.CASE,
    opens=_opens,
    may=may_let_see,
    rank=115,
    seldom=True,
)
