"""The erasure log keeps the register of erasures outside the database: the one thing that must not be lost with it."""

import asyncio
import logging
from datetime import datetime

from bot.operations.loops import pause, within
from bot.worker.register import Register
from storage.database.database import Database
from storage.database.sqlstate import kind
from storage.erasure import erasures
from storage.erasure.erasures import Erasure

log = logging.getLogger(__name__)
BEAT = 5.0
"""Seconds between two looks. When the database is lost, an erasure younger than this is not in the register."""
PATIENCE = 30.0
"""Seconds that the database has to report what was erased."""
OVERLAP = 500
"""Rows that a look goes back: of two transactions at once, the one that began first may end last."""
Key = tuple[str, int, datetime]


class ErasureLog:
    """Copies erasures into a register. The first look compares everything; later ones go by row numbers, and never by a clock."""

    def __init__(self, database: Database, register: Register) -> None:
        self.database, self.register = database, register
        self._written: set[Key] | None = None
        self._last = 0

    @within(300)  # the file may be long, and its disk slow
    async def run(self) -> None:
        """Keep the register up to date until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:  # the world's: the database is away, or the disk is full
                log.error("the erasure log: %s", kind(error))
            await pause(BEAT)

    async def once(self) -> int:
        """Write what is missing, durably. Returns the number of lines."""
        written = self._written
        if written is None:
            written = {_key(one) for one in await self.register.read()}
        async with asyncio.timeout(PATIENCE), self.database.read() as connection:
            found = await erasures.after(connection, self._last - OVERLAP)
        fresh = [one for one in found.values() if _key(one) not in written]
        if fresh:
            await self.register.add(fresh)
        self._last = max([self._last, *found])
        self._written = {_key(one) for number, one in found.items() if number > self._last - OVERLAP}
        return len(fresh)


def _key(one: Erasure) -> Key:
    return one.what, one.key, one.at
