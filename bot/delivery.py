"""Delivery: the only sender. Due outbox rows go to their carriers, in order for each address, up a ladder of retries."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from bot.clock import now
from bot.telling import Telling
from dialogs.standing import House
from storage import outbox, people
from storage.database import Database
from storage.outbox import LEASE, Post

log = logging.getLogger(__name__)

LADDER = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600))
"""How long to wait after each failure; after the last rung the row has failed, and staff sees it."""
HEARTBEAT = 0.5
"""Seconds between looks at the outbox when nobody says that there is something new."""

MOST = 20
"""Addresses of one channel that are written to at the same time, about."""
Sending = dict[asyncio.Task[None], str]
"""What is under way, and on which channel."""
RENEW = LEASE.total_seconds() / 3
"""Seconds between the signs of life of a sender that is still at it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It has arrived, or there was nothing to do."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The carrier asks for patience: seconds, counted as no failure."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody is reached at this address any more. `trouble` says how, without any text of the message."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work this time; with `final` it never will."""

    trouble: str
    final: bool = False


Outcome = Delivered | Wait | Gone | Failed


class Carrier(Protocol):
    """Brings a post to its address. It never raises for what the world does."""

    async def carry(self, post: Post) -> Outcome:
        """Send it and say how it went."""


class Delivery:
    """The worker. `carriers` by channel; several workers may run at once on PostgreSQL. Without `telling` nothing turns to mail on its way."""

    def __init__(
        self,
        database: Database,
        carriers: dict[str, Carrier],
        committed: asyncio.Event,
        telling: Telling | None = None,
    ) -> None:
        self.database, self.carriers, self.committed = database, carriers, committed
        self.telling = telling or Telling(House({}, ""), lambda _reference: "", mails=False)

    async def run(self) -> None:
        """Deliver until cancelled."""
        if self.database.embedded:
            async with self.database.write() as connection:
                await outbox.release(connection)
        sending: Sending = {}
        try:
            while True:
                self.committed.clear()
                try:
                    await self._begin(sending)
                except Exception as error:  # the database is away: wait for it
                    log.error("delivery: %s", type(error).__name__)
                    await asyncio.sleep(2)
                # Not wait_for: before Python 3.12 it can swallow a cancellation that meets its time-out.
                with suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT):
                        await self.committed.wait()
        finally:
            ending = list(sending)
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _begin(self, sending: Sending) -> None:
        """Begin to send what is due, and wait for none of it: a slow address holds up nobody else."""
        while free := tuple(name for name in self.carriers if list(sending.values()).count(name) < MOST):
            async with self.database.write() as connection:
                posts = await outbox.lease(connection, free, now())
            if not posts:
                break
            for post in posts:
                task = asyncio.create_task(self._deliver(post))
                sending[task] = post.to.channel
                task.add_done_callback(partial(self._ended, sending))

    def _ended(self, sending: Sending, task: asyncio.Task[None]) -> None:
        del sending[task]
        if not task.cancelled() and (error := task.exception()):  # not written down: it is sent again after its lease
            log.error("delivery: %s", type(error).__name__)
        self.committed.set()

    async def once(self) -> int:
        """Send what is due now, addresses side by side. How many rows were tried."""
        async with self.database.write() as connection:
            posts = await outbox.lease(connection, tuple(self.carriers), now())
        await asyncio.gather(*(self._deliver(post) for post in posts))
        return len(posts)

    async def _deliver(self, post: Post) -> None:
        try:
            outcome = await self._carried(post)
        except Exception as error:  # our own bug: it must not hold up the other rows
            log.error("carrier %s: %s", post.to.channel, type(error).__name__)
            outcome = Failed(f"our error: {type(error).__name__}")
        await self.settle(post, outcome)

    async def _carried(self, post: Post) -> Outcome:
        carrying = asyncio.ensure_future(self.carriers[post.to.channel].carry(post))
        try:
            while not (await asyncio.wait({carrying}, timeout=RENEW))[0]:
                async with self.database.write() as connection:
                    await outbox.renew(connection, post.id, now())
            return carrying.result()
        finally:
            carrying.cancel()

    async def settle(self, post: Post, outcome: Outcome) -> None:
        """Write down how it went."""
        async with self.database.write() as connection:
            match outcome:
                case Delivered():
                    await outbox.sent(connection, post.id)
                case Wait(seconds=seconds):
                    await outbox.later(
                        connection, post.id, now() + timedelta(seconds=seconds), "asked to wait", counted=False
                    )
                case Gone(trouble=trouble):
                    await people.unreachable(connection, post.to)
                    if not await self.telling.elsewhere(connection, post):
                        await outbox.failed(connection, post.id, trouble)
                case Failed(trouble=trouble, final=final):
                    if final or post.attempts > len(LADDER):
                        log.warning("outbox row %d on %s failed for good: %s", post.id, post.to.channel, trouble)
                        await outbox.failed(connection, post.id, trouble)
                    else:
                        await outbox.later(connection, post.id, now() + LADDER[post.attempts - 1], trouble)
