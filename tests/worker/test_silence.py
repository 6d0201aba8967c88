"""Silence: a database, a mail server or Telegram that says nothing any more holds nothing up for ever."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.mail import carrier
from bot.mail.carrier import Mail
from bot.turns import line as waiting
from bot.worker import delivery as delivering
from bot.worker.outcome import Failed, Outcome
from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.database.tables import outbox as outbox_rows
from storage.outbox import outbox
from storage.outbox.outbox import About, Post
from storage.people.people import Address
from tests.clock import now
from tests.house import Composed, compose
from tests.line import Line
from tests.telegram.stage import happens
from tests.ways import rows
from tests.wire import Wire

SARA = Address("telegram", "501")


@pytest.fixture
def line(postgres_url: str) -> Iterator[Line]:
    one = Line(postgres_url).start()
    yield one
    one.stop()


async def said(database: Database, *texts: str, to: Address = SARA) -> None:
    async with database.write() as connection:
        for text in texts:
            await outbox.put(connection, to, None, About(), Tell((text,)), "en", now())


async def test_a_silent_database_stops_the_delivery_for_moments_alone(
    line: Line, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a fail-over behind a proxy: what was open says nothing, what is opened anew works. Nothing is started anew."""
    monkeypatch.setattr(delivering, "PATIENCE", 0.5)
    monkeypatch.setattr(delivering, "SETTLING", 1.0)
    monkeypatch.setattr(waiting, "PATIENCE", 0.5)
    house, beside, wire = compose(line.address, tmp_path), Database(postgres_url), Wire()
    through = house.database
    running = asyncio.create_task(house.program.delivery({"telegram": wire}).run())
    await said(beside, "before")
    while await rows(beside, outbox_rows):  # it has gone, and that is written down
        await asyncio.sleep(0.02)
    async with through.read() as one, through.read() as other:  # several are open, as in any process at work
        await one.exec_driver_sql("SELECT 1")
        await other.exec_driver_sql("SELECT 1")
    line.silence()
    await said(beside, "after")
    await happens(lambda: wire.texts() == ["before", "after"], 60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await through.close()
    await beside.close()


class Hangs:
    """A carrier of which nothing comes back."""

    def __init__(self) -> None:
        self.carried = 0

    async def carry(self, post: Post) -> Outcome:
        """For ever."""
        self.carried += 1
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_carrier_that_hangs_does_not_hold_its_address_for_ever(
    composed: Composed, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "CARRYING", 0.2)
    hangs = Hangs()
    running = asyncio.create_task(composed.program.delivery({"telegram": hangs}).run())
    await said(database, "one")
    await happens(lambda: hangs.carried > 1, 30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_mail_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that greets, and then answers a word in a while, so that no single answer takes too long."""
    monkeypatch.setattr(carrier, "SENDING", 0.5)

    gone = asyncio.Event()

    async def greets(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(b"220-hello\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)
        except OSError:
            writer.close()
            gone.set()

    server = await asyncio.start_server(greets, "127.0.0.1", 0)
    mail = Mail(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", "guide@example.se")
    post = Post(1, Address("mail", "a@example.se"), None, Tell(("Hello",)), "en", "", 1, now())
    assert await mail.carry(post) == Failed("mail: too slow")
    await asyncio.wait_for(gone.wait(), 10)
    server.close()


async def test_a_line_in_front_of_a_silent_database_goes_on(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.5)
    database = Database(line.address)
    before = waiting.Line(database)

    async def asks(connection: object, items: list[int]) -> list[int]:
        await connection.exec_driver_sql("SELECT 1")  # type: ignore[attr-defined]
        return items

    assert await before.do(asks, 1) == 1
    line.silence()
    with pytest.raises(TimeoutError):
        await before.do(asks, 2)
    assert await before.do(asks, 3) == 3
    await database.close()
