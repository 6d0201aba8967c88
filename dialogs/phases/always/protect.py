"""A case is protected (sekretessmarkering): only those who are named see it."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.step import Step
from dialogs.case.task import among, dialog
from dialogs.engine.declare import Question
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.ids import number_of
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    named = frozenset(map(number_of, data.listed(event, "named"))) | {event.person or 0, case.holder}
    return replace(case, protected=True, named=named - {0})


def _opens(case: Case) -> bool:
    return not case.protected


PROTECT = Step(
    id="protect",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} protected the case."),
    says_unsigned=_("On the command line somebody else was named who may see it."),
    label=_("Protect (sekretessmarkering)"),
    dialog=dialog(
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
    group=group.CASE,
    opens=_opens,
    hides=True,
    rank=110,
    seldom=True,
)
