"""The database's own clock."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def instant(connection: AsyncConnection) -> datetime:
    """What time it is by the clock of the PostgreSQL server, aware: now, and not when the transaction began. SQLite's is this machine's."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    found: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return found
