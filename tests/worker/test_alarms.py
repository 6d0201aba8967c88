"""Alarms: who is told of trouble, when, on which way; once, by however many processes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.main.process import parts as of_process
from bot.operations import metrics
from bot.speech.catalogs import say
from bot.telegram import updates
from bot.turns.invite import deactivate, invite
from bot.turns.origin import Origin
from bot.turns.quota import FileLimits
from bot.worker import alarms as looking
from bot.worker.alarms import Alarms
from bot.worker.delivery import LADDER
from bot.worker.outcome import Failed, Gone, Outcome
from dialogs.desk.alarms import PAGE, away, failed, lost, room, undelivered
from dialogs.language.events import Press, Start
from dialogs.language.replies import Tell
from dialogs.language.words import Words
from storage.database.database import Database
from storage.database.tables import files
from storage.database.tables import outbox as outbox_rows
from storage.database.tables import staff as staff_rows
from storage.outbox import alarms, leases, outbox
from storage.outbox.outbox import About
from storage.people import people
from storage.people.people import Address
from tests.clock import Clock, local, now
from tests.day import delivered
from tests.house import HERE, Caller, Composed, compose
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, happens, on_telegram
from tests.ways import BEGUN, goes, rows
from tests.wire import Wire

QUARTER = timedelta(minutes=15)
ON_DUTY = "duty@example.se"
RUNBOOK = "https://runbook.example.se/samverkan#wrong"
SINCE = local("2026-11-23 10:00")
TITLES = {
    one.title.id: kind
    for kind, one in (
        ("undelivered", undelivered({}, "")),
        ("failed", failed("")),
        ("lost", lost("")),
        ("room", room("")),
    )
    if one.title is not None
}
ADAM_BY_MAIL = ("undelivered", "mail", "adam@example.se", "fi")
ADAM_ON_TELEGRAM = ("undelivered", "telegram_staff", "adam", "fi")
DUTY = ("undelivered", "mail", ON_DUTY, "sv")


@pytest.fixture
def clock() -> Clock:
    """A Friday evening, when it is quiet."""
    return Clock("2026-11-20 19:00")


@pytest.fixture
def given(given: dict[str, Any]) -> dict[str, Any]:
    """It is quiet from the evening on."""
    return {"quiet_from": 18, "quiet_to": 7} | given


@pytest.fixture
def day(clock: Clock) -> Clock:
    """The time of the whole house."""
    return clock


@pytest.fixture
async def there(composed: Composed, day: Clock) -> Composed:
    """Adam, an administrator, reached on both ways, in Finnish; Alva, who is none; and one who was."""
    for name, administrator in (("adam", True), ("alva", False), ("gone", True)):
        links = await invite(
            composed.database, composed.keys, name, composed.clock.now(), administrator, f"{name}@example.se"
        )
        await composed.turns.take_staff(Origin(Address("telegram_staff", name), "en"), Start(links.telegram))
    await deactivate(composed.database, composed.keys, "gone", now())
    (adam,) = await rows(composed.database, staff_rows, name="adam")
    async with composed.database.write() as connection:
        await people.change(connection, adam.person_id, locale="fi")
    await delivered(composed, telegram_staff=Wire())
    assert await told(composed.database) == []
    return composed


async def told(database: Database) -> list[tuple[str, str, str, str]]:
    """The alarms that are due in the outbox: kind, channel, address, language."""
    found = [(TITLES.get(title_of(row)), row) for row in await rows(database, outbox_rows, state="due")]
    return sorted((kind, row.channel, row.address, row.locale) for kind, row in found if kind)


def title_of(row: Any) -> str:
    return str((row.reply.get("title") or {}).get("id"))


async def lies(composed: Composed, day: Clock, *channels: str) -> None:
    """On each of these a notice is due from now on."""
    async with composed.database.write() as connection:
        for channel in channels:
            said = Tell((Words("Secret words about SAM-2026-0001"),), lasting=True)
            await outbox.put(connection, Address(channel, "501"), None, About(), said, "en", day.at)


def later(day: Clock, **by: float) -> None:
    day.at += timedelta(**by)


class Ways:
    """A process's own carriers, and what each was given, past the outbox."""

    def __init__(self, **answers: list[Outcome]) -> None:
        self.mail, self.telegram = Wire(*answers.get("mail", ())), Wire(*answers.get("telegram", ()))
        self.carriers = {"mail": self.mail, "telegram_staff": self.telegram}

    def told(self) -> list[tuple[str, str, str, str]]:
        """What was given since the last time: kind, channel, address, language."""
        posts = [*self.mail.posts, *self.telegram.posts]
        self.mail.posts, self.telegram.posts = [], []
        titles = [getattr(post.reply, "title", None) for post in posts]
        kinds = [TITLES[title.id] for title in titles if title]
        return sorted(
            (kind, post.to.channel, post.to.address, post.locale) for kind, post in zip(kinds, posts, strict=True)
        )


