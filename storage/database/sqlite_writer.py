"""SQLite's only writer. Law: a statement runs in the thread that asks for it, and only what waits for the disk goes to another thread.

Each statement of a turn takes microseconds; handing it to another thread and back costs many times that.
BEGIN IMMEDIATE may wait for another process, and COMMIT waits for the disk: these two never block the event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from sqlite3 import OperationalError, connect
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from storage.database.json import AS_JSON
from storage.database.sync_connection import as_async

LOG = 64 * 2**20
"""Bytes that the log file keeps when SQLite starts it over."""
PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"),
    f"journal_size_limit={LOG}",
)
CHECKPOINT = 250
"""Commits after which the log is copied into the database while writing goes on (SQLite itself does it in the middle of a commit)."""
COPY = "PRAGMA wal_checkpoint(PASSIVE)"


def listen(engine: Engine) -> None:
    """Set up each new connection of `engine` the way we need it."""
    event.listen(engine, "connect", _set_up)


def _set_up(connection: Any, _record: object) -> None:
    # We begin every transaction ourselves, so the driver must not begin any.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class SqliteWriter:
    """The connection through which everything is written. Callers make sure that only one of them uses it at a time."""

    def __init__(self, url: URL) -> None:
        self._path = str(url.database)
        self._engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            **AS_JSON,
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={"check_same_thread": False},
            isolation_level="AUTOCOMMIT",
        )
        listen(self._engine)
        event.listen(self._engine, "connect", _leave_the_log)
        self._disk, self._log = ThreadPoolExecutor(1, "sqlite"), ThreadPoolExecutor(1, "sqlite-log")
        self._connection: Connection | None = None
        self._commits = CHECKPOINT  # first copy what a crash left in the log
        self._copying: Future[None] | None = None

    @property
    def engine(self) -> Engine:
        """The underlying SQLAlchemy engine, for listeners on its events."""
        return self._engine

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """BEGIN IMMEDIATE; COMMIT on leaving, ROLLBACK on an error."""
        connection = self._connection or await self._off(self._open)
        await self._copy_log(connection)
        try:
            await self._off(partial(_run, connection, "BEGIN IMMEDIATE"))
            yield as_async(connection)
            await self._off(partial(_run, connection, "COMMIT"))
        except BaseException:
            # Trouble with the rollback must not hide the reason for it.
            with suppress(Exception):
                await self._off(partial(_run, connection, "ROLLBACK"))
            self._commits = CHECKPOINT  # the disk may be full of the log
            raise
        self._commits += 1

    async def _copy_log(self, connection: Connection) -> None:
        """Start copying the log now and then; when a copy is done, also copy what was written meanwhile.

        SQLite starts the log over only when all of it has been copied, and constant writing would never let that happen.
        """
        if self._copying and self._copying.done():
            self._copying = None
            with suppress(DBAPIError):  # the disk is full, and the next write will report it
                await self._off(partial(_run, connection, COPY))
        elif self._commits >= CHECKPOINT and self._copying is None:
            self._commits, self._copying = 0, self._log.submit(_checkpoint, self._path)

    async def empty_log(self) -> bool:
        """Copy the whole log into the database, and truncate it, beside whoever writes. False when somebody reads from it or writes into it just now:
        nobody waits for them.
        """
        under_way = asyncio.get_running_loop().run_in_executor(self._log, _emptied, self._path)
        return await asyncio.shield(under_way)

    async def let_go(self) -> None:
        """Close the connection; the next transaction opens another."""
        if self._copying:
            await asyncio.wait({asyncio.wrap_future(self._copying)})
        if self._connection:
            await self._off(self._connection.close)
            self._connection = None

    async def close(self) -> None:
        """Close the connection, and end both threads."""
        await self.let_go()
        self._disk.shutdown()
        self._log.shutdown()

    async def _off(self, work: Callable[[], Any]) -> Any:
        """Do `work` in the thread that waits for the disk. A cancellation is raised only after it, when its outcome is known."""
        under_way = asyncio.get_running_loop().run_in_executor(self._disk, work)
        try:
            return await asyncio.shield(under_way)
        except asyncio.CancelledError:
            with suppress(Exception):
                await under_way
            raise

    def _open(self) -> Connection:
        self._connection = self._engine.connect()
        return self._connection


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement).close()


def _leave_the_log(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0").close()


def _emptied(path: str) -> bool:
    with closing(connect(path, timeout=0)) as connection, suppress(OperationalError):  # locked, or the disk is full
        busy, _pages, _copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    return False


def _checkpoint(path: str) -> None:
    with closing(connect(path, timeout=10)) as connection:
        connection.execute(COPY).fetchall()
