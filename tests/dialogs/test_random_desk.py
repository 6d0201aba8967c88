"""Random contact persons against every dialog of the desk, by the engine and by a form:
never an exception, always a reply, and what comes out can be replayed.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech.catalogs import say
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.task import data_of
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.declare import Dialog
from dialogs.engine.draft import Answer, Draft, current
from dialogs.engine.form import filled
from dialogs.engine.record import Record, record
from dialogs.engine.show import show
from dialogs.engine.turn import Writer, turn
from dialogs.language.events import Event, Fill
from dialogs.language.replies import Reply
from dialogs.phases.always.back import parts_of
from dialogs.phases.steps import TASKS, after, opens, replay, sentence
from storage.cases.cases import row_of
from storage.database.json import ANSWERS, RECORD, REPLY, as_json
from tests.dialogs.kinds.declared import FIELDS
from tests.dialogs.wanderer import TEXTS, form, offered, sensible, strays
from tests.dialogs.world import World, without_gap
from tests.house import press
from tests.prefilled import in_swedish, misfits

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WRITER = Writer(7, "sv", NOW)
CONTEXT: dict[str, Any] = {
    "mails": ["alva@example.se"],
    "today": "2026-03-02",
    "people": [["p1", "Alva"], ["p2", "Bo"]],
    "committees": [["ks", "Kommunstyrelsen"], ["mn", "Miljönämnden"]],
    "districts": [["innerstaden", "Innerstaden"]],
    "parts": [["e3", "Miljönämnden: buller"]],
    "proposals": [["e9", "TN-2031-77"]],
}
CASE = replay(
    1,
    [
        CaseEvent("application_sent", "", {"reference": "SAM-2026-0001", "title": "Torget"}, NOW, 1, 5),
        CaseEvent("taken", "Alva", {}, NOW, 2, 1),
        CaseEvent("view", "Alva", {"committee": "Miljönämnden", "part": "buller"}, NOW, 3, 1),
    ],
)


def begun(dialog: Dialog) -> Draft:
    """A draft of it with what there is to choose among."""
    return informed(dialog, Draft(1, 0, {key: Answer(value, 7, "sv", NOW) for key, value in CONTEXT.items()}))


def informed(dialog: Dialog, draft: Draft) -> Draft:
    """The draft with what the case knows."""
    if dialog.key not in TASKS:
        return draft
    background = Background(CASE, day=CONTEXT["today"])
    return TASKS[dialog.key].informed(draft, background, in_swedish)


def through_json(dialog: Dialog, draft: Draft) -> Draft:
    """The draft as it is after it was stored; its context never is."""
    kept = {key: answer for key, answer in draft.answers.items() if key not in CONTEXT}
    read = ANSWERS.validate_python(json.loads(json.dumps(as_json(ANSWERS, kept), allow_nan=False)))
    context = {key: draft.answers[key] for key in CONTEXT}
    return informed(dialog, Draft(draft.id, draft.version, read | context, draft.changing))


def carried_out(dialog: Dialog, draft: Draft, sent: Record) -> Case:
    """The case after it: the event's data as JSON, read back, replayed, told."""
    without_gap(dialog, draft, sent)
    assert RECORD.validate_python(json.loads(json.dumps(as_json(RECORD, sent)))) == sent
    data = json.loads(json.dumps(data_of(sent), allow_nan=False))
    event = CaseEvent(dialog.key, "Alva", data, NOW, 4, 1)
    case = after(CASE, event)
    assert isinstance(say(sentence(event), "sv"), str)
    json.dumps({name: str(value) for name, value in row_of(case).items()})
    return case


def checked(replies: tuple[Reply, ...]) -> list[Reply]:
    """There is a reply, and each can be kept in the outbox."""
    assert replies
    for reply in replies:
        assert REPLY.validate_python(json.loads(json.dumps(as_json(REPLY, reply), allow_nan=False))) == reply
    return list(replies)


@dataclass
class Desk:
    """What stands on a contact person's screen."""

    shown: list[Reply]


def onward(shown: list[Reply], draw: Any, wander: bool = True) -> Event:
    """What somebody does who wants to get on."""
    there = [button for button, _reply in offered(shown)]
    unset = [button for button in there if button.act.startswith("set:")]
    if not wander and unset and not any(button.act.startswith("clear:") for button in there):
        return press(unset[0], shown[-1])
    return sensible(cast("World", Desk(shown)), draw, wander)


