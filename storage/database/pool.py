"""The pool of sessions with PostgreSQL: as many as are allowed, each alive when it is given out; whoever has to wait waits his turn."""

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
"""At most, for one process."""
LIMIT = 8.0
"""Seconds that a statement has, and that a request waits for a connection."""
FULL = asyncpg.TooManyConnectionsError.sqlstate
"""The server gives no more connections, to this process or to others."""
READ_ONLY = asyncpg.ReadOnlySQLTransactionError.sqlstate
"""This server is no longer the one that is written to."""
PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between two attempts to get a connection from a server that is full; the last one again and again."""


def pooled(sessions: Sessions, connections: int) -> AsyncEngine:
    """An engine whose pool holds at most so many `connections`. Each transaction is READ COMMITTED, whatever the role's default is."""
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
    """A connection, as soon as there is one: while the server gives no more of them, one of ours may come back.
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
    """What the server calls this error (PostgreSQL, appendix A); "" when it is not the server's."""
    return str(getattr(getattr(error, "orig", None) or error, "sqlstate", None) or "")


def unreached(error: BaseException) -> bool:
    """Whether there was no connection to be had, or it was lost: nothing is known of what was asked."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or sqlstate(error) == FULL
    return isinstance(error, PoolTimeout | TimeoutError | ConnectionError)


def _alive(session: Any, record: Any, _proxy: Any) -> None:
    """One that lay in the pool says something before anybody relies on it: one trip, where the dialect's own takes three.
    When one is dead all are asked anew.
    """
    if not record.info.get("known"):  # begun this instant; what is said of a record is forgotten with its session
        record.info["known"] = True
        return
    try:
        session.run_async(Session.ping)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        raise InvalidatePoolError from error


def _over(context: ExceptionContext) -> None:
    """After a statement that nobody answered a session is of no use, nor is one with a server that is written to no more."""
    if isinstance(context.original_exception, TimeoutError):
        if context.connection and (under := context.connection.connection.driver_connection):
            under.terminate()
        context.is_disconnect = True
    elif sqlstate(context.original_exception) == READ_ONLY:
        context.is_disconnect = True
