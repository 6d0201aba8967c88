"""The applicants send their application."""

from dataclasses import replace
from functools import partial

from dialogs.case import data
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import afresh, sent, to_work
from dialogs.case.state import STARTED
from dialogs.case.step import Step
from dialogs.engine.prefilled import Prefilled
from dialogs.language.words import _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.copied import copied
from dialogs.phases.initiation.part import initiation
from dialogs.phases.initiation.start import KNOWN


def _after(case: Case, event: CaseEvent) -> Case:
    """A case that the city started stays so until this."""
    case = sent(to_work(case) if case.state == STARTED.id else afresh(case), event, APPLICATION.key)
    case = replace(case, district=data.text(event, "district") or case.district, sent_at=case.sent_at or event.at)
    return copied(
        case,
        scope=data.text(event, "scope"),
        actors=data.listed(event, "actors"),
        established=data.text(event, "established"),
    )


def _written_down(key: str, background: Background) -> Prefilled | None:
    """What the contact person wrote when the city started the case."""
    begun = initiation(background.case)
    value, by = begun.started.get(key), begun.started_by
    if not value:
        return None
    locale = background.case.locale or "sv"
    return Prefilled(value, _("what {name} at the City of Malmö wrote down", name=by), locale=locale)


APPLIED = Step(
    id="application_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The application arrived."),
    label=_("Application"),
    dialog=APPLICATION,
    prefilled={one.key: partial(_written_down, one.key) for one in KNOWN},
    hides=True,
    arrives=_("A new application has arrived"),
    mailbox=True,
)
