"""The ledger: the register of erasures outside the database, the one thing that a lost database must not take along."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.loops import pause, within
from bot.register import Register
from storage import erasures
from storage.database import Database
from storage.erasures import EVER, Erasure
from storage.sqlstate import kind

log = logging.getLogger(__name__)
BEAT = 5.0
"""Seconds between two looks; an erasure that is younger when the database is lost is not in the register."""
PATIENCE = 30.0
"""Seconds that the database has to say what was erased."""
OVERLAP = timedelta(hours=1)
"""How far a look goes back: of two transactions at once the earlier one may end later."""
Key = tuple[str, int, datetime]


class Ledger:
    """Brings what was erased into a register."""

    def __init__(self, database: Database, register: Register) -> None:
        self.database, self.register = database, register
        self._written: dict[Key, datetime] | None = None
        self._last = EVER

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
        if self._written is None:
            known = await self.register.read()
            self._written = {}
            self._remember(known)
        async with asyncio.timeout(PATIENCE), self.database.read() as connection:
            found = await erasures.since(connection, max(EVER, self._last - OVERLAP))
        fresh = [one for one in found if _key(one) not in self._written]
        if fresh:
            await self.register.add(fresh)
            self._remember(fresh)
        return len(fresh)

    def _remember(self, ledger: list[Erasure]) -> None:
        written = (self._written or {}) | {_key(one): one.at for one in ledger}
        self._last = max([self._last, *written.values()])
        self._written = {key: at for key, at in written.items() if at >= self._last - 2 * OVERLAP}


def _key(one: Erasure) -> Key:
    return one.what, one.key, one.at
