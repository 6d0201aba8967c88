"""What ends whoever sends it is given up, and takes nothing else along."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

import bot.worker.delivery
from bot.worker.delivery import LADDER, RENEW
from bot.worker.outcome import Delivered, Failed, Outcome
from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.database.tables import outbox as rows_of
from storage.outbox import leases, outbox
from storage.outbox.leases import MOST_LOST, NEVER_BACK
from storage.outbox.outbox import LEASE, About, Outgoing, Post
from storage.people.people import Address
from tests.clock import Clock
from tests.house import Composed
from tests.storage.outbox.posts import delivered, put
from tests.ways import rows
from tests.wire import Wire

ONE = Address("telegram", "5")
POISON = "poison"


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


async def leased(database: Database, clock: Clock, *, suspect: bool = True) -> list[Post]:
    """What somebody takes in hand now, who is killed in the next moment."""
    async with database.write() as connection:
        return await leases.lease(connection, ("telegram",), clock.at, LADDER, suspect=suspect)


def texts(posts: Sequence[Post]) -> list[str]:
    return [str(post.reply.words[0]) for post in posts if isinstance(post.reply, Tell)]


async def test_a_row_that_ends_its_sender_each_time_is_failed_before_it_is_carried(
    composed: Composed, database: Database, clock: Clock
) -> None:
    await put(database, "5", POISON, "after it", clock=clock)
    starts = 0
    for wait in (timedelta(), LADDER[1]):
        for _lost in range(2 if not wait else 1):
            assert texts(await leased(database, clock)) == [POISON], "the first loss is tried again at once"
            starts += 1
            clock.at += LEASE + timedelta(seconds=1)
        if not wait:
            assert await leased(database, clock) == [], "from the second on it waits"
            (first, _second) = await rows(database, rows_of)
            assert (first.lost, first.due_at, first.trouble) == (2, clock.at + LADDER[1], NEVER_BACK)
            clock.at += LADDER[1]
    assert starts == MOST_LOST
    wire = Wire()
    assert await delivered(composed, wire) == 0
    assert await delivered(composed, wire) == 1
    assert wire.texts() == ["after it"]
    (row,) = await rows(database, rows_of)
    assert (row.state, row.trouble, row.reply) == ("failed", NEVER_BACK, {})
    async with database.read() as connection:
        assert [trouble for _channel, trouble, _at in await outbox.undelivered(connection)] == [NEVER_BACK]


async def test_a_process_that_starts_again_counts_what_it_left(sqlite_url: str, clock: Clock) -> None:
    """An embedded database has no other sender: no lease is waited for."""
    database = Database(sqlite_url)
    await put(database, "5", POISON, clock=clock)
    for start in range(MOST_LOST):
        clock.at += LADDER[1] if start == 2 else timedelta()
        assert texts(await leased(database, clock)) == [POISON]
        async with database.write() as connection:
            await leases.run_out(connection)
        if start == 1:
            assert await leased(database, clock) == []
    assert await leased(database, clock) == []
    assert [row.state for row in await rows(database, rows_of)] == ["failed"]
    await database.close()


async def test_what_was_on_its_way_beside_it_is_not_failed_with_it(database: Database, clock: Clock) -> None:
    """Whoever kills at once takes with it all that was begun at the same time: from the second time on, one at a time."""
    for address in range(12):
        await put(database, str(address), POISON if address == 4 else f"letter {address}", clock=clock)
    arrived: list[str] = []
    for _start in range(60):
        in_hand = await leased(database, clock)
        if POISON in texts(in_hand):
            clock.at += LEASE + timedelta(seconds=1)
            continue  # killed, and all of it with it
        async with database.write() as connection:
            await outbox.sent(connection, in_hand, clock.now())
        arrived += texts(in_hand)
        clock.at += timedelta(seconds=1)
    assert sorted(arrived) == sorted(f"letter {address}" for address in range(12) if address != 4)
    assert [row.state for row in await rows(database, rows_of)] == ["failed"]


async def test_what_waited_behind_it_in_the_same_hand_was_no_attempt(database: Database, clock: Clock) -> None:
    said = [Outgoing(ONE, None, About(), Tell((text,)), "en") for text in (POISON, "second", "third")]
    async with database.write() as connection:
        assert len(await outbox.put_all(connection, said, clock.at, {ONE})) == 3
    clock.at += LEASE + timedelta(seconds=1)
    assert texts(await leased(database, clock)) == [POISON]
    assert [(row.lost, row.attempts) for row in await rows(database, rows_of)] == [(1, 2), (0, 0), (0, 0)]


async def test_a_second_one_waits_while_one_is_in_hand(database: Database, clock: Clock) -> None:
    for address in ("5", "6"):
        await put(database, address, f"to {address}", clock=clock)
    async with database.write() as connection:
        await connection.execute(rows_of.update().values(lost=2))
    assert texts(await leased(database, clock)) == ["to 5"]
    assert await leased(database, clock, suspect=False) == []
    assert texts(await leased(database, clock)) == ["to 6"], "another process has another hand"


async def test_attempts_beyond_the_ladder_are_seen_before_another_one(
    composed: Composed, database: Database, clock: Clock
) -> None:
    await put(database, "5", "one", clock=clock)
    async with database.write() as connection:
        await connection.execute(rows_of.update().values(attempts=len(LADDER) + 1, trouble="HTTP 502"))
    wire = Wire()
    assert await delivered(composed, wire) == 0
    assert wire.posts == []
    (row,) = await rows(database, rows_of)
    assert (row.state, row.trouble) == ("failed", "HTTP 502")


class Hanging:
    """A carrier that never comes back."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def carry(self, _post: Post) -> Outcome:
        self.begun.set()
        await asyncio.Event().wait()
        return Delivered()


