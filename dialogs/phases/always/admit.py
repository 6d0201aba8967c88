"""More contact persons may see a protected case."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import admitted
from dialogs.case.rights import ContactPerson, has, may_see
from dialogs.case.step import Step
from dialogs.case.task import among, dialog
from dialogs.engine.declare import Question
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.ids import number_of
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    return admitted(case, *(number_of(one) for one in data.listed(event, "named")))


def _opens(case: Case) -> bool:
    return case.protected


def _may(who: ContactPerson, case: Case) -> bool:
    """Whoever has it, and an administrator who sees it: a case that arrived protected is given by them to whoever is to take it."""
    return may_see(who, case) and (has(who, case) or who.administrator)


ADMIT = Step(
    id="admit",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} let more contact persons see the case."),
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
        send=_("Let them see it"),
        done=_("They can see the case now"),
    ),
    group=group.CASE,
    opens=_opens,
    may=_may,
    rank=115,
    seldom=True,
)
