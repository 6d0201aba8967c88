"""Wiping: what was deleted from SQLite is taken out of its log as well, however long something else reads it. It holds up nobody."""

from bot.operations.loops import pause
from storage.database.database import Database

BEAT = 1.0
"""Seconds between two looks."""


class Wiping:
    """Tries again what could not be wiped at once, because a reader of the database (a backup, `verify`, a shell) held its log."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def run(self) -> None:
        """First what a crash may have left; then whatever is left over, until cancelled."""
        await self.database.wipe()
        while True:
            await pause(BEAT)
            await self.once()

    async def once(self) -> None:
        """Try once more, if anything is left over."""
        if self.database.unwiped:
            await self.database.wipe()
