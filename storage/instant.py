"""The database's own clock."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def instant(connection: AsyncConnection) -> datetime:
    """What time it is by the clock of the PostgreSQL server, aware: now, and not when the transaction began."""
    found: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return found
