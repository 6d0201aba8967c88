"""What is held in a chat until a file has been fetched, and whatever comes behind it. Law: bounded, for each chat and in all."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.any_of import AnyOf
from storage.database.door_tables import held_updates
from storage.database.insert import insert_or
from storage.database.tables import seen_updates
from storage.outbox.outbox import LEASE
from storage.people.people import Address

MOST = 30
"""Updates of one chat."""
MOST_IN_ALL = 3000
"""Updates of one channel."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One update: its number in its channel, and what was heard of it, as JSON."""

    update: int
    message: Any


@dataclass(frozen=True, slots=True)
class Holdable:
    """How an event is held if it cannot be taken at once: `pieces` makes its updates, in order. `file`: it brings one that has to be fetched first."""

    pieces: Callable[[], tuple[Piece, ...]]
    file: bool


@dataclass(frozen=True, slots=True)
class HeldUpdate(Piece):
    """An update as it is held in a chat; `attempts` to take it were begun."""

    chat: str
    id: int
    attempts: int


async def hold(connection: AsyncConnection, to: Address, pieces: tuple[Piece, ...], now: datetime) -> bool:
    """Hold these behind what is held in that chat, but for those that came before. False, and none of them is held, when there is no room."""
    given = {"updates": [piece.update for piece in pieces], "channel": to.channel}
    there = set((await connection.execute(_THERE, given)).scalars())
    fresh = [piece for piece in pieces if piece.update not in there]
    in_all = select(func.count()).where(held_updates.c.channel == to.channel)
    here = in_all.where(held_updates.c.address == to.address)
    for most, counted in ((MOST, here), (MOST_IN_ALL, in_all)):
        if fresh and (await connection.execute(counted)).scalar_one() + len(fresh) > most:
            return False
    unless_there = insert_or(connection.dialect.name, held_updates).on_conflict_do_nothing()
    for piece in fresh:
        row = {"channel": to.channel, "address": to.address, "update_id": piece.update, "message": piece.message}
        await connection.execute(unless_there.values(row | {"at": now}))
    return True


_THERE = union(
    *(
        select(table.c.update_id).where(table.c.channel == bindparam("channel"), AnyOf(table.c.update_id, "updates"))
        for table in (held_updates, seen_updates)
    )
)


async def lease(connection: AsyncConnection, to: Address, now: datetime) -> list[HeldUpdate]:
    """All that is held in a chat, in its order; the first one is ours for LEASE, and an attempt more is begun. [] when nothing is, or somebody else has it."""
    first = select(func.min(held_updates.c.id)).where(*_in(to)).scalar_subquery()
    free = held_updates.c.leased_until.is_(None) | (held_updates.c.leased_until < now)
    begun = {"leased_until": now + LEASE, "attempts": held_updates.c.attempts + 1}
    ours = update(held_updates).where(held_updates.c.id == first, free).values(begun).returning(held_updates.c.id)
    if (await connection.execute(ours)).first() is None:
        return []
    rows = await connection.execute(select(held_updates).where(*_in(to)).order_by(held_updates.c.id))
    return [HeldUpdate(row.update_id, row.message, row.address, row.id, row.attempts) for row in rows]


def _in(to: Address) -> tuple[ColumnElement[bool], ...]:
    return held_updates.c.channel == to.channel, held_updates.c.address == to.address


async def renew(connection: AsyncConnection, id: int, now: datetime) -> None:
    """Whoever has it is still at it."""
    await connection.execute(update(held_updates).where(held_updates.c.id == id).values(leased_until=now + LEASE))


async def give_back(connection: AsyncConnection, id: int, counted: bool) -> None:
    """Whoever is next may begin it; not `counted`, the attempt was none."""
    attempts = held_updates.c.attempts - (0 if counted else 1)
    given_back = {"leased_until": None, "attempts": attempts}
    await connection.execute(update(held_updates).where(held_updates.c.id == id).values(given_back))


async def drop(connection: AsyncConnection, ids: Collection[int]) -> None:
    """These have been taken, or given up."""
    await connection.execute(delete(held_updates).where(AnyOf(held_updates.c.id, "ids")), {"ids": list(ids)})


async def chats(connection: AsyncConnection, channel: str, now: datetime) -> list[str]:
    """The chats in which something is held that nobody has in hand."""
    firsts = (
        select(func.min(held_updates.c.id)).where(held_updates.c.channel == channel).group_by(held_updates.c.address)
    )
    free = held_updates.c.leased_until.is_(None) | (held_updates.c.leased_until < now)
    found = select(held_updates.c.address).where(held_updates.c.id.in_(firsts), free).order_by(held_updates.c.id)
    return list((await connection.execute(found)).scalars())


async def run_out(connection: AsyncConnection, channel: str) -> None:
    """Nobody has anything in hand: what is leased was left by a crash."""
    await connection.execute(update(held_updates).where(held_updates.c.channel == channel).values(leased_until=None))