async def test_older_than_a_quarter_of_an_hour(there: Composed, day: Clock) -> None:
    ways = Ways()
    watching, counted = Alarms(there.turns, QUARTER, ON_DUTY, ways.carriers), number("undelivered")
    await lies(there, day, "telegram")
    later(day, minutes=15)
    await watching.once()
    assert ways.told() == []
    later(day, seconds=1)
    await watching.once()
    said = "\n".join(say(one, "en") for post in ways.mail.posts for one in getattr(post.reply, "words", ()))
    assert ways.told() == [ADAM_BY_MAIL, DUTY], "at once, in the evening too, and to nobody else"
    assert await told(there.database) == [], "nothing of it lies in the outbox"
    assert "Telegram" in said
    assert "docs/operations.md" in said
    assert f"{HERE}/queue" in said
    assert "SAM-" not in said
    assert said.count("/queue") == 2, "once in each"
    later(day, minutes=59)
    await watching.once()
    assert ways.told() == [], "not again within the hour"
    later(day, minutes=1)
    await watching.once()
    assert ways.told() == [ADAM_BY_MAIL, DUTY], "and then again"
    assert number("undelivered") == counted + 3, "told or not"


@pytest.mark.parametrize(
    "alarm",
    [
        undelivered({"mail": SINCE}, HERE, RUNBOOK),
        *(one(HERE, RUNBOOK) for one in (failed, lost, room)),
        away(SINCE, RUNBOOK),
    ],
)
def test_every_alarm_leads_to_what_to_do(alarm: Tell) -> None:
    said = "\n".join(say(one, "sv") for one in alarm.words)
    assert RUNBOOK in said
    assert PAGE not in said


async def test_the_address_of_what_to_do_goes_along(there: Composed, day: Clock) -> None:
    ways = Ways()
    await lies(there, day, "telegram")
    later(day, minutes=16)
    await Alarms(there.turns, QUARTER, ON_DUTY, ways.carriers, runbook=RUNBOOK).once()
    assert ways.mail.posts
    for post in ways.mail.posts:
        assert any(RUNBOOK in say(one, post.locale) for one in getattr(post.reply, "words", ()))


async def test_what_waits_for_the_morning_is_no_alarm(there: Composed, day: Clock) -> None:
    watching = Alarms(there.turns, QUARTER)
    async with there.database.write() as connection:
        said = Tell((Words("Tomorrow"),), lasting=True)
        to, due = Address("telegram_staff", "alva"), local("2026-11-23 07:00")
        await outbox.put(connection, to, None, About(), said, "en", day.at, due_at=due)
    later(day, hours=12)
    await watching.once()
    assert await told(there.database) == []


@pytest.mark.parametrize(
    ("channels", "way"),
    [
        (("telegram",), ADAM_BY_MAIL),
        (("telegram_staff",), ADAM_BY_MAIL),
        (("mail",), ADAM_ON_TELEGRAM),
        (("mail", "telegram"), ADAM_ON_TELEGRAM),
    ],
)
async def test_it_goes_another_way_than_the_one_in_trouble(
    there: Composed, day: Clock, channels: tuple[str, ...], way: tuple[str, ...]
) -> None:
    ways = Ways()
    await lies(there, day, *channels)
    later(day, minutes=16)
    await Alarms(there.turns, QUARTER, "", ways.carriers).once()
    assert ways.told() == [way]


async def test_the_other_way_is_taken_where_the_first_one_fails_and_nobody_is_told_twice(
    there: Composed, day: Clock
) -> None:
    ways = Ways(telegram=[Gone("blocked")])
    await lies(there, day, "mail")
    later(day, minutes=16)
    await Alarms(there.turns, QUARTER, "adam@example.se", ways.carriers).once()
    assert ways.told() == [ADAM_BY_MAIL, ADAM_ON_TELEGRAM], "the one on duty is Adam, who has it already"


