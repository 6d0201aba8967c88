"""The outbox: in order for each address, each row to one sender, up a ladder, to an end that staff can see."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.turns.turns import Turns
from bot.worker.delivery import LADDER, Delivery
from bot.worker.outcome import Failed, Gone, Outcome, Wait
from dialogs.language.replies import Tell
from dialogs.language.words import _
from storage.database.database import Database
from storage.database.tables import addresses
from storage.database.tables import outbox as rows_of
from storage.outbox import leases, outbox
from storage.outbox.outbox import LEASE, About, Post
from storage.people import people
from storage.people.people import Address
from tests.clock import Clock
from tests.house import Caller, Composed, compose
from tests.storage.outbox.posts import delivered, put
from tests.ways import BEGUN, also_at, goes, number_of, rows
from tests.wire import Wire


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


async def test_one_address_gets_its_things_in_order_and_one_at_a_time(
    composed: Composed, database: Database, clock: Clock
) -> None:
    await put(database, "5", "one", "two", "three", clock=clock)
    await put(database, "6", "uno", clock=clock)
    wire = Wire()
    assert [await delivered(composed, wire) for _round in range(4)] == [2, 1, 1, 0]
    assert [text for text in wire.texts() if text != "uno"] == ["one", "two", "three"]
    assert await number_of(database, rows_of) == 0


async def test_what_waits_holds_up_its_address_and_no_other(
    composed: Composed, database: Database, clock: Clock
) -> None:
    await put(database, "5", "one", "two", clock=clock)
    await put(database, "6", "uno", clock=clock)
    wire = Wire(Failed("busy"))
    assert await delivered(composed, wire) == 2
    assert await delivered(composed, wire) == 0
    clock.at += LADDER[0]
    assert await delivered(composed, wire) == 1
    assert await delivered(composed, wire) == 1
    assert [post.reply.words[0] for post in wire.posts if post.to.address == "5"] == ["one", "one", "two"]  # type: ignore[union-attr]


async def test_two_workers_send_each_thing_once(composed: Composed, database: Database, clock: Clock) -> None:
    for address in range(30):
        await put(database, str(address), "a", "b", clock=clock)
    wire = Wire(pause=0.01)
    workers = [composed.program.delivery({"telegram": wire}) for _number in range(3)]

    async def works(worker: Delivery) -> None:
        while await worker.once():
            pass

    for _round in range(3):
        await asyncio.gather(*(works(worker) for worker in workers))
    assert len(wire.posts) == len({post.id for post in wire.posts}) == 60
    for address in range(30):
        assert [post.reply.words[0] for post in wire.posts if post.to.address == str(address)] == ["a", "b"]  # type: ignore[union-attr]


async def test_a_lease_holds_and_runs_out(composed: Composed, database: Database, clock: Clock) -> None:
    """A sender that died is stood in for; one that is at work is not."""
    await put(database, "5", "one", clock=clock)
    async with database.write() as connection:
        assert len(await leases.lease(connection, ("telegram",), clock.at, LADDER)) == 1
    wire = Wire()
    clock.at += LEASE
    assert await delivered(composed, wire) == 0
    clock.at += timedelta(seconds=1)
    assert await delivered(composed, wire) == 1
    assert wire.posts[0].attempts == 2


async def test_failures_go_up_the_ladder_to_an_end_that_staff_sees(
    composed: Composed, database: Database, clock: Clock
) -> None:
    await put(database, "5", "secret words", clock=clock)
    wire = Wire(*[Failed("HTTP 502")] * 9)
    for rung in LADDER:
        assert await delivered(composed, wire) == 1
        (row,) = await rows(database, rows_of)
        assert row.due_at == clock.at + rung
        clock.at += rung
    assert await delivered(composed, wire) == 1
    clock.at += timedelta(days=9)
    assert await delivered(composed, wire) == 0
    async with database.read() as connection:
        ((channel, trouble, _at),) = await outbox.undelivered(connection)
    assert (channel, trouble) == ("telegram", "HTTP 502")
    assert "secret words" not in str(await rows(database, rows_of))


async def test_being_asked_to_wait_is_no_failure(composed: Composed, database: Database, clock: Clock) -> None:
    await put(database, "5", "one", clock=clock)
    wire = Wire(*[Wait(7)] * 12, Failed("HTTP 502"))
    for _time in range(12):
        assert await delivered(composed, wire) == 1
        assert await delivered(composed, wire) == 0
        clock.at += timedelta(seconds=7)
    assert await delivered(composed, wire) == 1
    (row,) = await rows(database, rows_of)
    assert (row.attempts, row.due_at) == (1, clock.at + LADDER[0])


async def test_what_never_works_fails_at_once(composed: Composed, database: Database, clock: Clock) -> None:
    await put(database, "5", "one", "two", clock=clock)
    wire = Wire(Failed("HTTP 400", final=True))
    assert [await delivered(composed, wire) for _round in range(3)] == [1, 1, 0]
    assert [row.state for row in await rows(database, rows_of)] == ["failed"]


async def test_our_own_bug_holds_up_nobody(composed: Composed, database: Database, clock: Clock) -> None:
    class Buggy(Wire):
        async def carry(self, post: Post) -> Outcome:
            if post.to.address == "5":
                raise KeyError(post.reply)
            return await super().carry(post)

    await put(database, "5", "one", clock=clock)
    await put(database, "6", "uno", clock=clock)
    wire = Buggy()
    await delivered(composed, wire)
    assert wire.texts() == ["uno"]
    (row,) = await rows(database, rows_of)
    assert row.trouble == "our error: KeyError"


async def test_when_an_address_is_gone_the_next_one_gets_it(composed: Composed, turns: Turns, clock: Clock) -> None:
    caller = await goes(Caller(turns), *BEGUN)
    bot_address = Address("telegram", "5")
    await also_at(turns, caller, bot_address)
    standing, _shown = await caller.sees()
    await put(turns.database, "5", "one", clock=clock, person=standing.person)
    wire = Wire(Gone("blocked"))
    await delivered(composed, wire)
    (_here, shown) = await caller.sees()
    assert isinstance(shown[-1], Tell)
    assert shown[-1].words == ("one",)
    (row,) = await rows(turns.database, addresses, channel="telegram")
    assert not row.reachable
    async with turns.database.write() as connection:
        await people.used(connection, {bot_address}, clock.at)
    (row,) = await rows(turns.database, addresses, channel="telegram")
    assert row.reachable


async def test_when_nobody_is_reached_staff_sees_it(composed: Composed, database: Database, clock: Clock) -> None:
    await put(database, "5", "one", clock=clock)
    await delivered(composed, Wire(Gone("blocked")))
    async with database.read() as connection:
        assert [trouble for _channel, trouble, _at in await outbox.undelivered(connection)] == ["blocked"]


async def test_a_channel_without_a_carrier_waits(composed: Composed, database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await outbox.put(
            connection, Address("mail", "kim@example.se"), None, About(), Tell((_("Hello"),)), "en", clock.at
        )
    assert await delivered(composed, Wire()) == 0
    assert [row.state for row in await rows(database, rows_of)] == ["due"]


async def test_the_worker_runs_until_it_is_stopped(composed: Composed) -> None:
    wire = Wire()
    worker = asyncio.create_task(composed.program.delivery({"telegram": wire}).run())
    try:
        for number in range(3):
            await put(composed.database, "5", str(number), clock=composed.clock)
            composed.turns.committed.set()
            async with asyncio.timeout(5):
                while len(wire.posts) <= number:
                    await asyncio.sleep(0.01)
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    assert wire.texts() == ["0", "1", "2"]


async def test_a_disk_that_is_full_at_the_start_is_waited_for(sqlite_url: str, tmp_path: Path) -> None:
    """What a crash left leased can only be given free once there is room; until then this process takes nothing in hand."""
    house, wire = compose(sqlite_url, tmp_path), Wire()
    database = house.database
    to = Address("telegram", "5")
    await put(database, to.address, "left behind", clock=Clock())
    async with database.write() as connection:
        await leases.lease(connection, ("telegram",), Clock().at, LADDER)
        await connection.exec_driver_sql(
            "CREATE TRIGGER disk BEFORE UPDATE ON outbox BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    delivery = house.program.delivery({"telegram": wire})
    worker = asyncio.create_task(delivery.run())
    try:
        await asyncio.sleep(0.2)
        assert not worker.done()
        assert not delivery.free(to, set())
        async with database.write() as connection:
            await connection.exec_driver_sql("DROP TRIGGER disk")
        async with asyncio.timeout(10):
            while not wire.posts:
                await asyncio.sleep(0.01)
        assert delivery.free(to, set())
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        await database.close()
    assert wire.texts() == ["left behind"]
