"""Reminders and retention: asks the tables who is due. A timer is only the heartbeat; the schedule lies in rows."""

import asyncio
import logging
from datetime import timedelta

from bot.clock import now
from bot.telling import APPLICANT_CHANNELS
from bot.turns import Turns
from dialogs.home import name_of
from dialogs.notices import reminder
from dialogs.standing import Open
from storage import drafts, outbox, people
from storage.outbox import About

log = logging.getLogger(__name__)
HEARTBEAT = 600
"""Seconds."""
FORGET_UPDATES = timedelta(days=3)
SWEEP_FILES = timedelta(days=1)


class Reminders:
    """Reminds of open drafts after `after` of silence (not at all when that is zero), and deletes them after `kept`."""

    def __init__(self, turns: Turns, after: timedelta, kept: timedelta) -> None:
        self.turns, self.after, self.kept = turns, after, kept

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:  # the database is away: the rows wait
                log.error("reminders: %s", type(error).__name__)
            await asyncio.sleep(HEARTBEAT)

    async def once(self) -> None:
        """Do everything that is due now."""
        if self.after:
            await self._remind()
        await self._delete_old()
        async with self.turns.database.write() as connection:
            await people.forget_updates(connection, now() - FORGET_UPDATES)
            await people.forget_idle(connection, now() - self.kept)
        async with self.turns.database.write() as connection:
            await self.turns.files.sweep(connection, (now() - SWEEP_FILES).timestamp())
        self.turns.committed.set()

    async def _remind(self) -> None:
        async with self.turns.database.write() as connection:
            for due in await drafts.silent(connection, now() - self.after, reminded=False):
                to = await people.best_address(connection, due.person, APPLICANT_CHANNELS)
                if not await drafts.reminded(connection, due.draft.id, now()) or not to:
                    continue
                said = reminder(due.draft.id, name_of(Open(due.draft, due.dialog, 0, due.started)))
                await outbox.put(
                    connection,
                    to,
                    due.person,
                    About(draft=due.draft.id),
                    said,
                    await people.locale_of(connection, due.person),
                    now(),
                )

    async def _delete_old(self) -> None:
        gone: set[str] = set()
        async with self.turns.database.write() as connection:
            for due in await drafts.silent(connection, now() - self.kept, reminded=True):
                gone |= await drafts.drop(connection, due.draft.id, now() - self.kept)
        async with self.turns.database.write() as connection:
            await self.turns.files.drop(connection, gone)
        await self.turns.database.wipe()
