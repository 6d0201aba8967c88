"""What only one process may do at a time, such as to read a bot's updates: whoever holds the lock does it, and the others wait."""

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
"""How long a lock is held, by the database's clock, unless its holder says so again."""
BEAT = 2.0
"""Seconds between two times that the holder says so."""
LOOK = 1.0
"""Seconds between two looks of those who wait: after an orderly end the next one begins that soon."""
MARGIN = 1.0
"""Seconds before the end of HELD in which the work is ended: nobody else has begun it then."""
PARTING = 1.5
"""Seconds that giving back may take at an orderly end."""


async def while_locked(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work`, which goes on for ever, while this process holds the lock `name`; until cancelled, or until the work ends by itself.

    The lock is a row (PostgreSQL), so it holds through a pooler, which shares sessions, and outlives lines that break. Whoever cannot
    renew it in time, by their own clock from before they asked, ends the work and waits for the lock anew. SQLite has one process.
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


class _Lock:
    """One process's part in a lock: it is held until `_until`, on the loop's clock."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name = database, name
        self._holder = secrets.token_hex(8)
        self._until = 0.0
        self._renewing: asyncio.Task[bool] | None = None
        self._trouble = ""

    async def wait(self) -> None:
        """Until the lock is ours."""
        while True:
            if await self._answer():
                return
            await asyncio.sleep(LOOK)

    async def hold(self, working: "asyncio.Future[None]") -> None:
        """Renew the lock until the work has ended, or the lock is lost or as good as lost."""
        clock = asyncio.get_running_loop().time
        while not working.done():
            # A task of its own: what is cancelled on a silent line takes its time, and the work must not go on meanwhile.
            renewing = self._renewing = asyncio.create_task(self._renewed())
            both: set[asyncio.Future[Any]] = {working, renewing}
            await asyncio.wait(both, timeout=self._until - clock(), return_when=asyncio.FIRST_COMPLETED)
            if not (renewing.done() and renewing.result()):
                return

    async def give_back(self) -> None:
        """Let the next one begin at once; if the database is away, when HELD is over."""
        if self._renewing and not self._renewing.done():  # or it would be taken once more
            self._renewing.cancel()
            await asyncio.wait({self._renewing}, timeout=PARTING)
        mine = (locks.c.name == self._name) & (locks.c.holder == self._holder)
        with suppress(OSError, SQLAlchemyError):
            async with asyncio.timeout(PARTING), self._database.write() as connection:
                await connection.execute(delete(locks).where(mine))

    async def _renewed(self) -> bool:
        """After a BEAT: whether the lock is still ours. Tried again until there is no time left, which whoever waits for this knows."""
        await asyncio.sleep(BEAT)
        while True:
            if (answer := await self._answer()) is not None:
                return answer
            await asyncio.sleep(BEAT / 10)

    async def _answer(self) -> bool | None:
        """Whether the lock is ours now, for HELD from this moment on; None when the database does not say."""
        asked = asyncio.get_running_loop().time()
        until = func.clock_timestamp() + bindparam("held", HELD, Interval)
        ours = insert(locks).values(name=self._name, holder=self._holder, until=until)
        free = (locks.c.until < func.clock_timestamp()) | (locks.c.holder == self._holder)
        ours = ours.on_conflict_do_update(
            index_elements=["name"], set_={"holder": self._holder, "until": until}, where=free
        )
        try:
            async with asyncio.timeout(HELD.total_seconds()), self._database.write() as connection:
                taken = (await connection.execute(ours.returning(locks.c.name))).first() is not None
        except (OSError, SQLAlchemyError) as error:  # the world's: the database is away
            self._say(f"{type(error).__name__} {sqlstate(error)}".strip())
            return None
        self._trouble = ""
        if taken:
            self._until = asked + HELD.total_seconds() - MARGIN
        return taken

    def _say(self, trouble: str) -> None:
        """Once, as long as it is the same."""
        if trouble != self._trouble:
            log.warning("%s: the lock cannot be asked for: %s", self._name, trouble)
        self._trouble = trouble
