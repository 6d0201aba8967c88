"""Confirmations: letters about a case may say what they are about, because a code that was sent to the e-mail address came back from the chat that gave it.

Only keyed hashes of the codes are kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.door_tables import confirmations
from storage.database.tables import participants

LASTS = timedelta(hours=24)
"""How long a code is good for: a letter may be held up for hours, and is read when its reader has time."""
TRIES = 5
"""How often a code may be guessed at."""
KEPT = timedelta(days=90)
"""How long it is remembered that an address waits to be confirmed, after the last letter to it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An e-mail address that waits to be confirmed for a case."""

    case: int
    address: str
    token_hash: str


async def ask(connection: AsyncConnection, case: int, address: str, code_hash: str, now: datetime) -> None:
    """Store the hash of the code that was sent to this address. It takes the place of every earlier one that was sent for this case."""
    await _wait(connection, case, address, code_hash, now)


async def note(connection: AsyncConnection, case: int, address: str, no_code: str, now: datetime) -> None:
    """Note that this address waits to be confirmed, where that is not known. `no_code` is the hash of no code at all."""
    there = select(confirmations.c.token_hash).where(_unconfirmed(case), confirmations.c.address == address)
    if (await connection.execute(there)).first() is None:
        await _wait(connection, case, address, no_code, now)


async def _wait(connection: AsyncConnection, case: int, address: str, token_hash: str, now: datetime) -> None:
    await connection.execute(delete(confirmations).where(_unconfirmed(case)))
    row = {"token_hash": token_hash, "case_id": case, "address": address, "created_at": now, "tries": 0}
    await connection.execute(confirmations.insert().values(**row))


async def waiting(connection: AsyncConnection, person: int) -> list[Waiting]:
    """The addresses that wait to be confirmed in the cases that this person writes."""
    query = select(confirmations.c.case_id, confirmations.c.address, confirmations.c.token_hash)
    query = query.where(_theirs(person)).order_by(confirmations.c.case_id)
    return [Waiting(*row) for row in await connection.execute(query)]


async def tried(connection: AsyncConnection, person: int, now: datetime) -> list[Waiting]:
    """What a code that this person types in may belong to. Counts as a try at each; one that was tried too often, or is too old, is not among them."""
    good = (confirmations.c.tries < TRIES) & (confirmations.c.created_at > now - LASTS)
    more = update(confirmations).where(_theirs(person) & good).values(tries=confirmations.c.tries + 1)
    found = await connection.execute(
        more.returning(confirmations.c.case_id, confirmations.c.address, confirmations.c.token_hash)
    )
    return [Waiting(*row) for row in found]


async def confirm(connection: AsyncConnection, person: int, address: str, now: datetime) -> None:
    """From now on letters to this address say what they are about, in every case of this person's in which it waited."""
    mine = _theirs(person) & (confirmations.c.address == address)
    await connection.execute(update(confirmations).where(mine).values(confirmed_at=now))


async def confirmed(connection: AsyncConnection, case: int, address: str) -> bool:
    """Whether letters about this case may go to this address: it was confirmed here, or in another case of one of this case's writers."""
    theirs = select(participants.c.person_id).where(participants.c.case_id == case)
    others = select(participants.c.case_id).where(participants.c.person_id.in_(theirs))
    query = select(confirmations.c.token_hash).where(
        confirmations.c.address == address,
        confirmations.c.confirmed_at.is_not(None),
        (confirmations.c.case_id == case) | confirmations.c.case_id.in_(others),
    )
    return (await connection.execute(query.limit(1))).first() is not None


def _unconfirmed(case: int) -> ColumnElement[bool]:
    return (confirmations.c.case_id == case) & confirmations.c.confirmed_at.is_(None)


def _theirs(person: int) -> ColumnElement[bool]:
    mine: Select[Any] = select(participants.c.case_id).where(participants.c.person_id == person)
    return confirmations.c.case_id.in_(mine) & confirmations.c.confirmed_at.is_(None)
