"""The alarm that nothing gets through does get through: over real SMTP and the Bot API, while nobody empties the outbox, and without a database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.main.process import parts as of_process
from bot.main.program import Program
from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker import alarms as looking
from bot.worker.alarms import Alarms
from bot.worker.connected import carriers
from dialogs.language.events import Start
from dialogs.language.replies import Tell
from dialogs.language.words import Words
from storage.database.database import Database
from storage.database.tables import outbox as outbox_rows
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address
from tests.clock import now
from tests.house import compose
from tests.letterbox import Letterbox
from tests.planted import STAFF_TOKEN
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import happens

ON_DUTY = "duty@example.se"
CHAT = "901"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox().start()
    yield box
    box.stop()


def program_at(url: str, directory: Path, letterbox: Letterbox, **more: Any) -> Program:
    given = {"alarm_email": ON_DUTY, "smtp_url": letterbox.url}
    return compose(url, directory, **given | more).program


@pytest.fixture
async def web(database_url: str, tmp_path: Path, letterbox: Letterbox, api: BotApi) -> AsyncIterator[Program]:
    """A web process beside which no worker runs, with an administrator on Telegram who has a mail address, too."""
    api.account(STAFF_TOKEN, "guide_staff_bot").known[int(CHAT)] = "private"
    telegram = {"telegram_api_url": api.url, "contact_persons_bot_token": STAFF_TOKEN}
    one = program_at(database_url, tmp_path, letterbox, **telegram)
    links = await invite(one.database, one.keys, "Adam", one.clock.now(), True, "adam@example.se")
    await one.turns.take_staff(Origin(Address("telegram_staff", CHAT), "en"), Start(links.telegram))
    async with one.database.write() as connection:
        await connection.execute(outbox_rows.delete())
    yield one
    await one.database.close()


async def lies(database: Database, channel: str) -> None:
    async with database.write() as connection:
        said = Tell((Words("Secret words about SAM-2026-0001"),), lasting=True)
        await outbox.put(connection, Address(channel, "x"), None, About(), said, "en", now() - timedelta(minutes=20))


async def due(database: Database) -> int:
    async with database.read() as connection:
        return len((await connection.execute(select(outbox_rows.c.id))).all())


@pytest.mark.parametrize(("channel", "on_telegram", "letters"), [("mail", 1, 1), ("telegram", 0, 2)])
async def test_the_alarm_arrives_although_nobody_empties_the_outbox(
    web: Program, letterbox: Letterbox, api: BotApi, channel: str, on_telegram: int, letters: int
) -> None:
    parts = of_process(web, web=True, work=False)
    watching: Any = parts.loops["alarms"]
    await lies(web.database, channel)
    for _look in range(2):
        await watching.__self__.once()
    sent = [one for one in api.accounts[STAFF_TOKEN].calls if one.method == "sendmessage"]
    assert len(sent) == on_telegram, "not by a way that is in trouble itself"
    assert all(str(one.parameters["chat_id"]) == CHAT and "SAM-" not in str(one.parameters) for one in sent)
    assert [one["To"] for one in letterbox.letters] == ["adam@example.se", ON_DUTY][-letters:]
    assert len({one["Message-ID"] for one in letterbox.letters}) == letters
    assert all("SAM-" not in one.get_content() for one in letterbox.letters)
    assert await due(web.database) == 1, "what lies there is what lay there"
    for close in parts.closing[1:]:
        await close()


async def test_an_alarm_that_a_kill_cut_off_is_told_minutes_later_and_then_once(
    database_url: str, tmp_path: Path, letterbox: Letterbox
) -> None:
    asked = asyncio.Event()

    async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(says_nothing, "127.0.0.1", 0)
    silent = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    killed = program_at(database_url, tmp_path, letterbox, smtp_url=silent)
    await lies(killed.database, "telegram")
    telling = asyncio.create_task(
        Alarms(killed.turns, timedelta(minutes=15), ON_DUTY, carriers(killed.connected())).once()
    )
    await asyncio.wait_for(asked.wait(), 30)
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)
    await killed.database.close()
    server.close()
    other = program_at(database_url, tmp_path, letterbox)
    watching = Alarms(other.turns, timedelta(minutes=15), ON_DUTY, carriers(other.connected()))
    for minutes, letters in ((0, 0), (5, 1), (50, 1), (65, 2)):
        other.clock.follow(timedelta(minutes=minutes))
        await watching.once()
        assert [one["To"] for one in letterbox.letters] == [ON_DUTY] * letters, f"after {minutes} minutes"
    await other.database.close()


async def test_without_a_database_each_process_writes_one_letter_an_hour(
    tmp_path: Path, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "HEARTBEAT", 0.01)
    program = program_at("postgresql://nobody:hush@127.0.0.1:1/nothing", tmp_path, letterbox)
    watching = Alarms(program.turns, timedelta(seconds=0.5), ON_DUTY, carriers(program.connected()))
    looks = 0
    without_database = Alarms.without_database

    async def counted(alarms: Alarms) -> None:
        nonlocal looks
        await without_database(alarms)
        looks += 1

    monkeypatch.setattr(Alarms, "without_database", counted)
    running = asyncio.create_task(watching.run())
    await happens(lambda: letterbox.letters, 30)
    before = looks
    await happens(lambda: looks > before + 3, 30)
    assert [one["To"] for one in letterbox.letters] == [ON_DUTY], "once"
    assert "hush" not in letterbox.letters[0].get_content()
    monkeypatch.setattr(looking, "EVERY", timedelta())
    await happens(lambda: len(letterbox.letters) > 1, 30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await program.database.close()


async def test_a_database_that_can_only_be_read_is_none(
    postgres_url: str, tmp_path: Path, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "HEARTBEAT", 0.01)
    program = program_at(postgres_url, tmp_path, letterbox)
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    async with program.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await program.database.engine.dispose()
    running = asyncio.create_task(Alarms(program.turns, timedelta(), ON_DUTY, carriers(program.connected())).run())
    await happens(lambda: letterbox.letters, 30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await program.database.close()
