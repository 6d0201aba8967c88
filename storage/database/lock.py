"""A lock for work that only one process may do at a time, such as reading a bot's updates. Its holder does the work, and the others wait."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import Interval, bindparam, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from storage.database.database import Database
from storage.database.pool import sqlstate
from storage.database.process_tables import locks

log = logging.getLogger(__name__)
HELD = timedelta(seconds=6)
"""How long a lock is held, by the database's clock, unless its holder renews it."""
BEAT = 2.0
"""Seconds between two renewals by the holder."""
LOOK = 1.0
"""Seconds between two attempts by a process that waits: after an orderly end, the next holder begins within that time."""
MARGIN = 1.0
"""Seconds before the end of HELD in which the work is stopped: at that point nobody else can have begun it."""
PARTING = 1.5
"""Seconds that releasing the lock may take at an orderly end."""


async def while_locked(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work`, which goes on for ever, while this process holds the lock `name`, until this is cancelled or the work ends by itself.

    The lock is a row (PostgreSQL), so it works through a pooler, which shares sessions, and outlives broken connections. A process that
    cannot renew it in time, by its own clock from before it asked, ends the work, lets every other process look first, and waits for
    the lock again. SQLite has one process.
    """
    if database.embedded:
        return await work()
    lock = _Lock(database, name)
    while True:
        await lock.wait()
        working = asyncio.ensure_future(work())
        try:
            await lock.hold(working)
            if working.done():
                return working.result()
            log.warning("%s: the lock could not be kept; waiting for it", name)
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            await lock.give_back()
        await asyncio.sleep(2 * LOOK)


class _Lock:
    """One process's share in a lock, which it holds until `_until`, by the loop's clock."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name = database, name
        self._holder = secrets.token_hex(8)
        self._until = 0.0
        self._renewing: asyncio.Task[bool] | None = None
        self._trouble = ""

    async def wait(self) -> None:
        """Wait until the lock is ours."""
        while True:
            if await self._answer():
                return
            await asyncio.sleep(LOOK)

    async def hold(self, working: "asyncio.Future[None]") -> None:
        """Renew the lock until the work has ended, or the lock is lost or as good as lost."""
        clock = asyncio.get_running_loop().time
        while not working.done():
            # A separate task: cancelling a call on a silent connection takes time, and the work must not go on meanwhile.
            renewing = self._renewing = asyncio.create_task(self._renewed())
            both: set[asyncio.Future[Any]] = {working, renewing}
            await asyncio.wait(both, timeout=self._until - clock(), return_when=asyncio.FIRST_COMPLETED)
            if not (renewing.done() and renewing.result()):
                return

    async def give_back(self) -> None:
        """Let the next process begin at once; if the database cannot be reached, that one begins when HELD is over."""
        if self._renewing and not self._renewing.done():  # or it would take the lock again
            self._renewing.cancel()
            await asyncio.wait({self._renewing}, timeout=PARTING)
        mine = (locks.c.name == self._name) & (locks.c.holder == self._holder)
        with suppress(OSError, SQLAlchemyError):
            async with asyncio.timeout(PARTING), self._database.single() as connection:
                await connection.execute(delete(locks).where(mine))

    async def _renewed(self) -> bool:
        """After a BEAT, renew the lock; whether it is still ours. Retries for as long as the database does not answer: the caller sets the time limit."""
        await asyncio.sleep(BEAT)
        while True:
            if (answer := await self._answer()) is not None:
                return answer
            await asyncio.sleep(BEAT / 10)

    async def _answer(self) -> bool | None:
        """Try to take or renew the lock for HELD from now: whether it is ours, or None when the database does not answer."""
        asked = asyncio.get_running_loop().time()
        until = func.clock_timestamp() + bindparam("held", HELD, Interval)
        ours = insert(locks).values(name=self._name, holder=self._holder, until=until)
        free = (locks.c.until < func.clock_timestamp()) | (locks.c.holder == self._holder)
        ours = ours.on_conflict_do_update(
            index_elements=["name"], set_={"holder": self._holder, "until": until}, where=free
        )
        try:
            async with asyncio.timeout(HELD.total_seconds()), self._database.single() as connection:
                taken = (await connection.execute(ours.returning(locks.c.name))).first() is not None
        except (OSError, SQLAlchemyError) as error:  # the world's fault: the database cannot be reached
            self._say(f"{type(error).__name__} {sqlstate(error)}".strip())
            return None
        self._trouble = ""
        if taken:
            self._until = asked + HELD.total_seconds() - MARGIN
        return taken

    def _say(self, trouble: str) -> None:
        """Log a trouble once for as long as it stays the same."""
        if trouble != self._trouble:
            log.warning("%s: the lock cannot be asked for: %s", self._name, trouble)
        self._trouble = trouble
