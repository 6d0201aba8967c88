"""The applicants send their application."""

from dataclasses import replace

from dialogs.case import data
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import sent, to_work
from dialogs.case.state import STARTED
from dialogs.case.step import Step
from dialogs.language.words import _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.copied import copied


def _after(case: Case, event: CaseEvent) -> Case:
    """A case that the city started stays so until this."""
    case = sent(to_work(case) if case.state == STARTED.id else case, event, APPLICATION.key)
    case = replace(case, district=data.text(event, "district") or case.district, sent_at=case.sent_at or event.at)
    return copied(
        case,
        scope=data.text(event, "scope"),
        actors=data.listed(event, "actors"),
        established=data.text(event, "established"),
    )


APPLIED = Step(
    id="application_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The application arrived."),
    label=_("Application"),
    dialog=APPLICATION,
    arrives=_("A new application has arrived"),
    mailbox=True,
)
