"""The digest: on working days' mornings, once, to whoever is there and has something waiting."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.mail.carrier import Mail
from bot.speech.catalogs import say
from bot.worker.digest import Digest
from dialogs.language.events import Press
from dialogs.language.replies import Tell
from storage.cases import following
from storage.people import staff
from storage.people.people import Address, add_address, drop_address
from tests.clock import Clock, now
from tests.day import a_case, by_itself, delivered, happens, let_in
from tests.house import Caller, Composed, compose
from tests.letterbox import Letterbox
from tests.wire import Wire


@pytest.fixture
def clock() -> Clock:
    """A Thursday."""
    return Clock("2026-11-19 12:00")


@pytest.fixture
def day(clock: Clock) -> Clock:
    """The time of the whole house."""
    return clock


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    """A mail server."""
    box = Letterbox().start()
    yield box
    box.stop()


async def digests(composed: Composed, wire: Wire) -> dict[str, str]:
    """The digests that arrived since the last look: what each says, by whom it came to."""
    await delivered(composed, telegram_staff=wire)
    said: dict[str, str] = {}
    for post in wire.posts:
        if isinstance(post.reply, Tell) and post.reply.title and post.reply.title.id.startswith("Good morning"):
            assert post.to.address not in said, "one to each"
            said[post.to.address] = " ".join(say(text, "en") for text in post.reply.words)
    wire.posts.clear()
    return said


UNTAKEN = "1 case waits for somebody to take it, the longest for less than a day."
NEW = "In 1 of your cases there is something new."


async def test_on_a_working_days_morning_once_to_each(composed: Composed, day: Clock) -> None:
    wire, caller = Wire(), Caller(composed.turns)
    await let_in(composed)
    await let_in(composed, "Bo", "71")
    await a_case(composed, caller)
    reminders = by_itself(composed, 8)
    for time, told in (
        ("2026-11-19 13:00", []),
        ("2026-11-20 07:59", []),
        ("2026-11-20 08:00", ["70", "71"]),
        ("2026-11-20 08:10", []),
        ("2026-11-20 11:59", []),
        ("2026-11-21 08:00", []),
        ("2026-11-22 08:00", []),
        ("2026-11-23 12:00", []),
        ("2026-11-24 09:30", ["70", "71"]),
        ("2026-12-24 08:00", []),
        ("2026-12-28 08:00", ["70", "71"]),
    ):
        day.is_now(time)
        await reminders.once()
        assert sorted(await digests(composed, wire)) == told, time


async def test_what_waits_is_counted_for_each(composed: Composed, day: Clock) -> None:
    """Two cases, one of them taken by Alva, in which something has happened since."""
    wire = Wire()
    alva, _bo = await let_in(composed), await let_in(composed, "Bo", "71")
    mine = await a_case(composed, Caller(composed.turns, "one"))
    await a_case(composed, Caller(composed.turns, "two"))
    await composed.turns.take_staff(alva, Press(f"take:{mine.id}"))
    await composed.turns.take_staff(alva, Press(f"case:{mine.id}"))
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    assert await digests(composed, wire) == {"70": UNTAKEN, "71": UNTAKEN}
    await happens(composed, mine, "no_time_fits", None, day.at)
    day.is_now("2026-11-23 08:00")
    await Digest(composed.turns, 8).once()
    longer = UNTAKEN.replace("less than a day", "3 days")
    assert await digests(composed, wire) == {"70": f"{longer} {NEW}", "71": longer}


async def test_the_longest_wait_is_named(composed: Composed, day: Clock) -> None:
    await let_in(composed)
    await a_case(composed, Caller(composed.turns, "one"))
    day.is_now("2026-11-20 07:00")
    await a_case(composed, Caller(composed.turns, "two"))
    day.is_now("2026-11-23 08:00")
    await Digest(composed.turns, 8).once()
    said = await digests(composed, Wire())
    assert said == {"70": "2 cases wait for somebody to take them, the longest for 3 days."}


async def test_nothing_waits_nothing_is_said(composed: Composed, day: Clock) -> None:
    wire = Wire()
    await let_in(composed)
    await delivered(composed, telegram_staff=wire)
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    await delivered(composed, telegram_staff=wire)
    assert len(wire.posts) == 1, "hello, and no good morning"


async def test_several_processes_tell_once(composed: Composed, day: Clock) -> None:
    wire = Wire()
    for number in range(5):
        await let_in(composed, f"Person {number}", f"7{number}")
    await a_case(composed, Caller(composed.turns))
    day.is_now("2026-11-20 08:00")
    await asyncio.gather(*(Digest(composed.turns, 8).once() for _process in range(6)))
    assert sorted(await digests(composed, wire)) == ["70", "71", "72", "73", "74"]


async def test_who_is_away_is_not_told_and_their_deputy_counts_their_cases(composed: Composed, day: Clock) -> None:
    wire = Wire()
    alva, _bo = await let_in(composed), await let_in(composed, "Bo", "71")
    case = await a_case(composed, Caller(composed.turns))
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    async with composed.database.write() as connection:
        people = {one.name: one.id for one in await staff.active(connection)}
        await staff.away(connection, people["Alva"], "2026-11-20", "2026-11-20", people["Bo"])
        await following.read(connection, case.id, people["Bo"], 0)
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    assert await digests(composed, wire) == {"71": NEW}
    async with composed.database.write() as connection:
        await staff.away(connection, people["Alva"], "", "", None)
    await happens(composed, case, "no_time_fits", None, day.at)
    day.is_now("2026-11-20 08:30")
    await Digest(composed.turns, 8).once()
    assert list(await digests(composed, wire)) == ["70"], "back at work, and not told yet"


async def test_who_was_deactivated_is_not_told(composed: Composed, day: Clock) -> None:
    wire = Wire()
    await let_in(composed)
    await a_case(composed, Caller(composed.turns))
    async with composed.database.write() as connection:
        await staff.deactivate(connection, "Alva", now())
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    assert await digests(composed, wire) == {}


async def test_it_can_be_off(composed: Composed, day: Clock) -> None:
    wire = Wire()
    await let_in(composed)
    await a_case(composed, Caller(composed.turns))
    day.is_now("2026-11-20 08:00")
    await by_itself(composed, None).once()
    assert await digests(composed, wire) == {}


async def test_by_mail_to_whoever_has_no_telegram(composed: Composed, day: Clock, letterbox: Letterbox) -> None:
    await let_in(composed, "Cecilia", "")
    async with composed.database.write() as connection:
        (one,) = await staff.active(connection)
        await add_address(connection, Address("mail", "cecilia@example.se"), one.id, day.at)
    await a_case(composed, Caller(composed.turns))
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    await delivered(composed, mail=Mail(letterbox.url, "guide@example.se", "mailbox@example.se"))
    letter = next(one for one in letterbox.letters if "Cecilia" in one["Subject"])
    assert letter["To"] == "cecilia@example.se"
    assert letter["Reply-To"] == "mailbox@example.se"
    assert "Öppna ärendekön: https://example.se/queue" in letter.get_content().splitlines()


async def test_whoever_has_no_way_to_be_told_keeps_nobody_waiting(composed: Composed, day: Clock) -> None:
    wire = Wire()
    origin = await let_in(composed)
    await let_in(composed, "Bo", "71")
    async with composed.database.write() as connection:
        await drop_address(connection, origin.address)
    await a_case(composed, Caller(composed.turns))
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    assert list(await digests(composed, wire)) == ["71"]


async def test_a_start_in_the_morning_after_a_stop_tells_once(
    composed: Composed, day: Clock, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wire = Wire()
    await let_in(composed)
    await a_case(composed, Caller(composed.turns))
    day.is_now("2026-11-20 08:00")
    await Digest(composed.turns, 8).once()
    again = compose(database_url, tmp_path_factory.mktemp("again"), clock=day)
    await Digest(again.turns, 8).once()
    await again.close()
    assert len(await digests(composed, wire)) == 1
