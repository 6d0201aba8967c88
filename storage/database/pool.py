"""The pool of sessions with PostgreSQL: no more than allowed, each known to be alive when it is handed out. Callers who have to wait are served in turn."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.database.json import AS_JSON
from storage.database.session import Session, Sessions

CONNECTIONS = 10
"""The most connections that one process may have."""
LIMIT = 8.0
"""Seconds that a statement may take, and that a request waits for a connection."""
FULL = asyncpg.TooManyConnectionsError.sqlstate
"""SQLSTATE: the server accepts no more connections, from this process or any other."""
READ_ONLY = asyncpg.ReadOnlySQLTransactionError.sqlstate
"""SQLSTATE: this server no longer takes writes."""
PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts to get a connection from a full server; the last pause repeats."""


def pooled(sessions: Sessions, connections: int) -> AsyncEngine:
    """An engine whose pool holds at most `connections`. Each transaction is READ COMMITTED, whatever the role's default is."""
    engine = create_async_engine(
        "postgresql+asyncpg://",
        **AS_JSON,
        connect_args={"async_creator_fn": sessions.begin},
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=LIMIT,
    )
    event.listen(engine.sync_engine, "checkout", _alive)
    event.listen(engine.sync_engine, "handle_error", _over)
    return engine


@asynccontextmanager
async def taken(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection, as soon as one is free. We retry while the server is full, since one of ours may come back.
    sqlalchemy.exc.TimeoutError or DBAPIError after LIMIT.
    """
    last = asyncio.get_running_loop().time() + LIMIT
    attempts = 0
    while True:
        connection = engine.connect()
        try:
            await connection.start()
            break
        except DBAPIError as error:
            if sqlstate(error) != FULL or asyncio.get_running_loop().time() >= last:
                raise
        await asyncio.sleep(PAUSES[min(attempts, len(PAUSES) - 1)] * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        attempts += 1
    async with AsyncExitStack() as stack:
        stack.push_async_exit(connection)
        yield connection


def sqlstate(error: BaseException) -> str:
    """The server's code for this error (PostgreSQL, appendix A); "" when it does not come from the server."""
    return str(getattr(getattr(error, "orig", None) or error, "sqlstate", None) or "")


def unreached(error: BaseException) -> bool:
    """Whether no connection was available, or it was lost: we do not know what became of the statement."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or sqlstate(error) == FULL
    return isinstance(error, PoolTimeout | TimeoutError | ConnectionError)


def _alive(session: Any, record: Any, _proxy: Any) -> None:
    """Check a session from the pool before anybody relies on it: in one round trip, where the dialect's own check takes three.
    If it is dead, every session in the pool is replaced.
    """
    if not record.info.get("known"):  # it has only just begun; a record's info goes with its session
        record.info["known"] = True
        return
    try:
        session.run_async(Session.ping)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        raise InvalidatePoolError from error


def _over(context: ExceptionContext) -> None:
    """Discard a session whose statement got no answer, or whose server no longer takes writes."""
    if isinstance(context.original_exception, TimeoutError):
        if context.connection and (under := context.connection.connection.driver_connection):
            under.terminate()
        context.is_disconnect = True
    elif sqlstate(context.original_exception) == READ_ONLY:
        context.is_disconnect = True
