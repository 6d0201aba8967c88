"""The erasure log: the register of erasures outside the database, the one thing that a lost database must not take along."""

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
"""Seconds between two looks; an erasure that is younger when the database is lost is not in the register."""
PATIENCE = 30.0
"""Seconds that the database has to say what was erased."""
OVERLAP = 500
"""Rows that a look goes back: of two transactions at once the earlier one may end later."""
Key = tuple[str, int, datetime]


class ErasureLog:
    """Brings what was erased into a register. Its first look compares everything; later ones go by the numbers of the rows, and never by a clock."""

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
                log.error("the ledger of erasures: %s", kind(error))
            await pause(BEAT)

    async def once(self) -> int:
        """Write what is not there yet, durably. How many lines."""
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
