"""Alarms: when each kind was told last, by whatever process. Law: within EVERY, an alarm of a kind is told once."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.insert import insert_or
from storage.database.tables import counters

EVERY = timedelta(hours=1)
TELLING = timedelta(minutes=5)
"""How long whoever tells past the outbox has for it. Law: longer than that takes; a kill in between delays an alarm and does not swallow it."""
MINUTE = 60
"""Seconds."""
NEVER = 0


async def to_be_told(connection: AsyncConnection, kind: str, now: datetime, lasting: timedelta = EVERY) -> bool:
    """Whether an alarm of this kind (at most 14 letters) is to be told now. If so it counts as told for so long, at most EVERY, once this
    transaction is committed.

    Of two processes that ask at the same time the second one waits for the first, and is told no. A time in the future,
    from a clock that was wrong, holds nothing back.
    """
    minute, every = _minute(now), int(EVERY.total_seconds()) // MINUTE
    value = _minute(now - EVERY + lasting)
    statement = insert_or(connection.dialect.name, counters).values(name=f"alarm:{kind}", value=value)
    claimed = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"value": value},
        where=~counters.c.value.between(minute - every + 1, minute + every),
    ).returning(counters.c.value)
    return (await connection.execute(claimed)).scalar() is not None


async def can_be_told(connection: AsyncConnection) -> None:
    """Nothing, where it can be written that an alarm was told; else the database's error, such as that it may only be read."""
    await connection.execute(update(counters).where(counters.c.name == "alarm:").values(value=NEVER))


async def told(connection: AsyncConnection, kind: str, now: datetime) -> None:
    """It reached somebody: nobody is to tell it for as long as EVERY."""
    await _count(connection, kind, _minute(now))


async def not_told(connection: AsyncConnection, kind: str) -> None:
    """It reached nobody: whoever looks next is to tell it."""
    await _count(connection, kind, NEVER)


async def _count(connection: AsyncConnection, kind: str, value: int) -> None:
    await connection.execute(update(counters).where(counters.c.name == f"alarm:{kind}").values(value=value))


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // MINUTE