@pytest.mark.house(smtp_url="")
async def test_where_mail_cannot_be_sent_telegram_is_what_there_is(there: Composed, day: Clock) -> None:
    ways = Ways()
    await lies(there, day, "telegram_staff")
    later(day, minutes=16)
    await Alarms(there.turns, QUARTER, ON_DUTY, {"telegram_staff": ways.telegram}).once()
    assert ways.told() == [ADAM_ON_TELEGRAM]


async def test_what_reached_nobody_is_told_by_whoever_can(there: Composed, day: Clock) -> None:
    """A process without a way, or whose way does not work, keeps nobody else from telling."""
    fails, works = Ways(mail=[Failed("refused")] * 2, telegram=[Failed("away")]), Ways()
    await lies(there, day, "telegram")
    later(day, minutes=16)
    await Alarms(there.turns, QUARTER, ON_DUTY, fails.carriers).once()
    assert fails.told() == [ADAM_BY_MAIL, DUTY, ADAM_ON_TELEGRAM]
    await Alarms(there.turns, QUARTER, ON_DUTY).once()
    later(day, minutes=1)
    await Alarms(there.turns, QUARTER, ON_DUTY, works.carriers).once()
    assert works.told() == [ADAM_BY_MAIL, DUTY]
    later(day, minutes=1)
    await Alarms(there.turns, QUARTER, ON_DUTY, fails.carriers).once()
    assert fails.told() == []


async def test_two_processes_tell_once(there: Composed, day: Clock, database_url: str, tmp_path: Path) -> None:
    other, ways = compose(database_url, tmp_path, clock=there.clock), Ways()
    watching = [Alarms(one.turns, QUARTER, "", ways.carriers) for one in (there, other, there, other)]
    await lies(there, day, "telegram")
    for _hour in range(2):
        later(day, minutes=61)
        await asyncio.gather(*(one.once() for one in watching))
        assert ways.told() == [ADAM_BY_MAIL]
        await watching[1].once()
        assert ways.told() == [], "the other process does not tell what this one has told"
    await other.close()


async def test_of_many_at_once_one_is_to_tell(composed: Composed, database_url: str, tmp_path: Path) -> None:
    other = compose(database_url, tmp_path, clock=composed.clock)

    async def asked(database: Database, hour: int) -> bool:
        async with database.write() as connection:
            yes = await alarms.to_be_told(connection, "undelivered", local("2026-11-20 19:00") + timedelta(hours=hour))
            await asyncio.sleep(0.01)
            return yes

    for hour in range(3):
        said = await asyncio.gather(*(asked(one.database, hour) for one in (composed, other) * 4))
        assert sum(said) == 1
    await other.close()


async def test_a_clock_that_was_wrong_holds_nothing_back(database: Database, day: Clock) -> None:
    async def asked(minutes: int) -> bool:
        async with database.write() as connection:
            return await alarms.to_be_told(connection, "undelivered", day.at + timedelta(minutes=minutes))

    year = 365 * 24 * 60
    assert await asked(year)
    assert await asked(0)
    assert not await asked(-1), "another process's clock may be a little late"
    async with database.write() as connection:
        assert await alarms.to_be_told(connection, "failed", day.at), "each kind for itself"


@pytest.fixture
async def both_bots(
    api: BotApi, database_url: str, tmp_path: Path, clock: Clock, given: dict[str, Any]
) -> AsyncIterator[Stage]:
    """Both bots listen, on a database of each kind."""
    parts = compose(database_url, tmp_path, clock=clock, **on_telegram(api.url), **given)
    stage = Stage(api, parts)
    stage.listen()
    yield stage
    await stage.close()
    await parts.close()


async def broken(database: Database) -> None:
    """What every draft holds makes the next turn fail, each time."""
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE drafts SET answers = '[1]'")


async def test_a_message_that_failed_each_time(both_bots: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "PAUSES", (0.01,))
    parts, watching = both_bots.parts, Alarms(both_bots.parts.turns, QUARTER)
    karin, alva = both_bots.staff_phone(), both_bots.staff_phone(902, name="Alva")
    for phone, administrator in ((karin, True), (alva, False)):
        await phone.start(
            (await invite(parts.database, parts.keys, f"{phone.id}", parts.clock.now(), administrator)).telegram
        )
        await phone.read()
    sara = both_bots.phone()
    await sara.walk("mixed_group")
    await watching.once()
    assert await told(parts.database) == []
    await broken(parts.database)
    await sara.tap("met")
    assert "something went wrong on our side" in await sara.read()
    await watching.once()
    assert await told(parts.database) == [("failed", "telegram_staff", str(karin.id), "en")]
    await both_bots.settle()
    said = await karin.read()
    assert "There is a fault in the program" in said
    assert "Sara" not in said
    await watching.once()
    assert await told(parts.database) == [], "nothing new has failed"