FEW = settings(max_examples=(settings.default.max_examples if settings.default else 100) // 2)
"""People for each dialog, half as many as elsewhere: there are many dialogs."""


@pytest.mark.parametrize("key", DESK_DIALOGS)
@FEW
@given(data=st.data())
def test_anything_can_be_done_in_a_task(key: str, data: st.DataObject) -> None:
    dialog = DESK_DIALOGS[key]
    draft = begun(dialog)
    shown: list[Reply] = checked((show(dialog, draft),))
    for _step in range(data.draw(st.integers(1, 12))):
        match data.draw(st.integers(0, 5)):
            case 0:
                event = data.draw(strays())
            case 1:
                event = form(shown[-1], data.draw)
            case 2 if there := offered(shown):
                event = press(*data.draw(st.sampled_from(there)))
            case _:
                event = onward(shown, data.draw)
        taken = turn(dialog, draft, event, WRITER)
        if taken.sent:
            carried_out(dialog, taken.draft, taken.sent)
            return
        shown, draft = checked(taken.replies), through_json(dialog, taken.draft)


@pytest.mark.parametrize("key", DESK_DIALOGS)
@FEW
@given(data=st.data())
def test_whoever_goes_on_gets_a_task_done(key: str, data: st.DataObject) -> None:
    """However it is answered; and then the event says what the task did."""
    dialog = DESK_DIALOGS[key]
    draft = begun(dialog)
    shown: list[Reply] = [show(dialog, draft)]
    for step in range(100):
        taken = turn(dialog, draft, onward(shown, data.draw, wander=step < 30), WRITER)
        if taken.sent:
            case = carried_out(dialog, taken.draft, taken.sent)
            assert case.latest == 4
            assert not row_of(case)["state"].startswith("draft")
            return
        shown, draft = list(taken.replies), through_json(dialog, taken.draft)
    raise AssertionError(f"{key} does not come to an end: {shown[-1]}")


@pytest.mark.parametrize("key", DESK_DIALOGS)
@FEW
@given(data=st.data())
def test_any_form_can_be_sent(key: str, data: st.DataObject) -> None:
    """With anything in it: it is refused by question, or it is whole."""
    dialog = DESK_DIALOGS[key]
    keys = [question.key for question in dialog.questions]
    options = ["p1", "p2", "ks", "e3", "whole", "part", "granted", "met", "2199-12-03", "2199-12-03T14:00", "50000"]
    one = st.dictionaries(
        st.sampled_from(FIELDS), st.lists(TEXTS | st.sampled_from(options), max_size=3).map(tuple), max_size=4
    )
    posted = data.draw(st.dictionaries(st.sampled_from([*keys, "unheard_of"]), one, max_size=len(keys) + 1))
    draft, refused = filled(dialog, begun(dialog), posted, WRITER)
    assert set(refused) <= set(keys)
    for why in refused.values():
        assert say(why, "sv")
    checked((show(dialog, through_json(dialog, draft)),))
    if not refused:
        assert current(dialog, draft) is None
        carried_out(dialog, draft, record(dialog, draft))


def going_on(case: Case, key: str, draw: Any) -> Case:
    """The case after this task, which somebody has filled in somehow."""
    dialog, background = DESK_DIALOGS[key], Background(case, day=CONTEXT["today"])
    draft = Draft(1, 0, {key: Answer(value, 7, "sv", NOW) for key, value in CONTEXT.items()})
    draft = TASKS[key].informed(draft, background, in_swedish)
    shown: list[Reply] = [show(dialog, draft)]
    for _step in range(60):
        taken = turn(dialog, draft, onward(shown, draw, wander=False), WRITER)
        if taken.sent:
            data = json.loads(json.dumps(data_of(taken.sent), allow_nan=False))
            return after(case, CaseEvent(key, "Alva", data, NOW, case.latest + 1, 1))
        shown, draft = list(taken.replies), taken.draft
    raise AssertionError(f"{key} does not come to an end: {shown[-1]}")


@settings(max_examples=20)
@given(data=st.data())
def test_what_a_case_knows_is_what_its_questions_take(data: st.DataObject) -> None:
    """Whatever has happened in it."""
    case = CASE
    for _step in range(data.draw(st.integers(3, 10))):
        context = {key: Answer(value, 7, "sv", NOW) for key, value in (CONTEXT | {"parts": parts_of(case)}).items()}
        for step in TASKS.values():
            if opens(step, case):
                assert not misfits(step, Background(case, day=CONTEXT["today"]), context), step.id
        open_now = [key for key, step in TASKS.items() if opens(step, case) and key not in ("back", "disposed")]
        key = data.draw(st.sampled_from(sorted(open_now)))
        case = going_on(case, key, data.draw)


def test_a_form_of_a_choice_is_its_button() -> None:
    dialog = DESK_DIALOGS["write"]
    posted = {"text": {"text": ("Hej",)}, "ball": {"choice": ("city",)}}
    draft, refused = filled(dialog, begun(dialog), posted, WRITER)
    assert not refused
    assert data_of(record(dialog, draft)) == {"text": "Hej", "ball": "city"}
    assert turn(dialog, draft, Fill("send", "", draft.id, draft.version), WRITER).sent
