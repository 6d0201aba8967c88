"""Messages that are held in chats until a file has been fetched, then taken in order. Law: a download holds up its own chat, and nobody else's."""

import asyncio
import logging
from typing import Protocol

from bot.operations.loops import pause
from bot.settings.clock import Clock
from storage.database.database import Database
from storage.database.sqlstate import kind
from storage.database.trouble import passing
from storage.outbox import held_updates
from storage.outbox.held_updates import HeldUpdate
from storage.outbox.outbox import LEASE
from storage.people.people import Address

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Chats that this process works on at the same time, and so files that it fetches at once, 20 MB each."""
TRIES = 3
"""Times that a message may be begun and not finished, because of a crash or a fault of ours, before we give it up."""
PAUSES = (0.2, 1, 3, 5)
"""Seconds between attempts; the last value repeats."""
LOOK = 5.0
"""Seconds between looks for what a crash or another process left behind."""
PATIENCE = 30.0
"""Seconds that the database has to answer such a look."""
RENEW = LEASE.total_seconds() / 3


class Taker(Protocol):
    """Takes what was held. Both methods get everything held in a chat, in order, and return the ids of the first message and of all that belong to it."""

    async def take_held(self, waiting: list[HeldUpdate]) -> list[int]:
        """Take the first message. When this returns, it has been dealt with, durably; when it raises, the message may be taken again."""

    def give_up(self, waiting: list[HeldUpdate]) -> list[int]:
        """Apologise for the first message, which is not taken any more."""


class Holding:
    """What is held on one channel: each chat has a task, which works through it and ends when nothing is left."""

    def __init__(self, database: Database, clock: Clock, channel: str, taker: Taker) -> None:
        self.database, self.clock, self.channel, self.taker = database, clock, channel, taker
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        """Chats in which something more was held while their task was working."""

    async def run(self) -> None:
        """Pick up what a crash or another process left behind, until cancelled; at once where there can be no other process."""
        left_over = self.database.embedded
        try:
            while True:
                try:
                    async with asyncio.timeout(PATIENCE):
                        if left_over:
                            async with self.database.write() as connection:
                                await held_updates.run_out(connection, self.channel)
                            left_over = False
                        async with self.database.read() as connection:
                            chats = await held_updates.chats(connection, self.channel, self.clock.now())
                    for chat in chats:
                        self.begin(chat)
                except Exception as error:  # the database is away
                    log.error("%s: held: %s", self.channel, kind(error))
                await pause(LOOK)
        finally:
            await self.stop()

    def begin(self, chat: str) -> None:
        """Start on a chat in which something is now held."""
        if chat in self._tasks:
            self._again.add(chat)
        else:
            self._tasks[chat] = asyncio.create_task(self._go_through(chat))

    async def stop(self) -> None:
        """End what is in progress: it goes back, and the next process begins it again."""
        ending = list(self._tasks.values())
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self._tasks.clear()

    async def _go_through(self, chat: str) -> None:
        failures = 0
        try:
            while True:
                self._again.discard(chat)
                try:
                    async with self._slots:
                        more = await self._next(chat)
                    failures = 0
                except Exception as error:
                    log.warning("%s: what is held has to wait: %s", self.channel, kind(error))
                    await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
                    failures, more = failures + 1, True
                if not more and chat not in self._again:
                    return
        finally:
            self._tasks.pop(chat, None)

    async def _next(self, chat: str) -> bool:
        """Take the first thing that is held in a chat. Returns whether there was one, and no other process had it."""
        async with self.database.write() as connection:
            waiting = await held_updates.lease(connection, Address(self.channel, chat), self.clock.now())
        if not waiting:
            return False
        done = self.taker.give_up(waiting) if waiting[0].attempts > TRIES else await self._taken(waiting)
        async with self.database.write() as connection:
            await held_updates.drop(connection, done)
        return True

    async def _taken(self, waiting: list[HeldUpdate]) -> list[int]:
        first = waiting[0].id
        renewing = asyncio.create_task(self._renew(first))
        try:
            return await self._insisted(waiting)
        except BaseException as error:  # our own fault; or the end of this process, which does not count as an attempt
            async with self.database.write() as connection:
                await held_updates.give_back(connection, first, counted=isinstance(error, Exception))
            raise
        finally:
            renewing.cancel()

    async def _insisted(self, waiting: list[HeldUpdate]) -> list[int]:
        """Take the first message, however long the outside world (the database) is away."""
        failures = 0
        while True:
            try:
                return await self.taker.take_held(waiting)
            except Exception as error:
                if not passing(error):
                    raise
                log.warning("%s: what is held has to wait: %s", self.channel, kind(error))
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _renew(self, id: int) -> None:
        while True:
            await asyncio.sleep(RENEW)
            try:
                async with asyncio.timeout(RENEW), self.database.write() as connection:
                    await held_updates.renew(connection, id, self.clock.now())
            except Exception as error:  # the next heartbeat, once it is back, is enough
                log.warning("%s: held: %s", self.channel, kind(error))
