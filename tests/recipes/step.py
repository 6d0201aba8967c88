"""The recipe "A step": a contact person has looked at the area, and the applicants are told."""

from tests.recipes.recipe import Line, Mistake, Recipe

FOLDER = "dialogs/phases/always/__init__.py"
FILE = "dialogs/phases/always/visit.py"
INTERNAL = "    internal=False,\n"
VISIT = '''\
"""A contact person has looked at the area."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import noted
from dialogs.case.notice import Notice, to_applicants
from dialogs.case.step import Step
from dialogs.case.task import dialog, reachable
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.text import FreeText
from dialogs.language.words import Words, _


def _after(case: Case, event: CaseEvent) -> Case:
    return noted(case, event, "seen", "visit")


def _says(event: CaseEvent) -> Words:
    return _("{name} looked at the area on {day}.", name=event.by, day=data.day(event, "day"))


def _tells(case: Case) -> tuple[Notice, ...]:
    words = _("A contact person has been there for your case {reference}.", reference=case.reference)
    return (to_applicants(_("We have looked at the area"), words),)


VISIT = Step(
    id="visit",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Note a visit to the area"),
    dialog=dialog(
        "visit",
        _("A visit to the area"),
        Question("day", _("Day of the visit"), _("When were you there?"), Day(past=True, future=False)),
        Question("seen", _("What you saw"), _("What did you see there?"), FreeText()),
        send=_("Note the visit"),
        done=_("The visit is noted"),
    ),
    group=group.APPLICANTS,
    opens=reachable,
    tells=_tells,
    rank=55,
)
'''
IMPORT = "from dialogs.phases.always.visit import VISIT\n"
LISTED = "        VISIT,\n"
LAW = "tests/dialogs/phases/test_steps.py::test_every_step_is_listed_in_its_folder_and_every_phase_in_phases"
STEP = Recipe(
    "step",
    sources=2,
    files={FILE: VISIT},
    lines=(
        Line(FOLDER, IMPORT, before="from dialogs.phases.always.write import WRITE\n"),
        Line(FOLDER, LISTED, before="        WRITE,\n"),
    ),
    words={
        "{name} looked at the area on {day}.": "{name} besökte området {day}.",
        "We have looked at the area": "Vi har besökt området",
        "A contact person has been there for your case {reference}.": "En kontaktperson har varit där för ert ärende {reference}.",
        "Note a visit to the area": "Anteckna ett besök i området",
        "A visit to the area": "Ett besök i området",
        "Day of the visit": "Besökets dag",
        "When were you there?": "När var du där?",
        "What you saw": "Vad du såg",
        "What did you see there?": "Vad såg du där?",
        "Note the visit": "Anteckna besöket",
        "The visit is noted": "Besöket är antecknat",
    },
    tests=("tests/recipes/proofs/step.py", "tests/dialogs/phases/test_steps.py"),
    more=("tests/adversary/test_orders.py::test_in_any_order_every_page_holds[0]",),
    mistakes={
        "no line in its folder": Mistake(
            FOLDER,
            LISTED,
            "",
            "VISIT of dialogs/phases/always/visit.py: list it in dialogs/phases/always/__init__.py",
            LAW,
        ),
        "whether it is internal": Mistake(FILE, INTERNAL, "", "missing 1 required keyword-only argument: 'internal'"),
        "no group of the desk": Mistake(
            FILE, "    group=group.APPLICANTS,\n", "", "step 'visit': what can be pressed has a label and a group"
        ),
        "its dialog called otherwise": Mistake(
            FILE,
            '        "visit",\n',
            '        "visits",\n',
            "step 'visit': the dialog of a contact person's step is called as the step is",
        ),
    },
)
