"""A case is what its events say: replayed they give the same row, whatever people did, and nothing that stands in them breaks it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.speech.catalogs import say
from bot.turns.invite import invite
from bot.turns.origin import Origin
from dialogs.case.case import Case, CaseEvent
from dialogs.case.notices import notices
from dialogs.case.rights import ContactPerson
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.desk.page import CasePage, everything, new
from dialogs.desk.spread import IN_OVERVIEW
from dialogs.language.events import Event, Press, Say, Start
from dialogs.language.replies import Ask, Reply, Review
from dialogs.language.words import Words
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import STEPS, TASKS, after, replay, sentence
from storage.cases import cases
from storage.cases.cases import row_of
from storage.database.json import REPLY
from storage.database.tables import case_events, named
from storage.database.tables import cases as case_rows
from storage.database.tables import outbox as outbox_rows
from storage.people import staff
from storage.people.people import Address
from tests.applicant import sends_an_application
from tests.dialogs.wanderer import offered, strays, words
from tests.house import Caller, Composed, compose, press
from tests.ways import SENT, WISHED, goes, rows

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = st.sampled_from(
    sorted(
        {question.key for dialog in DESK_DIALOGS.values() for question in dialog.questions}
        | {"reference", "title", "locale", "scope", "actors", "time", "times", "name", "committee", "sum", "submission"}
    )
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.sampled_from(["", "p1", "p²", "p" + "9" * 30, "e3", "2026-03-20", "2026-13-41", "granted", "whole", "yes"]),
        st.sampled_from(["2026-03-20T14:00", "9999-99-99T99:99", "applicants", "SAM-2026-0001"]),
        st.text(max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["ids", "times", "id", "words", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def histories(draw: Any) -> list[CaseEvent]:
    """Events as they might stand in a table that somebody has meddled with: any order, any data."""
    found = []
    for id in range(1, draw(st.integers(1, 12)) + 1):
        what = draw(st.sampled_from([*STEPS, "unheard_of"]) | st.text(max_size=6))
        data = draw(st.dictionaries(KEYS, JUNK, max_size=5))
        by = draw(st.sampled_from(["", "Alva", "Bo"]))
        at = BEGINNING + timedelta(hours=id)
        found.append(CaseEvent(what, by, data, at, id, draw(st.integers(0, 3))))
    return found


def spoken(texts: list[Any]) -> None:
    """Every text can be said."""
    for text in texts:
        assert isinstance(say(text, "sv"), str)


@given(histories())
@example([CaseEvent("write", "Alva", {"text": "Welcome!", "submission": ["p1"]}, BEGINNING, 1, 2)])
def test_no_event_breaks_a_case(history: list[CaseEvent]) -> None:
    """Nor what is made of it: its row, its timeline, its page, its notices."""
    case = replay(1, history)
    row = row_of(case)
    assert row["state"] in IN_OVERVIEW
    assert len(row["waits_for"]) <= 12
    assert 0 not in case.named
    spoken([sentence(event) for event in history])
    page = CasePage(ContactPerson(1, "Alva", "sv", True), case, (), tuple(history), BEGINNING)
    for told in (*new(page), *everything(page)):
        spoken([*told.words, *([told.title] if told.title else [])])
    if history[-1].what in STEPS:
        for notice in notices(STEPS[history[-1].what], case, ""):
            spoken(list(notice.reply.words))


@given(histories())
def test_what_happened_stays_and_what_is_unknown_changes_nothing(history: list[CaseEvent]) -> None:
    case = Case(1)
    for event in history:
        later = after(case, event)
        if event.what == "disposed":  # which is what empties a case
            case = later
            continue
        for kept, grown in ((case.notes, later.notes), (case.messages, later.messages)):
            assert grown[: len(kept)] == kept
        assert [part.id for part in later.referrals][: len(case.referrals)] == [part.id for part in case.referrals]
        known = initiation(case).decisions
        assert initiation(later).decisions[: len(known)] == known
        assert len(later.offers) >= len(case.offers)
        if event.what not in STEPS:
            assert replace(later, latest=case.latest) == case
        assert later.latest == event.id
        case = later
    assert case == replay(1, history)


def test_what_the_city_started_stays_so_until_the_actors_apply() -> None:
    """A message or a wish for a meeting is no application: more actors can still be invited."""
    case = Case(1)
    for what in ("start", "joined", "message_sent", "meeting_sent"):
        case = after(case, CaseEvent(what, "Alva" if what == "start" else "", {"reference": "SAM-1"}, BEGINNING, 1, 7))
    assert (case.state, case.waits_for) == ("started", "city")
    assert after(case, CaseEvent("application_sent", "", {}, BEGINNING)).state == "taken"


def test_every_task_is_known_to_replay() -> None:
    assert set(TASKS) <= set(STEPS)
    unknown = {"unheard_of": {}, "ask": {"keys": ["x"]}}
    for what, data in unknown.items():
        assert isinstance(sentence(CaseEvent(what, "Alva", data, BEGINNING)), Words)


class Colleague:
    """A contact person in the bot who reads what comes and does anything with it."""

    def __init__(self, parts: Composed, name: str) -> None:
        self.parts, self.address, self.name = parts, Address("telegram_staff", name), name
        self.shown: list[Reply] = []

    async def comes_in(self, administrator: bool) -> "Colleague":
        """By an invitation."""
        async with self.parts.database.write() as connection:
            await staff.contact_person(connection, self.name, BEGINNING, administrator)
        links = await invite(self.parts.database, self.parts.keys, self.name, self.parts.clock.now())
        await self.does(Start(links.telegram))
        return self

    async def does(self, event: Event) -> None:
        """Something is always answered."""
        assert await self.parts.turns.take_staff(Origin(self.address, "sv"), event)
        mine = outbox_rows.c.address == self.address.address
        async with self.parts.database.write() as connection:
            there = (await connection.execute(select(outbox_rows.c.reply).where(mine).order_by(outbox_rows.c.id))).all()
            await connection.execute(delete(outbox_rows).where(mine))
        self.shown = [REPLY.validate_python(row.reply) for row in there]
        assert self.shown, f"nothing is said to {event}"


def onward(shown: list[Reply], chance: Random) -> Event:
    """What somebody does who wants to get on with what is at hand."""
    asked = next((one for one in reversed(shown) if isinstance(one, Ask | Review)), None)
    if isinstance(asked, Review):
        return Press("send", "", asked.draft, asked.version)
    if asked is None:
        buttons = offered(shown)
        return press(*chance.choice(buttons)) if buttons else Start()
    answers = [button for row in asked.rows for button in row if not button.act.startswith(("remove", "open", "clear"))]
    done = [button for button in (*answers, *asked.ways) if button.act in ("done", "skip")]
    if done and chance.random() < 0.5:
        return press(done[0], asked)
    if answers and chance.random() < 0.7:
        return press(chance.choice(answers), asked)
    return Say(words(asked))


async def at_the_desk(one: Colleague, case: int, chance: Random, stray: Event) -> None:
    """A contact person begins something, and mostly goes on with it to its end; something odd may come between."""
    begin = [*(f"do:{key}:{case}" for key in TASKS), "start_case", "absence", f"take:{case}", f"invite:{case}"]
    other = [f"{act}:{case}" for act in ("case", "follow", "unfollow", "log", "read", "more")]
    await one.does(Press(chance.choice([*begin, *begin, *other, "queue", "unread", "resume", "cancel"])))
    odd = chance.randrange(25)
    for step in range(14):
        if not any(isinstance(reply, Ask | Review) for reply in one.shown):
            break
        await one.does(stray if step == odd else onward(one.shown, chance))


async def in_the_chat(one: Caller, case: int, chance: Random, stray: Event) -> None:
    """An applicant answers what came across, or does anything."""
    acts = [f"{act}:{case}" for act in ("complete", "write", "notime", "calendar")] + [f"time:{case}:1"]
    await one.does(chance.choice([*(Press(act) for act in acts), Press("resume"), stray]))
    for _step in range(10):
        _standing, shown = await one.sees()
        sure = [(button, reply) for button, reply in offered(shown) if button.act in ("send", "sure")]
        if not sure and not any(isinstance(reply, Ask | Review) for reply in shown):
            break
        await one.does(press(*sure[0]) if sure else onward(shown, chance))


async def compared(parts: Composed, before: dict[int, Any]) -> None:
    """Every case's row is what its events say; the events that were there are there still, word for word."""
    events = {row.id: tuple(row) for row in await rows(parts.database, case_events)}
    assert {id: events.get(id) for id in before} == before, "an event was changed or taken away"
    before.update(events)
    listed = await rows(parts.database, named)
    for row in await rows(parts.database, case_rows):
        async with parts.database.read() as connection:
            history = await cases.history(connection, row.id)
        case = replay(row.id, history)
        expected = row_of(case) if history else {"reference": None, "state": "draft", "title": None, "latest": 0}
        assert {name: getattr(row, name) for name in expected} == expected
        assert {one.person_id for one in listed if one.case_id == row.id} == case.named


