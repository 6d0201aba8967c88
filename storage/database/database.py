"""The database: embedded SQLite, or PostgreSQL for larger installations. One transaction handles one event, or several that wait at the same time."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.types import DateTime, TypeDecorator

from storage.database.address import embedded, server
from storage.database.json import AS_JSON
from storage.database.pool import CONNECTIONS, pooled, taken, unreached
from storage.database.session import Sessions
from storage.database.sqlite_writer import SqliteWriter, listen
from storage.database.sync_connection import Made, driven

THREAD = 0.5
"""Seconds."""


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


def away(error: Exception) -> bool:
    """Whether this error means that the database cannot be reached, is locked or is full: there is no point in trying anything else now."""
    return unreached(error) or isinstance(error, OSError | OperationalError)


def threads_end() -> None:
    """Wait for the threads of SQLite connections, THREAD seconds each at most, while there is still a loop for them to report to:
    aiosqlite's, after a connection that cannot be opened, would report to a closed one, and show a traceback to whoever reads the line.
    """
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(THREAD)


class Database:
    """A database at a plain address. Only the use cases at the top of bot/ may call `write`.

    With PostgreSQL there are at most `connections` at a time, and a caller who needs another waits; a statement has `limit` seconds,
    or any number if that is None. ValueError for any other kind of address.
    """

    def __init__(self, plain: str, connections: int = CONNECTIONS, limit: float | None = None) -> None:
        self.embedded = embedded(plain)
        self._writing = asyncio.Lock()
        self.unwiped = False
        """Whether the log still holds what was deleted, because it could not be emptied yet."""
        self._writer: SqliteWriter | None = None
        if not self.embedded:
            self.engine = pooled(Sessions(server(plain), limit), connections)
            self._reading = self.engine.execution_options(postgresql_readonly=True)
            self._single = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            return
        url = make_url(plain).set(drivername="sqlite+aiosqlite")
        if url.database not in (None, "", ":memory:"):
            Path(str(url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.engine = self._reading = create_async_engine(url, **AS_JSON, hide_parameters=True)
        listen(self.engine.sync_engine)
        self._writer = SqliteWriter(url)

    @property
    def engines(self) -> list[Engine]:
        """The underlying SQLAlchemy engines, for listeners on their events."""
        return [self.engine.sync_engine, *([self._writer.engine] if self._writer else [])]

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A short write transaction: committed on leaving, rolled back on an error. With SQLite: BEGIN IMMEDIATE, one writer at a time."""
        if not self._writer:
            async with taken(self.engine) as connection, connection.begin():
                yield connection
            return
        # Waiting here is fair and costs nothing; waiting inside SQLite is a race of sleeps.
        async with self._writing, self._writer.transaction() as embedded:
            yield embedded

    @asynccontextmanager
    async def single(self) -> AsyncIterator[AsyncConnection]:
        """A connection to PostgreSQL on which each statement is a transaction of its own: if the connection goes silent between two messages,
        nothing stays locked on the server. SQLite has none.
        """
        async with taken(self._single) as connection:
            yield connection

    async def written(self, work: Callable[[AsyncConnection], Coroutine[Any, Any, Made]]) -> Made:
        """Run `work` in a write transaction, and return its result. It may await nothing but the database:
        all of it runs on one stack, so there is no switch for each statement.
        """
        async with self.write() as connection:
            return await connection.run_sync(driven, work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for looking things up; nothing written through it is kept (PostgreSQL refuses writes).

        It ends with COMMIT, because people who monitor the server would take a rollback for an error.
        """
        async with taken(self._reading) as connection:
            yield connection
            if not self.embedded:
                await connection.commit()

    @asynccontextmanager
    async def beside(self, writing: AsyncConnection) -> AsyncIterator[AsyncConnection]:
        """A connection for long reads in the middle of a write transaction, for callers that need not see its own changes:
        SQLite's writer would block the event loop.
        """
        if not self.embedded:
            yield writing
            return
        async with self.read() as connection:
            yield connection

    async def wipe(self) -> bool:
        """Leave no trace of deleted data: SQLite overwrites its pages (secure_delete), but its log still holds them until it is emptied.

        Whoever writes does not wait for it. False when something else was reading or writing at that moment: then `unwiped` is true until a
        later attempt succeeds (bot/worker/wiping.py).
        """
        if self._writer:
            self.unwiped = True
            self.unwiped = not await self._writer.empty_log()
        return not self.unwiped

    async def let_go(self) -> None:
        """Close every connection that nobody is using; whoever comes next opens another."""
        if self._writer:
            async with self._writing:
                await self._writer.let_go()
        await self.engine.dispose()

    async def close(self) -> None:
        """Close every connection."""
        if self._writer:
            async with self._writing:
                await self._writer.close()
        await self.engine.dispose()
