"""The recipe "A phase": collaboration, in which those whose application was granted tell what they have done in dialogue."""

from tests.recipes.recipe import Line, Mistake, Recipe
from tests.recipes.step import LAW

FOLDER = "dialogs/phases/collaboration"
STEPS = "dialogs/phases/steps.py"
DECLARED = '''\
"""The collaboration phase: from the first decision to what is proposed together."""

from dialogs.case.phase import Phase
from dialogs.language.words import _
from dialogs.phases.collaboration.activity import ACTIVITY, COLLABORATING
from dialogs.phases.collaboration.part import granted

COLLABORATION = Phase(
    "collaboration",
    _("Collaboration phase"),
    steps=(ACTIVITY,),
    states=(COLLABORATING,),
    begins=granted,
)
'''
PART = '''\
"""What collaboration knows of a case."""

from dataclasses import dataclass

from dialogs.case.case import Case
from dialogs.phases.initiation.part import initiation


@dataclass(frozen=True, slots=True)
class Collaboration:
    """How many dialogue activities the applicants have told of."""

    activities: int = 0


def granted(case: Case) -> bool:
    """Whether the Technical Committee has granted support."""
    decision = initiation(case).decision
    return decision is not None and decision.outcome in ("granted", "granted_in_part")
'''
ACTIVITY = '''\
"""The applicants tell of a dialogue activity."""

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import sent
from dialogs.case.state import Mark, State
from dialogs.case.step import Step, Way
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.day import Day
from dialogs.kinds.text import FreeText
from dialogs.language.words import _
from dialogs.phases.collaboration.part import Collaboration, granted

COLLABORATING = State("collaborating", _("Collaborating"), 75, 65, Mark("#b04a7a", "M0 6l3 -6l3 6"))
DIALOG = Dialog(
    key="activity",
    title=_("A dialogue activity"),
    intro=(),
    sections=(
        Section(
            _("A dialogue activity"),
            (
                Question("held", _("Day of the activity"), _("When was it?"), Day(past=True, future=False)),
                Question("heard", _("What was said"), _("What did people say there?"), FreeText()),
            ),
        ),
    ),
    review=(_("This goes to the contact person as it stands here."),),
    send=_("Send the account…"),
    sure=(_("Send the account now?"),),
    sent=_("Your account has arrived"),
    next_steps=(_("The contact person reads it."),),
    given=("today",),
)


def _after(case: Case, event: CaseEvent) -> Case:
    case = sent(case, event, DIALOG.key).stands(COLLABORATING)
    return case.with_part(Collaboration(case.part(Collaboration).activities + 1))


ACTIVITY = Step(
    id="activity_sent",
    by="applicants",
    internal=False,
    after=_after,
    says=_("The applicants told of a dialogue activity."),
    label=_("Dialogue activity"),
    dialog=DIALOG,
    opens=granted,
    way=Way("activity", _("Tell of a dialogue activity"), 40),
    arrives=_("The applicants have told of a dialogue activity"),
)
'''
PHASE = Recipe(
    "phase",
    sources=4,
    files={f"{FOLDER}/__init__.py": DECLARED, f"{FOLDER}/part.py": PART, f"{FOLDER}/activity.py": ACTIVITY},
    lines=(
        Line(
            STEPS,
            "from dialogs.phases.collaboration import COLLABORATION\n",
            before="from dialogs.phases.initiation import INITIATION\n",
        ),
        Line(STEPS, "COLLABORATION, ", after="PHASES = (INITIATION, "),
    ),
    words={
        "Collaboration phase": "Samarbetsfas",
        "Collaborating": "Samarbete pågår",
        "A dialogue activity": "En dialoginsats",
        "Day of the activity": "Insatsens dag",
        "When was it?": "När var den?",
        "What was said": "Vad som sades",
        "What did people say there?": "Vad sade de som var där?",
        "This goes to the contact person as it stands here.": "Detta går till kontaktpersonen så som det står här.",
        "Send the account…": "Skicka berättelsen…",
        "Send the account now?": "Skicka berättelsen nu?",
        "Your account has arrived": "Er berättelse har kommit in",
        "The contact person reads it.": "Kontaktpersonen läser den.",
        "The applicants told of a dialogue activity.": "De sökande berättade om en dialoginsats.",
        "Dialogue activity": "Dialoginsats",
        "Tell of a dialogue activity": "Berätta om en dialoginsats",
        "The applicants have told of a dialogue activity": "De sökande har berättat om en dialoginsats",
    },
    tests=("tests/recipes/proofs/phase.py", "tests/dialogs/phases/test_steps.py", "tests/dialogs/desk/test_spread.py"),
    more=("tests/adversary/test_orders.py::test_in_any_order_every_page_holds[1]",),
    mistakes={
        "no line in PHASES": Mistake(
            STEPS,
            "COLLABORATION, ",
            "",
            "dialogs/phases/collaboration: put COLLABORATION into PHASES in dialogs/phases/steps.py",
            LAW,
        ),
        "a pattern that another state has": Mistake(
            f"{FOLDER}/activity.py",
            "M0 6l3 -6l3 6",
            "M1 0v6M4 0v6",
            "the states 'ready' and 'collaborating' need patterns that tell them apart",
        ),
        "no way for the applicants": Mistake(
            f"{FOLDER}/activity.py",
            '    way=Way("activity", _("Tell of a dialogue activity"), 40),\n',
            "",
            "step 'activity_sent': applicants need a way to begin it",
        ),
        "a rank that is taken": Mistake(
            f"{FOLDER}/activity.py",
            '_("Collaborating"), 75, 65,',
            '_("Collaborating"), 80, 65,',
            "states 'collaborating' and 'withdrawn' have the same `rank`, 80",
        ),
    },
)
