"""Updates held in a chat until a file has been fetched: the one with the file, and all that come after it. Law: bounded, for each chat and in all."""

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
from storage.people.update_ids import UpdateId, stored

MOST = 30
"""The most updates held for one chat."""
MOST_IN_ALL = 3000
"""The most updates held for one channel."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One update: its id in its channel, and what we received, as JSON."""

    update: UpdateId
    message: Any


@dataclass(frozen=True, slots=True)
class Holdable:
    """How to hold an event that cannot be taken at once: `pieces` makes its updates, in order. `file`: it brings a file that must be fetched first."""

    pieces: Callable[[], tuple[Piece, ...]]
    file: bool


@dataclass(frozen=True, slots=True)
class HeldUpdate:
    """An update held in a chat: its id as `stored`, and what we received; `attempts` is how many times somebody began to take it."""

    update: int
    message: Any
    chat: str
    id: int
    attempts: int


async def hold(connection: AsyncConnection, to: Address, pieces: tuple[Piece, ...], now: datetime) -> bool:
    """Hold these after what is already held in that chat, skipping those that we have seen before. False, holding none of them, when there is no room."""
    given = {"updates": [stored(piece.update) for piece in pieces], "channel": to.channel}
    there = set((await connection.execute(_THERE, given)).scalars())
    fresh = [piece for piece in pieces if stored(piece.update) not in there]
    in_all = select(func.count()).where(held_updates.c.channel == to.channel)
    here = in_all.where(held_updates.c.address == to.address)
    for most, counted in ((MOST, here), (MOST_IN_ALL, in_all)):
        if fresh and (await connection.execute(counted)).scalar_one() + len(fresh) > most:
            return False
    unless_there = insert_or(connection.dialect.name, held_updates).on_conflict_do_nothing()
    for piece in fresh:
        came = {"update_id": stored(piece.update), "message": piece.message, "at": now}
        await connection.execute(unless_there.values(channel=to.channel, address=to.address, **came))
    return True


_THERE = union(
    *(
        select(table.c.update_id).where(table.c.channel == bindparam("channel"), AnyOf(table.c.update_id, "updates"))
        for table in (held_updates, seen_updates)
    )
)


async def lease(connection: AsyncConnection, to: Address, now: datetime) -> list[HeldUpdate]:
    """All updates held in a chat, in order. The first is ours for LEASE, with one more attempt begun. [] when none is held, or somebody else has it."""
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
    """Extend the lease on an update: its holder is still working on it."""
    await connection.execute(update(held_updates).where(held_updates.c.id == id).values(leased_until=now + LEASE))


async def give_back(connection: AsyncConnection, id: int, counted: bool) -> None:
    """Release an update, so that the next process may begin it. Unless `counted`, the attempt does not count."""
    attempts = held_updates.c.attempts - (0 if counted else 1)
    given_back = {"leased_until": None, "attempts": attempts}
    await connection.execute(update(held_updates).where(held_updates.c.id == id).values(given_back))


async def drop(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Delete these updates, which have been taken or given up."""
    await connection.execute(delete(held_updates).where(AnyOf(held_updates.c.id, "ids")), {"ids": list(ids)})


async def chats(connection: AsyncConnection, channel: str, now: datetime) -> list[str]:
    """The chats whose first held update nobody is working on."""
    firsts = (
        select(func.min(held_updates.c.id)).where(held_updates.c.channel == channel).group_by(held_updates.c.address)
    )
    free = held_updates.c.leased_until.is_(None) | (held_updates.c.leased_until < now)
    found = select(held_updates.c.address).where(held_updates.c.id.in_(firsts), free).order_by(held_updates.c.id)
    return list((await connection.execute(found)).scalars())


async def run_out(connection: AsyncConnection, channel: str) -> None:
    """End all leases on a channel's updates. Nobody is working on any, so a crash left them."""
    await connection.execute(update(held_updates).where(held_updates.c.channel == channel).values(leased_until=None))
