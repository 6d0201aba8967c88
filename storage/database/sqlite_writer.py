"""SQLite's one writer. Law: a statement runs where it is asked for, and only what waits for the disk goes to another thread.

Statements of a turn take microseconds each; handing every one of them to another thread and back costs many times that.
BEGIN IMMEDIATE may wait for another process, COMMIT waits for the disk: these two never hold up the event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from sqlite3 import connect
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from storage.database.json import AS_JSON
from storage.database.sync_connection import as_async

LOG = 64 * 2**20
"""Bytes that the log keeps when it begins anew."""
PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"),
    f"journal_size_limit={LOG}",
)
CHECKPOINT = 250
"""Commits after which the log is copied into the database, beside the writing (SQLite does it in the middle of a commit)."""
COPY = "PRAGMA wal_checkpoint(PASSIVE)"


def listen(engine: Engine) -> None:
    """Set up each connection of `engine` as we need it."""
    event.listen(engine, "connect", _set_up)


def _set_up(connection: Any, _record: object) -> None:
    # Transactions are begun here alone, so the driver must not begin any of its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class SqliteWriter:
    """The connection through which everything is written. Whoever uses it makes sure that nobody else does at the same time."""

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
        self._commits = CHECKPOINT  # what a crash has left in the log is copied first
        self._copying: Future[None] | None = None

    @property
    def engine(self) -> Engine:
        """The engine below, for whoever listens to what is asked of it."""
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
            # What is in the way of the end of a transaction must not hide why it ends.
            with suppress(Exception):
                await self._off(partial(_run, connection, "ROLLBACK"))
            self._commits = CHECKPOINT  # the disk may be full of the log
            raise
        self._commits += 1

    async def _copy_log(self, connection: Connection) -> None:
        """Begin to copy the log now and then; what was written meanwhile, when that is done.

        SQLite begins the log anew only where all of it was copied, and who always writes would never let that happen.
        """
        if self._copying and self._copying.done():
            self._copying = None
            with suppress(DBAPIError):  # the disk is full, and whoever writes learns it from that
                await self._off(partial(_run, connection, COPY))
        elif self._commits >= CHECKPOINT and self._copying is None:
            self._commits, self._copying = 0, self._log.submit(_checkpoint, self._path)

    async def empty_log(self) -> None:
        """Copy the whole log into the database, and cut it off."""
        connection = self._connection or await self._off(self._open)
        await self._off(partial(_run, connection, "PRAGMA wal_checkpoint(TRUNCATE)"))

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection:
            await self._off(self._connection.close)
            self._connection = None
        self._disk.shutdown()
        self._log.shutdown()

    async def _off(self, work: Callable[[], Any]) -> Any:
        """Do it in the thread that waits for the disk. A cancellation comes after it, when it is known how it went."""
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


def _checkpoint(path: str) -> None:
    with closing(connect(path, timeout=10)) as connection:
        connection.execute(COPY).fetchall()
