"""Reminders: the tables say who is due. The timer is only a heartbeat; the schedule is in the rows."""

import logging
from datetime import timedelta
from itertools import groupby

from bot.operations.loops import beat, pause, within
from bot.turns.turns import Turns
from bot.worker.digest import Digest
from bot.worker.due import Deadlines
from bot.worker.retention import Retention
from dialogs.applicants.reminder import reminder
from dialogs.applicants.rooms import name_of
from dialogs.applicants.where import Open
from dialogs.language.channels import applicant_channels
from storage.cases import silent_drafts
from storage.database.sqlstate import kind
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people import people

log = logging.getLogger(__name__)
HEARTBEAT = 600
"""Seconds."""


class Reminders:
    """Reminds people of open drafts after a silence of `after` (never when it is zero), and has drafts deleted after `kept`
    (bot/worker/retention.py).

    It also does what falls due in cases; and at `digest_hour` (None for never) it tells contact persons what is waiting for them.
    """

    def __init__(self, turns: Turns, after: timedelta, kept: timedelta, digest_hour: int | None = None) -> None:
        self.turns, self.after = turns, after
        self.deadlines, self.digest = Deadlines(turns), Digest(turns, digest_hour)
        self.retention = Retention(turns, after, kept)

    @within(900)  # a look through all files takes as long as their disk does
    async def run(self) -> None:
        """Do what is due, once every HEARTBEAT, until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:  # the database is away: the rows wait
                log.error("reminders: %s", kind(error))
            await pause(HEARTBEAT)

    async def once(self) -> None:
        """Do everything that is due now. Trouble with one thing does not stop the others; the first error is raised at the end."""
        trouble: list[Exception] = []
        for due in (self.digest.once, self.deadlines.once, self._remind, self.retention.once):
            beat()
            try:
                await due()
            except Exception as error:
                trouble.append(error)
        self.turns.committed.set()
        if trouble:
            raise trouble[0]

    async def _remind(self) -> None:
        if not self.after:
            return
        before = self.turns.clock.now() - self.after
        async with self.turns.database.read() as connection:
            found = {due.draft.id for due in await silent_drafts.silent(connection, before)}
        if not found:
            return
        async with self.turns.database.write() as connection:
            silent = await silent_drafts.silent(connection, before, among=found)
            for id, writers in groupby(silent, key=lambda due: due.draft.id):
                if not await silent_drafts.reminded(connection, id, self.turns.clock.now()):
                    continue
                for due in writers:
                    to = await people.best_address(connection, due.person, applicant_channels())
                    said = reminder(id, name_of(Open(due.draft, due.dialog, 0, due.started)))
                    locale = await people.locale_of(connection, due.person)
                    if to:
                        about = About(draft=id)
                        await outbox.put(connection, to, due.person, about, said, locale, self.turns.clock.now())