def test_every_case_is_what_its_events_say(database_url: str, tmp_path: Path) -> None:
    """Random contact persons and applicants over the whole house, on either database."""
    before: dict[int, Any] = {}

    async def first() -> None:
        parts = compose(database_url, tmp_path)
        await sends_an_application(Caller(parts.turns, "sara"))
        await goes(Caller(parts.turns, "nour"), *WISHED, *SENT)
        alva, bo = Colleague(parts, "Alva"), Colleague(parts, "Bo")
        for one, case in ((alva, 1), (bo, 2)):
            await one.comes_in(one is bo)
            await one.does(Press(f"take:{case}"))
        await compared(parts, before)
        await parts.close()

    async def played(chance: Random, pool: list[Event]) -> None:
        parts = compose(database_url, tmp_path)
        try:
            people = [Colleague(parts, "Alva"), Colleague(parts, "Bo")]
            applicants = [Caller(parts.turns, "sara"), Caller(parts.turns, "nour")]
            for stray in pool:
                case = chance.randint(1, 3)
                if chance.random() < 0.75:
                    await at_the_desk(chance.choice(people), case, chance, stray)
                else:
                    await in_the_chat(chance.choice(applicants), case, chance, stray)
            await compared(parts, before)
        finally:
            await parts.close()

    # What is there grows from one play to the next, so the chance is the play's own, and not drawn step by step.
    @settings(max_examples=5)
    @given(st.randoms(use_true_random=True), st.lists(strays(), min_size=25, max_size=25))
    def days(chance: Random, pool: list[Event]) -> None:
        asyncio.run(played(chance, pool))

    asyncio.run(first())
    days()
    assert len({what for _id, _case, _person, what, *_rest in before.values()}) > 8, (
        "too little happened to say anything"
    )