async def test_a_clean_stop_gives_back_what_it_has_and_counts_nothing(
    composed: Composed, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.worker.delivery, "GRACE", 0.05)
    hanging = Hanging()
    delivery = composed.program.delivery({"telegram": hanging})
    said = [Outgoing(ONE, None, About(), Tell((text,)), "en") for text in ("one", "two", "three")]
    async with database.write() as connection:
        posts = await outbox.put_all(connection, said, clock.at, {ONE})
    delivery.deliver(posts)
    await hanging.begun.wait()
    await delivery.stop()
    assert [(row.lost, row.attempts, row.leased_until) for row in await rows(database, rows_of)] == [(0, 0, None)] * 3
    wire = Wire()
    while await delivered(composed, wire):
        pass
    assert wire.texts() == ["one", "two", "three"]


async def test_whoever_is_still_at_it_holds_all_that_is_in_hand(
    composed: Composed, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LEASE.total_seconds() >= 3 * RENEW
    monkeypatch.setattr(bot.worker.delivery, "RENEW", 0.01)
    hanging = Hanging()
    delivery = composed.program.delivery({"telegram": hanging})
    said = [Outgoing(ONE, None, About(), Tell((text,)), "en") for text in ("one", "two")]
    async with database.write() as connection:
        delivery.deliver(await outbox.put_all(connection, said, clock.at, {ONE}))
    clock.at += LEASE * 10
    async with asyncio.timeout(5):
        while {row.leased_until for row in await rows(database, rows_of)} != {clock.at + LEASE}:
            await asyncio.sleep(0.01)
    assert await leased(database, clock) == []
    await delivery.stop()


async def test_a_failure_that_was_said_is_no_loss(composed: Composed, database: Database, clock: Clock) -> None:
    await put(database, "5", "one", clock=clock)
    assert await delivered(composed, Wire(Failed("HTTP 502"))) == 1
    assert [(row.lost, row.attempts) for row in await rows(database, rows_of)] == [(0, 1)]


async def test_the_alarm_is_about_each_once(database: Database, clock: Clock) -> None:
    await put(database, "5", "a letter", clock=clock)
    async with database.write() as connection:
        await connection.execute(rows_of.update().values(lost=MOST_LOST, state="failed"))
        assert await leases.given_up(connection) == 1
        await leases.told(connection)
        assert await leases.given_up(connection) == 0
