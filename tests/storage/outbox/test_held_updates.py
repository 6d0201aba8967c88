"""What waits in a chat for a file: in its order, each thing once, in one hand at a time, bounded."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.turns.origin import Origin
from bot.turns.turns import Turns
from dialogs.language.events import Attach, Command, Press, Start
from storage.database.database import Database
from storage.database.door_tables import held_updates as held_rows
from storage.database.tables import outbox as outbox_rows
from storage.database.tables import seen_updates
from storage.outbox import held_updates
from storage.outbox.held_updates import MOST, HeldUpdate, Holdable, Piece
from storage.outbox.outbox import LEASE
from storage.people import people
from storage.people.people import Address
from tests.clock import Clock, now
from tests.house import compose
from tests.ways import number_of, rows

ONE, OTHER = Address("telegram", "5"), Address("telegram", "6")


async def holds(database: Database, to: Address, *updates: int) -> bool:
    async with database.write() as connection:
        return await held_updates.hold(connection, to, tuple(Piece(id, {"n": id}) for id in updates), now())


async def leased(database: Database, to: Address, clock: Clock) -> list[HeldUpdate]:
    async with database.write() as connection:
        return await held_updates.lease(connection, to, clock.at)


async def test_in_its_order_and_in_one_hand(database: Database) -> None:
    clock = Clock()
    for update in (3, 1, 2):
        assert await holds(database, ONE, update)
    assert await holds(database, OTHER, 9)
    first = await leased(database, ONE, clock)
    assert [(one.update, one.message, one.attempts) for one in first] == [
        (3, {"n": 3}, 1),
        (1, {"n": 1}, 0),
        (2, {"n": 2}, 0),
    ]
    assert await leased(database, ONE, clock) == [], "somebody has it"
    async with database.read() as connection:
        assert await held_updates.chats(connection, "telegram", clock.at) == ["6"]
        assert await held_updates.chats(connection, "telegram_staff", clock.at) == []
    async with database.write() as connection:
        await held_updates.drop(connection, [first[0].id])
    (second, _third) = await leased(database, ONE, clock)
    assert (second.update, second.attempts) == (1, 1)
    clock.at += LEASE + timedelta(seconds=1)
    assert [(one.update, one.attempts) for one in await leased(database, ONE, clock)] == [(1, 2), (2, 0)]


async def test_of_many_that_ask_one_has_it(database: Database, database_url: str, tmp_path: Path) -> None:
    other = compose(database_url, tmp_path)
    assert await holds(database, ONE, 1, 2)
    clock = Clock()
    found = await asyncio.gather(*(leased(one, ONE, clock) for one in (database, other.database) * 4))
    assert sorted(len(one) for one in found) == [0] * 7 + [2]
    await other.close()


async def test_what_is_renewed_is_nobody_elses(database: Database) -> None:
    clock = Clock()
    await holds(database, ONE, 1)
    (first,) = await leased(database, ONE, clock)
    clock.at += LEASE
    async with database.write() as connection:
        await held_updates.renew(connection, first.id, clock.at)
    clock.at += LEASE
    assert await leased(database, ONE, clock) == []
    async with database.write() as connection:
        await held_updates.give_back(connection, first.id, counted=False)
    ((again,),) = [await leased(database, ONE, clock)]
    assert again.attempts == 1
    async with database.write() as connection:
        await held_updates.run_out(connection, "telegram")
    assert [one.attempts for one in await leased(database, ONE, clock)] == [2], "a crash counts"


async def test_no_more_than_a_chat_may_hold(database: Database) -> None:
    assert await holds(database, ONE, *range(MOST - 1))
    assert not await holds(database, ONE, 100, 101), "all of them, or none"
    assert await holds(database, ONE, 100)
    assert not await holds(database, ONE, 101)
    assert await holds(database, ONE, 5), "that is there"
    assert await holds(database, OTHER, 101)
    assert await number_of(database, held_rows) == MOST + 1


async def test_what_was_seen_is_not_held(database: Database) -> None:
    async with database.write() as connection:
        await people.unseen(connection, [("telegram", (1, 2))], now())
    assert await holds(database, ONE, 1, 2, 3)
    assert [row.update_id for row in await rows(database, held_rows)] == [3]
    await asyncio.gather(*(holds(database, ONE, 4) for _time in range(5)))
    assert [row.update_id for row in await rows(database, held_rows)] == [3, 4]


async def test_while_something_is_held_in_a_chat_what_comes_goes_behind_it(turns: Turns) -> None:
    """And what is held is not taken for seen before it is taken."""
    made: list[int] = []

    def waiting(update: int, *, file: bool = False) -> Holdable:
        def pieces() -> tuple[Piece, ...]:
            made.append(update)
            return (Piece(update, {}),)

        return Holdable(pieces, file)

    async def comes(update: int, event: Start | Press | Command | Attach, *, file: bool = False) -> str | None:
        return await turns.take(Origin(ONE, "en", (update,)), event, waiting(update, file=file))

    assert await comes(1, Attach(()), file=True) is None, "nobody is there"
    assert await comes(2, Press("accept")) is None
    assert await comes(3, Attach(()), file=True) is None, "nobody asked for a file"
    assert made == [], "nothing is made that is not needed"
    said = await number_of(turns.database, outbox_rows)
    await holds(turns.database, ONE, 4)
    assert await comes(5, Command("menu")) == "held"
    assert await turns.take(Origin(OTHER, "en", (6,)), Start(), waiting(6)) is None, "nobody else waits"
    assert await turns.take(Origin(ONE, "en", (4,)), Command("menu")) is None, (
        "whoever takes what was held does not wait for it"
    )
    assert await number_of(turns.database, outbox_rows) == said + 2
    assert {row.update_id for row in await rows(turns.database, seen_updates)} == {1, 2, 3, 4, 6}
    assert made == [5]
    await holds(turns.database, ONE, *range(100, 100 + MOST - 2))
    assert await comes(7, Command("menu")) == "full"
