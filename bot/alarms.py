"""Alarms: administrators are told when messages do not get through, and when a fault of ours kept us from dealing with one, or ended the program."""

import asyncio
import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

from bot import metrics
from bot.clock import now
from bot.delivery import LADDER
from bot.turns import Turns
from dialogs.desk.alarms import TELEGRAM, failed, lost, room, undelivered
from dialogs.replies import Tell
from storage import leases, outbox, staff
from storage.alarms import to_be_told
from storage.backlog import backlog, waits
from storage.outbox import About
from storage.people import Address
from storage.sqlstate import kind

log = logging.getLogger(__name__)
HEARTBEAT = 60
"""Seconds. The first one passes before the first look, so that what lay there while nothing ran can go."""
Kind = Literal["room", "undelivered", "failed", "lost"]


class Alarms:
    """Runs in every process; together they tell of one kind once an hour (storage/alarms.py).

    `after` is how long something may be due and not be delivered. `email` gets every alarm as well, in Swedish; "" for nobody.
    Alarms wait for no quiet hours.
    """

    def __init__(self, turns: Turns, after: timedelta, email: str = "") -> None:
        self.turns, self.after, self.email = turns, after, email
        self._failures = metrics.failures()

    async def run(self) -> None:
        """Look once a minute until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self.once()
            except Exception as error:  # the database is away: /readyz says so
                log.error("alarms: %s", kind(error))

    async def once(self) -> None:
        """Look whether anything is wrong now, and tell of it."""
        at, queue = now(), self.turns.telling.link("").rstrip("/")
        async with self.turns.database.read() as connection:
            lying, given_up = await backlog(connection, at, LADDER), await leases.given_up(connection)
        ages = {one.channel: timedelta(seconds=one.seconds) for one in lying if one.due}
        since = {channel: at - age for channel, age in ages.items() if age > self.after}
        troubled = since.keys() | (TELEGRAM if TELEGRAM & since.keys() else ())
        if since:
            log.error("alarm: messages do not get through on %s", ", ".join(sorted(since)))
            await self._alarm("undelivered", undelivered(since, queue), troubled, at)
        if given_up:
            log.error("alarm: the senders of %d messages never came back", given_up)
            await self._alarm("lost", lost(queue), troubled, at)
        if await self.turns.uploads.quotas.nearly_full():
            log.error("alarm: there is hardly any room left for files")
            await self._alarm("room", room(queue), troubled, at)
        failures = metrics.failures()
        if failures > self._failures:
            log.error("alarm: %d messages could not be dealt with", failures - self._failures)
            await self._alarm("failed", failed(queue), troubled, at)
            self._failures = failures  # not before it is told: when that fails, the next beat tells of it

    async def _alarm(self, kind: Kind, said: Tell, troubled: Collection[str], at: datetime) -> None:
        """Tell whoever is to know, unless somebody did so within the hour."""
        metrics.alarmed(kind)
        telling = self.turns.telling
        async with self.turns.database.write() as connection:
            if not await to_be_told(connection, kind, at):
                return
            if kind == "lost":
                await leases.told(connection)
            for one in await staff.active(connection):
                if one.administrator:
                    await telling.to_colleague(connection, one, said, at, troubled=troubled)
            to = Address("mail", self.email)
            if self.email and telling.mails and not await waits(connection, to, said):
                await outbox.put(connection, to, None, About(), said, "sv", at)
        self.turns.committed.set()
