"""Started by the city: a contact person fills in what is known and invites actors; only they can send it (seed: FGK may contact actors itself)."""

from dataclasses import replace

from dialogs.case import data
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import held_by
from dialogs.case.state import STARTED
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.declare import Dialog, Question
from dialogs.kinds.place import title_of
from dialogs.language.words import _
from dialogs.phases.initiation.application import AREA, CHALLENGES, OPPORTUNITIES
from dialogs.phases.initiation.criteria import ACTORS, ADDED_VALUE, PROPOSAL
from dialogs.phases.initiation.part import known

KNOWN = (AREA, ACTORS, PROPOSAL, CHALLENGES, OPPORTUNITIES, ADDED_VALUE)
"""Those questions of the application that the city may know something about."""


def _question(asked: Question) -> Question:
    return replace(asked, when=None, optional=asked is not AREA, ways=(), remarks=lambda _known: ())


DIALOG: Dialog = replace(
    dialog(
        "start",
        _("Start a case"),
        *(_question(asked) for asked in KNOWN),
        send=_("Start the case"),
        done=_("The case is started"),
        review=(
            _(
                "The actors you invite see this, correct it and confirm it. Only they can send it, and from then on the draft is theirs: you do not see it until they send it."
            ),
        ),
    ),
    title_from=lambda known: title_of(known.get(AREA.key)),
)


def _after(case: Case, event: CaseEvent) -> Case:
    case = replace(
        held_by(case, event.person, event.by),
        reference=data.text(event, "reference"),
        title=data.title(event),
        district=data.text(event, "district"),
    )
    told = {key: value for key, value in event.data.items() if key not in ("reference", "title", "district")}
    return known(case, started=told, started_by=event.by).stands(STARTED).turned("applicants", event.at)


START = Step(
    id="start",
    by="staff",
    internal=False,
    after=_after,
    says=_("{name} started the case for the city."),
    dialog=DIALOG,
)
