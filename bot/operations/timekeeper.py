"""The timekeeper: the program's clock follows the database's, whatever the machine's own says."""

import asyncio
import logging
import time
from datetime import timedelta

from bot.operations import metrics
from bot.operations.loops import pause
from bot.settings.clock import NEAR, Clock
from storage.database.database import Database
from storage.database.instant import instant
from storage.database.sqlstate import kind

log = logging.getLogger(__name__)
EVERY = 60.0
"""Seconds between two comparisons: machines drift, and after a fail-over the clock is another server's."""
PATIENCE = 10.0
"""Seconds that the database has to say what time it is."""


class Timekeeper:
    """Compares `clock` with the database's clock. An embedded database uses its machine's clock, so there is nothing to compare."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    async def run(self) -> None:
        """Compare once a minute until cancelled. The caller has compared once already."""
        while True:
            await pause(EVERY)
            await self.once()

    async def once(self) -> None:
        """Compare, and follow the database. When it does not answer, or is slow to, what was known holds."""
        try:
            if not self.database.embedded:
                await self._compare()
        except Exception as error:  # the database is away
            log.warning("timekeeper: %s", kind(error))

    async def _compare(self) -> None:
        async with asyncio.timeout(PATIENCE), self.database.read() as connection:
            await instant(connection)  # from here on nothing has to be opened or prepared
            at, since = self.clock.here(), time.monotonic()
            told = await instant(connection)
            way = timedelta(seconds=time.monotonic() - since) / 2
        if way >= NEAR / 2:
            return
        difference = told - at - way
        metrics.CLOCK_OFFSET.set(difference.total_seconds())
        if self.clock.follow(difference):
            seconds = difference.total_seconds()
            log.warning("the database's clock, which counts, is %+.1f seconds from this machine's", seconds)
