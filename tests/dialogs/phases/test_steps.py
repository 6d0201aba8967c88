"""What can happen in a case is declared once, whole and without contradiction; everything else is computed from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from bot.speech.catalogs import languages, say
from dialogs import phases
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.notices import notices
from dialogs.case.phase import Phase
from dialogs.case.rights import ContactPerson
from dialogs.case.state import COMMON, DRAFT, WITHDRAWN, Mark
from dialogs.case.step import Step, Way
from dialogs.engine.declared import Declared
from dialogs.engine.prefilled import Prefilled
from dialogs.language.words import Words, _
from dialogs.phases.always.note import NOTE
from dialogs.phases.initiation import INITIATION
from dialogs.phases.initiation.applied import APPLIED
from dialogs.phases.initiation.decision import DECIDED
from dialogs.phases.initiation.part import Initiation, initiation
from dialogs.phases.steps import (
    NAMED,
    OVER,
    PHASES,
    STATES,
    STEPS,
    TASKS,
    _by_id,
    _told_apart,
    after,
    open_to,
    opens,
    phase_of,
    replay,
    sayable,
    sentence,
)
from tests.prefilled import misfits

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = _("{name} wrote an internal note.")


def event(what: str, hours: int = 0, by: str = "Alva", **data: object) -> CaseEvent:
    return CaseEvent(what, by, dict(data), AT + timedelta(hours=hours), hours + 1, 7)


@pytest.mark.parametrize("locale", sorted(languages()))
def test_each_is_said_in_every_language(locale: str) -> None:
    for step in STEPS.values():
        for by in ("Alva", ""):
            said = say(step.sentence(event(step.id, by=by)), locale)
            assert said, step.id
            assert "{" not in said, step.id


def test_what_has_no_step_is_told_all_the_same() -> None:
    assert say(sentence(event("from_the_future")), "en").startswith("Noted: ")
    assert after(Case(1), event("from_the_future")) == Case(1, latest=1)


OWN = Mark("#000000", "M0 1h3")
"""A pattern that no state has."""


def test_two_steps_of_one_name_are_the_authors_error() -> None:
    with pytest.raises(Declared, match="'note'"):
        _by_id([NOTE, replace(NOTE, seldom=False)])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"label": None}, "a label and a group"),
        ({"group": None}, "a label and a group"),
        (
            {"by": "applicants", "says": _("The applicants wrote."), "way": Way("x", _("Message"), 1)},
            "cannot be internal",
        ),
        ({"shares": True}, "cannot be internal"),
        ({"id": "remark"}, "called as the step is"),
        ({"prefilled": {"txet": lambda _background: None}}, r"it prefills \['txet'\], which it does not ask"),
        ({"dialog": None, "opens": None, "prefilled": {"text": lambda _background: None}}, "which it does not ask"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_the_authors_error(wrong: dict[str, object], why: str) -> None:
    with pytest.raises(Declared, match=why):
        replace(NOTE, **wrong)  # type: ignore[arg-type]


def test_nothing_but_the_reference_is_put_into_a_way() -> None:
    assert Way("x", _("Withdraw {reference}…"), 1)
    with pytest.raises(Declared, match="way 'x'"):
        Way("x", _("Withdraw {name}…"), 1)


def test_a_card_cannot_be_prefilled_because_it_says_nothing() -> None:
    with pytest.raises(Declared, match="'confirmed'"):
        replace(APPLIED, prefilled={"confirmed": lambda _background: None})


def test_a_value_that_the_question_does_not_take_is_found() -> None:
    wrong = replace(NOTE, prefilled={"text": lambda _background: Prefilled(7, _("the case"))})
    assert misfits(wrong, Background(Case(1))) == {"text"}


def test_whoever_adds_a_step_has_to_say_whether_it_is_internal() -> None:
    with pytest.raises(TypeError, match="internal"):
        Step(id="x", by="staff", after=lambda case, _event: case, says=SAID)  # type: ignore[call-arg]


def test_every_step_is_listed_in_its_folder_and_every_phase_in_phases() -> None:
    """Whatever is written and not listed would never happen, and nobody would notice."""
    lost = []
    for found in iter_modules(phases.__path__, "dialogs.phases."):
        if not found.ispkg:
            continue
        folder = import_module(found.name)
        place = found.name.replace(".", "/")
        for name, phase in vars(folder).items():
            if isinstance(phase, Phase) and phase not in PHASES:
                lost.append(f"{place}: put {name} into PHASES in dialogs/phases/steps.py")
        listed = [one for phase in vars(folder).values() if isinstance(phase, Phase) for one in phase.steps]
        for one in iter_modules(folder.__path__, f"{found.name}."):
            steps = {name: step for name, step in vars(import_module(one.name)).items() if isinstance(step, Step)}
            file = f"{one.name.replace('.', '/')}.py"
            lost += [
                f"{name} of {file}: list it in {place}/__init__.py"
                for name, step in steps.items()
                if not any(step is other for other in listed)
            ]
    assert not lost, "\n".join(lost)


def test_every_state_is_one_that_a_phase_declares() -> None:
    assert {"decided", "withdrawn", "closed", "disposed"} <= set(OVER)
    assert set(STATES) == {one.id for phase in PHASES for one in phase.states}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"id": "called_off", "mark": OWN}, "states 'withdrawn' and 'called_off' have the same `rank`, 80"),
        (
            {"id": "called_off", "mark": OWN, "rank": 75},
            "states 'called_off' and 'withdrawn' have the same `in_queue`, 70",
        ),
        ({"id": "called_off", "rank": 75, "in_queue": 65}, "need patterns that tell them apart"),
        ({"rank": 75, "in_queue": 65, "mark": OWN}, "two states are called 'withdrawn'"),
    ],
)
def test_two_states_that_cannot_be_told_apart_are_the_authors_error(wrong: dict[str, Any], why: str) -> None:
    """Also by their colour alone, nobody may have to tell them apart."""
    with pytest.raises(Declared, match=why):
        _told_apart([*COMMON, replace(WITHDRAWN, **wrong)])


def test_several_states_that_the_queue_does_not_offer_are_no_error() -> None:
    assert "begun" in _told_apart([*COMMON, replace(DRAFT, id="begun", rank=11, mark=OWN)])


def test_a_case_knows_whether_it_is_closed_and_why() -> None:
    applied = replay(1, [event("application_sent", reference="SAM-1", by="")])
    assert not applied.closed
    decided = replay(1, [event("application_sent"), event("ready", 1), event("decision", 2, outcome="refused")])
    assert decided.closed == DECIDED.id
    assert after(decided, event("disposed", 3, reference="SAM-1")).closed == "disposed"
    again = replay(1, [event("application_sent"), event("ready", 1), event("decision", 2, outcome="referred_back")])
    assert not again.closed
    assert replay(1, [event("application_sent"), event("withdrawal_sent", 1)]).closed == "withdrawn"


def test_a_case_is_in_a_phase_until_it_ends() -> None:
    applied = replay(1, [event("application_sent")])
    assert INITIATION.runs(applied)
    assert not INITIATION.runs(after(applied, event("withdrawal_sent", 1)))
    for outcome, goes_on in (("granted", False), ("refused", False), ("referred_back", True)):
        decided = after(after(applied, event("ready", 1)), event("decision", 2, outcome=outcome))
        assert INITIATION.runs(decided) == goes_on


def test_what_belongs_to_a_phase_opens_while_it_runs() -> None:
    """Whoever was asked to complete an application, and was granted support without, need not any more; a note is written at any time."""
    asked = replay(1, [event("application_sent"), event("ask", 1, keys=["added_value"], by="Alva")])
    assert opens(STEPS["completion_sent"], asked)
    ready = after(asked, event("ready", 2))
    granted, back = (after(ready, event("decision", 3, outcome=one)) for one in ("granted", "referred_back"))
    assert not opens(STEPS["completion_sent"], granted)
    assert opens(STEPS["completion_sent"], back)
    assert opens(NOTE, granted)


def test_a_phase_is_named_as_soon_as_there_is_another_one() -> None:
    named = phase_of(replay(1, [event("application_sent")]))
    assert named == (INITIATION.title if len(NAMED) > 1 else None)


def test_what_a_phase_knows_is_its_own_part_of_the_case() -> None:
    case = replay(1, [event("application_sent", scope="yes"), event("ready", 1, registration="TN-1", meeting_day="x")])
    assert initiation(case).scope == "yes"
    assert case.registration == "TN-1"
    assert Case(1).part(Initiation) == Initiation()


def test_the_history_of_an_emptied_case_tells_what_needs_nothing_of_it() -> None:
    """Of a disposed case: every step whose sentence needs no more than a name."""
    emptied = [CaseEvent(step, "Alva", {}, AT, number, 7) for number, step in enumerate(STEPS, 1)]
    told = {one.what for one in sayable([*emptied, event("disposed", 90, number="TN-2")])}
    assert told == {step.id for step in STEPS.values() if step.holds or isinstance(step.says, Words)} | {"disposed"}


def test_nobody_but_who_may_and_when_it_opens() -> None:
    alva, bo = ContactPerson(7, "Alva", "sv"), ContactPerson(8, "Bo", "sv")
    case = replay(1, [event("application_sent", reference="SAM-1"), event("taken", 1)])
    assert {key for key, step in TASKS.items() if open_to(bo, case, step)} == set()
    assert "decision" not in {key for key, step in TASKS.items() if open_to(alva, case, step)}
    ready = after(case, event("ready", 2, registration="TN-1", meeting_day="2026-04-01"))
    assert open_to(alva, ready, TASKS["decision"])
    assert TASKS["decision"].comes_next(ready, "2026-04-01")
    assert not TASKS["decision"].comes_next(ready, "2026-03-31")


@pytest.mark.parametrize("step", [one for one in STEPS.values() if one.internal], ids=lambda step: step.id)
def test_no_applicant_is_told_of_what_is_internal(step: Step) -> None:
    case = after(replay(1, [event("application_sent", reference="SAM-1"), event("taken", 1)]), event(step.id, 2))
    assert [one for one in notices(step, case, "") if one.to == "participants"] == []
    assert not step.told
