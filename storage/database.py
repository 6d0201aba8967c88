"""The database: SQLite embedded, PostgreSQL when it grows. One transaction for one event."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.types import DateTime, TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC in both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def driver_url(plain: str) -> URL:
    """A plain address (`sqlite:///…`, `postgresql://…`, `postgres://…`) with the driver that we use. ValueError for any other."""
    url = make_url(plain)
    match url.drivername.partition("+")[0]:
        case "sqlite":
            return url.set(drivername="sqlite+aiosqlite")
        case "postgres" | "postgresql":
            # libpq says sslmode, asyncpg says ssl; buildpacks give the first.
            query = {("ssl" if key == "sslmode" else key): value for key, value in url.query.items()}
            return url.set(drivername="postgresql+asyncpg", query=query)
    raise ValueError("the database must be sqlite:///… or postgresql://…")


class Database:
    """A database at a plain address. `write` is for the use cases at the top of bot/, and for nobody else."""

    def __init__(self, plain: str) -> None:
        url = driver_url(plain)
        self.embedded = url.drivername.startswith("sqlite")
        if self.embedded and url.database not in (None, "", ":memory:"):
            Path(str(url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.engine = create_async_engine(
            url, hide_parameters=True, pool_pre_ping=not self.embedded, **({} if self.embedded else {"pool_size": 10})
        )
        self._writing = asyncio.Lock()
        if self.embedded:
            event.listen(self.engine.sync_engine, "connect", _set_up)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction: committed on leaving, rolled back on an error. SQLite: BEGIN IMMEDIATE, one writer at a time."""
        if not self.embedded:
            async with self.engine.begin() as connection:
                yield connection
            return
        # Waiting here is fair and costs nothing; waiting inside SQLite is a race of sleeps.
        async with self._writing, self.engine.connect() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                # One that a cancellation cut off is thrown away with its transaction; its trouble must not hide the cancellation.
                with suppress(Exception):
                    await connection.exec_driver_sql("ROLLBACK")
                raise
            await connection.exec_driver_sql("COMMIT")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to look things up with; nothing done through it is kept."""
        async with self.engine.connect() as connection:
            yield connection

    async def wipe(self) -> None:
        """Leave nothing of what was deleted: SQLite overwrites its pages (secure_delete), but its log still holds them until it is emptied."""
        if self.embedded:
            async with self._writing, self.engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def _set_up(connection: object, _record: object) -> None:
    # Transactions are begun by `write` alone, so the driver must not begin any of its own.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
