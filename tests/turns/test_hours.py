"""Quiet hours: what happens in the evening waits for the next working day's morning; an answer never does."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.turns.hours import Hours, working_day
from bot.worker.delivery import LADDER
from bot.worker.outcome import Failed
from dialogs.language.events import Command, Press
from dialogs.language.replies import Appointment, Tell
from storage.database.tables import outbox as outbox_rows
from storage.outbox import leases, outbox
from storage.outbox.outbox import About
from storage.people import staff
from storage.people.people import Address
from tests.clock import Clock, local
from tests.day import a_case, delivered, happens, let_in
from tests.house import Caller, Composed
from tests.ways import rows
from tests.wire import Wire

QUIET = Hours(18, 7)


@pytest.mark.parametrize(
    ("hours", "at", "due"),
    [
        (QUIET, "2026-11-19 17:59", "2026-11-19 17:59"),
        (QUIET, "2026-11-19 18:00", "2026-11-20 07:00"),
        (QUIET, "2026-11-19 06:59", "2026-11-19 07:00"),
        (QUIET, "2026-11-19 07:00", "2026-11-19 07:00"),
        (QUIET, "2026-11-20 18:00", "2026-11-23 07:00"),
        (QUIET, "2026-11-22 12:00", "2026-11-23 07:00"),
        (QUIET, "2026-12-23 18:00", "2026-12-28 07:00"),
        (QUIET, "2026-12-30 20:00", "2027-01-04 07:00"),
        (QUIET, "2026-04-02 18:00", "2026-04-07 07:00"),
        (QUIET, "2026-03-27 23:00", "2026-03-30 07:00"),
        (Hours(0, 7), "2026-11-19 23:00", "2026-11-19 23:00"),
        (Hours(0, 7), "2026-11-20 03:00", "2026-11-20 07:00"),
        (Hours(12, 13), "2026-11-20 12:30", "2026-11-20 13:00"),
        (Hours(), "2026-11-22 03:00", "2026-11-22 03:00"),
    ],
)
def test_when_a_notice_is_due(hours: Hours, at: str, due: str) -> None:
    assert hours.due(local(at)) == local(due)


def test_the_days_off_of_a_year() -> None:
    days = [date(2026, 1, 1) + timedelta(number) for number in range(365)]
    off = [day.isoformat() for day in days if day.weekday() < 5 and not working_day(day)]
    assert off == [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-06-19",
        "2026-12-24",
        "2026-12-25",
        "2026-12-31",
    ]
    assert not any(working_day(day) for day in days if day.weekday() > 4)


@pytest.fixture
def clock() -> Clock:
    """A Friday evening, when it is quiet."""
    return Clock("2026-11-20 19:00")


@pytest.fixture
def given() -> dict[str, Any]:
    """When it is quiet."""
    return {"quiet_from": 18, "quiet_to": 7}


@pytest.fixture
def day(clock: Clock) -> Clock:
    """The time of the whole house."""
    return clock


async def test_an_evening_notice_waits_and_the_answer_to_a_question_does_not(composed: Composed, day: Clock) -> None:
    alva, wire = await let_in(composed), Wire()
    await delivered(composed, telegram_staff=wire)
    assert len(wire.posts) == 1, "hello"
    case = await a_case(composed, Caller(composed.turns))
    await delivered(composed, telegram_staff=wire)
    assert len(wire.posts) == 1
    await composed.turns.take_staff(alva, Command("queue"))
    await delivered(composed, telegram_staff=wire)
    assert len(wire.posts) == 2
    assert "The queue" in str(wire.posts[1].reply)
    for time, arrived in (("2026-11-22 12:00", 2), ("2026-11-23 06:59", 2), ("2026-11-23 07:00", 3)):
        day.is_now(time)
        await delivered(composed, telegram_staff=wire)
        assert len(wire.posts) == arrived
    assert case.reference in str(wire.posts[2].reply)


async def test_the_morning_brings_the_evenings_notices_in_their_order(composed: Composed, day: Clock) -> None:
    await let_in(composed)
    first = await a_case(composed, Caller(composed.turns, "one"))
    day.is_now("2026-11-21 10:00")
    second = await a_case(composed, Caller(composed.turns, "two"))
    day.is_now("2026-11-23 07:05")
    third = await a_case(composed, Caller(composed.turns, "three"))
    wire = Wire()
    await delivered(composed, telegram_staff=wire)
    said = [str(post.reply) for post in wire.posts[1:]]
    assert [one.reference in text for one, text in zip((first, second, third), said, strict=True)] == [True] * 3


async def test_an_answer_that_is_tried_again_holds_up_the_next_one_and_the_notice_neither(
    composed: Composed, day: Clock
) -> None:
    async with composed.database.write() as connection:
        for text, due in (("notice", local("2026-11-23 07:00")), ("one", None), ("two", None)):
            await outbox.put(
                connection,
                Address("telegram_staff", "70"),
                None,
                About(),
                Tell((text,)),
                "en",
                day.at,
                due_at=due,
            )
    wire = Wire(Failed("busy"))
    await delivered(composed, telegram_staff=wire)
    assert wire.texts() == ["one"]
    day.at += LADDER[0]
    await delivered(composed, telegram_staff=wire)
    assert wire.texts() == ["one", "one", "two"]
    day.is_now("2026-11-23 07:00")
    await delivered(composed, telegram_staff=wire)
    assert wire.texts() == ["one", "one", "two", "notice"]


async def test_a_notice_that_is_tried_again_in_the_morning_holds_up_what_comes_after_it(
    composed: Composed, day: Clock
) -> None:
    async with composed.database.write() as connection:
        for text, due in (("notice", local("2026-11-23 07:00")), ("later", local("2026-11-23 07:00"))):
            to = Address("telegram_staff", "70")
            await outbox.put(connection, to, None, About(), Tell((text,)), "en", day.at, due_at=due)
    day.is_now("2026-11-23 07:00")
    wire = Wire(Failed("busy"))
    await delivered(composed, telegram_staff=wire)
    assert wire.texts() == ["notice"]


async def test_the_morning_comes_while_an_answer_is_under_way(composed: Composed, day: Clock) -> None:
    to, morning = Address("telegram_staff", "70"), local("2026-11-23 07:00")
    day.at = morning - timedelta(seconds=5)
    async with composed.database.write() as connection:
        await outbox.put(connection, to, None, About(), Tell(("notice",)), "en", day.at, due_at=morning)
        await outbox.put(connection, to, None, About(), Tell(("answer",)), "en", day.at)
        (answer,) = await leases.lease(connection, (to.channel,), day.at, LADDER)
    assert answer.reply == Tell(("answer",))
    async with composed.database.write() as connection:
        assert await leases.lease(connection, (to.channel,), morning, LADDER) == [], "one at a time"
        await outbox.sent(connection, [answer], morning)
        (notice,) = await leases.lease(connection, (to.channel,), morning, LADDER)
    assert notice.reply == Tell(("notice",))


async def test_applicants_and_the_mailbox_are_told_at_any_hour(composed: Composed, day: Clock) -> None:
    alva, caller = await let_in(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    letters = Wire()
    await delivered(composed, mail=letters)
    assert [post.to.address for post in letters.posts] == ["mailbox@example.se", "kim@example.se"]
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    _standing, shown = await caller.sees()
    assert any(isinstance(one, Tell) and one.lasting for one in shown)


async def test_a_meeting_before_the_morning_is_told_of_at_once(composed: Composed, day: Clock) -> None:
    alva, caller, wire = await let_in(composed), Caller(composed.turns), Wire()
    case = await a_case(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    (row,) = await rows(composed.database, outbox_rows, case_id=case.id, channel="telegram_staff", lasting=True)
    times = {"times": ["2026-11-21T10:00", "2026-11-28T10:00"]}
    await happens(composed, case, "times", row.person_id, day.at, times=times, place="Ettan")
    await caller.taps(f"time:{case.id}:0")
    await delivered(composed, telegram_staff=wire)
    assert [type(post.reply) for post in wire.posts].count(Appointment) == 1


async def test_a_meeting_after_the_morning_waits(composed: Composed, day: Clock) -> None:
    alva, caller, wire = await let_in(composed), Caller(composed.turns), Wire()
    case = await a_case(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await happens(composed, case, "times", None, day.at, times={"times": ["2026-11-23T10:00"]}, place="Ettan")
    await caller.taps(f"time:{case.id}:0")
    await delivered(composed, telegram_staff=wire)
    assert not any(isinstance(post.reply, Appointment) for post in wire.posts)
    day.is_now("2026-11-23 07:00")
    await delivered(composed, telegram_staff=wire)
    assert isinstance(wire.posts[-1].reply, Appointment)


async def test_what_waits_goes_when_the_case_is_protected(composed: Composed, day: Clock) -> None:
    """A title that was put off until the morning must not reach whoever may not know of the case by then."""
    alva, _bo, caller = await let_in(composed), await let_in(composed, "Bo", "71"), Caller(composed.turns)
    case = await a_case(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    waiting = await rows(composed.database, outbox_rows, case_id=case.id, channel="telegram_staff")
    assert {row.address for row in waiting} == {"70", "71"}
    holder = next(row.person_id for row in waiting if row.address == "70")
    await happens(composed, case, "protect", holder, day.at, named={"ids": []})
    left = await rows(composed.database, outbox_rows, case_id=case.id, channel="telegram_staff")
    assert {row.address for row in left} == {"70"}


async def test_who_stands_in_on_the_morning_is_told(composed: Composed, day: Clock) -> None:
    """Alva is there on Friday evening and away from Monday on."""
    alva, _bo, caller, wire = await let_in(composed), await let_in(composed, "Bo", "71"), Caller(composed.turns), Wire()
    case = await a_case(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    async with composed.database.write() as connection:
        people = {one.name: one.id for one in await staff.active(connection)}
        await staff.away(connection, people["Alva"], "2026-11-23", "2026-11-27", people["Bo"])
    await happens(composed, case, "no_time_fits", None, day.at)
    day.is_now("2026-11-23 07:00")
    await delivered(composed, telegram_staff=wire)
    told = [post.to.address for post in wire.posts if "None of the times fits" in str(post.reply)]
    assert sorted(told) == ["70", "71"]
