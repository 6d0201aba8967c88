"""Alarms: when each kind was last sent, by any process. Law: within EVERY, an alarm of a kind is sent once."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.insert import insert_or
from storage.database.tables import counters

EVERY = timedelta(hours=1)
TELLING = timedelta(minutes=5)
"""How long a process may take to send an alarm past the outbox. Law: longer than that takes; a kill meanwhile delays an alarm, but never swallows it."""
MINUTE = 60
"""Seconds."""
NEVER = 0


async def to_be_told(connection: AsyncConnection, kind: str, now: datetime, lasting: timedelta = EVERY) -> bool:
    """Whether an alarm of this kind (at most 14 letters) is to be sent now. If so, it counts as sent for `lasting`, at most EVERY, once this
    transaction is committed.

    If two processes ask at the same time, the second waits for the first, and gets False. A stored time in the future,
    from a wrong clock, holds nothing back.
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
    """Check that we can note an alarm as sent; raises the database's error if not, for instance because it is read-only."""
    await connection.execute(update(counters).where(counters.c.name == "alarm:").values(value=NEVER))


async def told(connection: AsyncConnection, kind: str, now: datetime) -> None:
    """Note that the alarm reached somebody: nobody sends it again within EVERY."""
    await _count(connection, kind, _minute(now))


async def not_told(connection: AsyncConnection, kind: str) -> None:
    """Note that the alarm reached nobody: the next process to ask is to send it."""
    await _count(connection, kind, NEVER)


async def _count(connection: AsyncConnection, kind: str, value: int) -> None:
    await connection.execute(update(counters).where(counters.c.name == f"alarm:{kind}").values(value=value))


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // MINUTE
