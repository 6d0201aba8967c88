"""What only one process may do at a time, such as to read a bot's updates: whoever holds the lock does it, and the others wait."""

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

BEAT = 2.0
"""Seconds between looks at the lock: whether it is free, or still ours."""


async def alone(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work`, which goes on for ever, while this process holds the lock `name`; until cancelled, or until the work ends by itself.

    The lock is PostgreSQL's (advisory, of a session), so it falls with the connection: the work is then cancelled,
    and begun again when the lock can be had. SQLite has one process.
    """
    if database.embedded:
        return await work()
    while True:
        try:
            async with database.read() as connection:
                await _held(connection, int.from_bytes(sha256(name.encode()).digest()[:8], signed=True))
                return await _while_held(connection, work)
        except (OSError, SQLAlchemyError):  # the database is away, and the lock with it
            await asyncio.sleep(BEAT)


async def _held(connection: AsyncConnection, lock: int) -> None:
    while not (await connection.execute(select(func.pg_try_advisory_lock(lock)))).scalar():
        await connection.commit()
        await asyncio.sleep(BEAT)
    await connection.commit()


async def _while_held(connection: AsyncConnection, work: Callable[[], Awaitable[None]]) -> None:
    working = asyncio.ensure_future(work())
    try:
        while not (await asyncio.wait({working}, timeout=BEAT))[0]:
            await connection.execute(select(1))
            await connection.commit()
        working.result()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await connection.invalidate()  # the lock goes with the session, and must not come back to the pool with it