async def test_a_form_that_ended_in_an_apology(there: Composed, day: Clock) -> None:
    watching, counted = Alarms(there.turns, QUARTER, ON_DUTY), number("failed")
    caller = await goes(Caller(there.turns), *BEGUN)
    for minutes, expected in ((0, 2), (59, 0), (1, 2)):
        later(day, minutes=minutes)
        await broken(there.database)
        with contextlib.suppress(Exception):
            await caller.does(Press("status"))
        await watching.once()
        assert [one[0] for one in await told(there.database)] == ["failed"] * expected
        await delivered(there, mail=Wire(), telegram_staff=Wire())
    assert number("failed") == counted + 3


async def renamed(database: Database, before: str, after: str) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")


async def test_a_failure_is_told_of_when_the_database_is_back(
    there: Composed, day: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(looking, "HEARTBEAT", 0.01)
    watching = asyncio.create_task(Alarms(there.turns, QUARTER).run())
    await renamed(there.database, "counters", "away")
    metrics.skipped("telegram")
    await happens(lambda: any(one.message.startswith("alarms: ") for one in caplog.records))
    there.turns.committed.clear()
    await renamed(there.database, "away", "counters")
    await happens(there.turns.committed.is_set)
    assert [one[:3] for one in await told(there.database)] == [("failed", "telegram_staff", "adam")]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


def number(kind: str) -> float:
    return metrics.REGISTRY.get_sample_value("samverkansguiden_alarms_total", {"kind": kind}) or 0


async def test_every_process_looks(composed: Composed, database_url: str, tmp_path: Path) -> None:
    program = compose(database_url, tmp_path, alarm_minutes=7).program
    for web, work in ((True, False), (False, True), (True, True)):
        loop: Any = of_process(program, web, work).loops["alarms"]
        assert loop.__self__.after == timedelta(minutes=7)
    await program.database.close()
    async with composed.database.read() as connection:
        assert (await connection.execute(select(outbox_rows.c.id))).first() is None


async def test_what_ends_the_program_is_told_of_once_whoever_starts_next(
    there: Composed, day: Clock, database_url: str, tmp_path: Path
) -> None:
    """The process that met it is dead: what is to be told stands in the outbox."""
    other = compose(database_url, tmp_path, clock=there.clock)
    await lies(there, day, "telegram")
    for _attempt in range(5):
        later(day, minutes=1)
        async with there.database.write() as connection:
            await leases.lease(connection, ("telegram",), day.at, LADDER)
    assert [row.trouble for row in await rows(there.database, outbox_rows, state="failed")] == [leases.NEVER_BACK]
    await Alarms(other.turns, QUARTER, ON_DUTY).once()
    assert [one[:3] for one in await told(there.database)] == [
        ("lost", "mail", ON_DUTY),
        ("lost", "telegram_staff", "adam"),
    ]
    await delivered(there, mail=Wire(), telegram_staff=Wire())
    for _hour in range(3):
        later(day, minutes=61)
        await Alarms(there.turns, QUARTER, ON_DUTY).once()
        assert await told(there.database) == []
    await other.close()


@pytest.mark.house(room=FileLimits(whole=1, reserve=0))
async def test_hardly_any_room_for_files_is_told_before_there_is_none(there: Composed, day: Clock) -> None:
    await Alarms(there.turns, QUARTER, ON_DUTY).once()
    assert await told(there.database) == [], "nothing takes any room yet"
    caller = await goes(Caller(there.turns), *BEGUN)
    standing = (await caller.sees())[0]
    assert standing.here
    row = {"case_id": standing.here.case, "draft_id": standing.here.draft.id, "sha256": "0" * 64, "at": day.at}
    async with there.database.write() as connection:
        await connection.execute(files.insert().values(row | {"name": "a.pdf", "mime": "application/pdf", "size": 1}))
    await Alarms(there.turns, QUARTER, ON_DUTY).once()
    assert [one[:3] for one in await told(there.database)] == [
        ("room", "mail", ON_DUTY),
        ("room", "telegram_staff", "adam"),
    ]
