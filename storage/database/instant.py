"""The database's own clock."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def instant(connection: AsyncConnection) -> datetime:
    """The time now, as an aware datetime: by the PostgreSQL server's clock, not the start of the transaction; with SQLite by this machine's."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    found: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return found
