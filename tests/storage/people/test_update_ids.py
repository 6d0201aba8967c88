"""Ids of updates may be texts, in both databases: what has come is known again, and nothing else is taken for it."""

from storage.database.database import Database
from storage.outbox import held_updates
from storage.outbox.held_updates import Piece
from storage.people.people import Address, seen_before, unseen
from storage.people.update_ids import UpdateId, stored
from tests.clock import now

LONG = "SM" + "3f" * 500
TEXTS: tuple[UpdateId, ...] = ("SM3f1", "SM3f2", "sm3f1", "700000001", "", "ö", LONG, f"{LONG}0", "SM\ud83d", "\ud800")
NUMBERS: tuple[UpdateId, ...] = (700_000_001, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**40)


async def test_what_has_come_is_known_again(database: Database) -> None:
    coming = [("telegram", (one,)) for one in TEXTS]
    async with database.write() as connection:
        numbers = [("telegram_staff", (one,)) for one in NUMBERS]
        assert await unseen(connection, numbers, now()) == set(range(len(NUMBERS)))
        assert await unseen(connection, numbers, now()) == set(), "nor longer ones"
        assert await unseen(connection, coming, now()) == set(range(len(TEXTS)))
        assert await unseen(connection, [*coming, ("web_staff", ("SM3f1",))], now()) == {len(TEXTS)}
        assert await seen_before(connection, "telegram", TEXTS, now())
        assert not await seen_before(connection, "telegram", ("SM3f1", "SM3f3"), now()), "one of them is new"


async def test_what_is_held_or_was_taken_is_not_held_again(database: Database) -> None:
    to = Address("telegram", "5")
    pieces = tuple(Piece(one, {"text": ascii(one)}) for one in TEXTS)
    async with database.write() as connection:
        await unseen(connection, [("telegram", ("SM3f2",))], now())
        for _time in range(2):
            assert await held_updates.hold(connection, to, pieces, now())
        held = await held_updates.lease(connection, to, now())
    assert [one.update for one in held] == [stored(one) for one in TEXTS if one != "SM3f2"]
    assert [one.message["text"] for one in held] == [ascii(one) for one in TEXTS if one != "SM3f2"]


def test_a_number_stays_what_it_is() -> None:
    assert [stored(one) for one in (0, 1, 700_000_001, -(2**63), 2**63 - 1)] == [0, 1, 700_000_001, -(2**63), 2**63 - 1]
    assert all(-(2**63) <= stored(one) < 2**63 for one in (*TEXTS, *NUMBERS))
    assert len({stored(one) for one in (*TEXTS, *NUMBERS)}) == len(TEXTS) + len(NUMBERS)
