"""Alarms: administrators are told when messages do not get through, and when a fault of ours kept us from dealing with one, or ended the program."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal

from bot.operations import metrics
from bot.operations.loops import beat, pause, within
from bot.turns.turns import Turns
from bot.worker.delivery import LADDER
from bot.worker.outcome import Carrier
from bot.worker.past_the_outbox import Straight
from dialogs.desk.alarms import away, failed, lost, room, undelivered
from dialogs.language.channels import MAIL, of_their_networks
from dialogs.language.replies import Tell
from storage.database.sqlstate import kind
from storage.outbox import leases, outbox
from storage.outbox.alarms import EVERY, TELLING, can_be_told, not_told, to_be_told, told
from storage.outbox.backlog import Backlog, backlog, waits
from storage.outbox.outbox import About, Outgoing
from storage.people import staff
from storage.people.people import Address

log = logging.getLogger(__name__)
HEARTBEAT = 60
"""Seconds. The first look comes one heartbeat after the start, so that what piled up while nothing ran can go out."""
PATIENCE = 30.0
"""Seconds that the database has for one step."""
AlarmKind = Literal["room", "undelivered", "failed", "lost"]


class Alarms:
    """Tells administrators of trouble. It runs in every process; together they report each kind once an hour (storage/outbox/alarms.py).

    `after` is how long something may be due and undelivered, or the database be away. `email` gets every alarm as well,
    in Swedish; "" for nobody. `runbook` is the address of the page that says what to do. `carriers` are this process's own, by channel,
    for what must not wait in the outbox.
    Alarms do not wait for the end of quiet hours.
    """

    def __init__(
        self,
        turns: Turns,
        after: timedelta,
        email: str = "",
        carriers: Mapping[str, Carrier] | None = None,
        *,
        runbook: str = "",
    ) -> None:
        self.turns, self.after, self.email, self.runbook = turns, after, email, runbook
        self._straight = Straight(carriers or {})
        self._failures = metrics.failures()
        self._answered = turns.clock.passed()
        """When the database last answered, and (`_told_away`) when this process last reported that it does not."""
        self._told_away: float | None = None

    @within(400)  # two ways for each alarm, and the database's patience at every step
    async def run(self) -> None:
        """Look once a minute until cancelled."""
        while True:
            await pause(HEARTBEAT)
            try:
                await self.once()
            except Exception as error:  # the database is away: /readyz says so
                log.error("alarms: %s", kind(error))
                await self.without_database()

    async def once(self) -> None:
        """Look for anything that is wrong now, and report it."""
        at, queue = self.turns.clock.now(), self.turns.notifier.link("").rstrip("/")
        lying, given_up = await self._found(at)
        ages = {one.channel: timedelta(seconds=one.seconds) for one in lying if one.due}
        since = {channel: at - age for channel, age in ages.items() if age > self.after}
        troubled = of_their_networks(since)
        if since:
            log.error("alarm: messages do not get through on %s", ", ".join(sorted(since)))
            await self._past_the_outbox(undelivered(since, queue, self.runbook), troubled, at)
        if given_up:
            log.error("alarm: the senders of %d messages never came back", given_up)
            await self._alarm("lost", lost(queue, self.runbook), troubled, at)
        if await self.turns.uploads.quotas.nearly_full():
            log.error("alarm: there is hardly any room left for files")
            await self._alarm("room", room(queue, self.runbook), troubled, at)
        failures = metrics.failures()
        if failures > self._failures:
            log.error("alarm: %d messages could not be dealt with", failures - self._failures)
            await self._alarm("failed", failed(queue, self.runbook), troubled, at)
            self._failures = failures  # only once it is reported: if that fails, the next beat reports it

    async def _found(self, at: datetime) -> tuple[list[Backlog], int]:
        async with asyncio.timeout(PATIENCE), self.turns.database.write() as connection:
            await can_be_told(connection)
            found = await backlog(connection, at, LADDER), await leases.given_up(connection)
        self._answered, self._told_away = self.turns.clock.passed(), None
        return found

    async def without_database(self) -> None:
        """Tell `email`, once an hour, that this process could not read and write for longer than `after`. Mail alone needs no database."""
        present = self.turns.clock.passed()
        silent = timedelta(seconds=present - self._answered)
        recently = self._told_away is not None and present - self._told_away < EVERY.total_seconds()
        if silent <= self.after or recently or not self.email:
            return
        log.error("alarm: no database for %d seconds", silent.total_seconds())
        metrics.alarmed("database")
        at = self.turns.clock.now()
        if await self._straight.send([[self._on_duty(away(at - silent, self.runbook))]], at):
            self._told_away = present

    async def _past_the_outbox(self, said: Tell, troubled: Collection[str], at: datetime) -> None:
        """Report that the outbox does not get through, unless some process did so within the hour, or is about to.
        If nobody is reached, the next process to look reports it.
        """
        metrics.alarmed("undelivered")
        async with asyncio.timeout(PATIENCE), self.turns.database.write() as connection:
            if not await to_be_told(connection, "undelivered", at, TELLING):
                return
            people = [
                await self.turns.notifier.past_the_outbox(connection, one, said, troubled)
                for one in await staff.active(connection)
                if one.administrator
            ]
        reached = await self._straight.send(people, at)
        on_duty = self._on_duty(said)
        if self.email and on_duty.to not in reached:
            reached |= await self._straight.send([[on_duty]], at)
        async with asyncio.timeout(PATIENCE), self.turns.database.write() as connection:
            if reached:
                await told(connection, "undelivered", at)
            else:
                await not_told(connection, "undelivered")

    def _on_duty(self, said: Tell) -> Outgoing:
        return Outgoing(Address(MAIL.name, self.email), None, About(), said, "sv")

    async def _alarm(self, kind: AlarmKind, said: Tell, troubled: Collection[str], at: datetime) -> None:
        """Tell everybody who should know, unless some process did so within the hour."""
        beat()
        metrics.alarmed(kind)
        notifier = self.turns.notifier
        async with asyncio.timeout(PATIENCE), self.turns.database.write() as connection:
            if not await to_be_told(connection, kind, at):
                return
            if kind == "lost":
                await leases.told(connection)
            for one in await staff.active(connection):
                if one.administrator:
                    await notifier.to_colleague(connection, one, said, at, troubled=troubled)
            to = Address(MAIL.name, self.email)
            if self.email and notifier.mails and not await waits(connection, to, said):
                await outbox.put(connection, to, None, About(), said, "sv", at)
        self.turns.committed.set()
