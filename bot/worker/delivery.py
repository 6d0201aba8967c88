"""Delivery: the only sender. Due outbox rows go to their carriers, in order for each address, up a ladder of retries."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.operations.loops import beat, pause
from bot.settings.clock import Clock
from bot.turns.line import Line
from bot.turns.notify import Notifier
from dialogs.language.channels import known
from storage.database.database import Database
from storage.database.sqlstate import kind
from storage.outbox import leases, outbox
from storage.outbox.leases import SUSPECT
from storage.outbox.outbox import LEASE, Post
from storage.people import people
from storage.people.people import Address

log = logging.getLogger(__name__)

LADDER = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600))
"""How long to wait after each failure. After the last rung the row has failed, and staff see it."""
HEARTBEAT = 0.5
"""Seconds between looks at the outbox when nothing signals that there is something new."""

MOST = 20
"""Roughly how many addresses of one channel are sent to at the same time."""
GRACE = 3
"""Seconds that posts on their way have to arrive when the process stops."""
GIVING_BACK = 3
"""Seconds that giving back what has not arrived may take then."""
RENEW = LEASE.total_seconds() / 3
"""Seconds after which a sender that is still at work renews its leases."""
RENEWING = RENEW
"""Seconds that one renewal may take."""

PATIENCE = 20.0
"""Seconds that the database has for one step."""
SETTLING = 90.0
"""Seconds of trying to write down how a post went. After that it is sent once more, when its lease ends."""
CARRYING = 600.0
"""Seconds after which a carrier counts as hung, so that no address is held for ever.
Every carrier has a limit of its own below this; the lease of its row, which is shorter, is renewed all the while.
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It has arrived, or there was nothing to do."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The carrier asks us to wait so many seconds. That does not count as a failure."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody can be reached at this address any more. `trouble` says why, without any text of the message."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work this time; with `final` it never will."""

    trouble: str
    final: bool = False


Outcome = Delivered | Wait | Gone | Failed


class Carrier(Protocol):
    """Brings a post to its address. It never raises for a fault of the outside world."""

    async def carry(self, post: Post) -> Outcome:
        """Send it and say how it went."""


class Delivery:
    """The worker. `carriers` are by channel (ValueError for an unknown channel); several workers may run at once on PostgreSQL.
    `notifier` redirects posts that reach nobody to mail; `line` writes down how posts went, many in one transaction.

    `deliver` sends at once what this process has just committed; `run` sends whatever else is due.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        carriers: dict[str, Carrier],
        committed: asyncio.Event,
        notifier: Notifier,
        line: Line,
    ) -> None:
        known(carriers)
        self.database, self.clock, self.carriers, self.committed = database, clock, carriers, committed
        self.notifier, self.line = notifier, line
        self._lines: dict[Address, deque[Post]] = {}
        """The posts in this process's hands, by address and in order; the first is on its way."""
        self._held: set[int] = set()
        """The rows in hand, until their outcome is written down."""
        self._suspects: set[int] = set()
        """Rows in hand that may crash this process; they are carried one at a time."""
        self._stuck: set[Address] = set()
        """Addresses where something did not arrive: what comes after it waits in the outbox for its turn."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._released = True
        """Whether the leases that a crash left behind have been released."""

    async def run(self) -> None:
        """Deliver until cancelled."""
        self._released = not self.database.embedded
        try:
            while True:
                self.committed.clear()
                try:
                    await self._release()
                    await self._begin()
                except Exception as error:  # the database is away, or its disk is full: wait for it
                    log.error("delivery: %s", kind(error))
                    await pause(2)
                beat()
                # Not wait_for: before Python 3.12 it can swallow a cancellation that meets its time-out.
                with suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT):
                        await self.committed.wait()
        finally:
            await self.stop()

    async def _release(self) -> None:
        """Release every lease, once, before this process has anything in hand: what is leased now was left by a crash."""
        if not self._released:
            async with asyncio.timeout(PATIENCE), self.database.write() as connection:
                await leases.run_out(connection)
            self._released = True

    async def stop(self) -> None:
        """End what is under way. What does not arrive within GRACE goes back, and the next process sends it again."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)
        ending, left = list(self._tasks), [post.id for line in self._lines.values() for post in line]
        for task in ending:
            task.cancel()
        if ending:
            await asyncio.wait(ending, timeout=GIVING_BACK)
        if left:
            try:
                async with asyncio.timeout(GIVING_BACK):
                    await self._give_back(left)
            except Exception as error:  # the database is away: they are free when their lease has run out
                log.error("delivery: not given back: %s", kind(error))

    def free(self, to: Address, waiting: set[int]) -> bool:
        """Whether a post put into the outbox now may be sent from here at once: all that is `waiting` there for this address is in hand."""
        if not waiting:
            self._stuck.discard(to)
        return self._released and to.channel in self.carriers and to not in self._stuck and waiting <= self._held

    def deliver(self, posts: list[Post]) -> None:
        """Begin to send posts that were leased to this process as they were put into the outbox."""
        if stuck := [post.id for post in posts if post.to in self._stuck]:
            self._begun(self._give_back(stuck))
        self._send([post for post in posts if post.to not in self._stuck], look_again=False)

    def _send(self, posts: list[Post], look_again: bool) -> None:
        """Begin to send, without waiting, so that a slow address holds up nobody else. With `look_again`, look for more posts when the sending ends."""
        for post in posts:
            self._held.add(post.id)
            if post.to in self._lines:
                self._lines[post.to].append(post)
                continue
            self._lines[post.to] = deque((post,))
            self._begun(self._go_through(post.to), look_again)

    def _begun(self, work: Coroutine[None, None, None], look_again: bool = True) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, look_again))

    async def once(self) -> int:
        """Send what is due now, all addresses side by side. Returns how many rows were tried."""
        async with self.database.write() as connection:
            posts = await self._lease(connection, tuple(self.carriers))
        self._leased(posts)
        await asyncio.gather(*self._tasks)
        return len(posts)

    def _leased(self, posts: list[Post]) -> None:
        self._stuck -= {post.to for post in posts}  # the first in line is on its way again
        self._send(posts, look_again=True)

    async def _begin(self) -> None:
        """Begin to send what is due."""
        while free := tuple(name for name in self.carriers if self._busy(name) < MOST):
            beat()
            async with asyncio.timeout(PATIENCE), self.database.write() as connection:
                posts = await self._lease(connection, free)
            if not posts:
                break
            self._leased(posts)

    async def _lease(self, connection: AsyncConnection, channels: tuple[str, ...]) -> list[Post]:
        self._suspects &= self._held
        posts = await leases.lease(connection, channels, self.clock.now(), LADDER, MOST, suspect=not self._suspects)
        self._suspects |= {post.id for post in posts if post.lost >= SUSPECT}
        return posts

    def _busy(self, channel: str) -> int:
        return sum(address.channel == channel for address in self._lines)

    def _ended(self, look_again: bool, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("delivery: %s", kind(error))
        if look_again:
            self.committed.set()

    async def _go_through(self, to: Address) -> None:
        """Send what is in hand for an address, one post after another. When one does not arrive, the rest go back."""
        line = self._lines[to]
        renewing: list[asyncio.Task[None]] = []
        timer = asyncio.get_running_loop().call_later(
            RENEW, lambda: renewing.append(asyncio.create_task(self._renew(line)))
        )
        try:
            while line:
                outcome = await self._outcome(line[0])
                if not isinstance(outcome, Delivered):
                    self._stuck.add(to)
                # Before the next one goes, so that a crash repeats one message here, not several.
                await self.settle(line.popleft(), outcome)
                if to in self._stuck:
                    break
        finally:
            timer.cancel()
            for task in renewing:
                task.cancel()
            del self._lines[to]
            self._held -= {post.id for post in line}
        if line:
            await self._give_back([post.id for post in line])

    async def _give_back(self, ids: list[int]) -> None:
        async with asyncio.timeout(PATIENCE), self.database.write() as connection:
            await leases.give_back(connection, ids)

    async def _outcome(self, post: Post) -> Outcome:
        try:
            async with asyncio.timeout(CARRYING):
                return await self.carriers[post.to.channel].carry(post)
        except TimeoutError:
            return Failed("too slow")
        except Exception as error:  # our own bug: it must not hold up the other rows
            log.error("carrier %s: %s", post.to.channel, kind(error))
            return Failed(f"our error: {kind(error)}")

    async def _renew(self, line: deque[Post]) -> None:
        """Renew the leases of the posts in hand every RENEW seconds, for as long as they are on their way."""
        while True:
            with suppress(Exception):  # the database is away; once it is back, the next renewal counts
                async with asyncio.timeout(RENEWING), self.database.write() as connection:
                    await leases.renew(connection, [post.id for post in line], self.clock.now())
            await asyncio.sleep(RENEW)

    async def settle(self, post: Post, outcome: Outcome) -> None:
        """Write down how a post went. If that fails, it is sent again when its lease ends."""
        try:
            async with asyncio.timeout(SETTLING):
                await self.line.do(self._settle_all, (post, outcome))
        finally:
            self._held.discard(post.id)

    async def _settle_all(self, connection: AsyncConnection, settling: list[tuple[Post, Outcome]]) -> list[None]:
        if arrived := [post for post, outcome in settling if isinstance(outcome, Delivered)]:
            await outbox.sent(connection, arrived, self.clock.now())
        for post, outcome in settling:
            await self._settle(connection, post, outcome)
        return [None] * len(settling)

    async def _settle(self, connection: AsyncConnection, post: Post, outcome: Outcome) -> None:
        match outcome:
            case Delivered():
                return
            case Wait(seconds=seconds):
                again = self.clock.now() + timedelta(seconds=seconds)
                await outbox.later(connection, post.id, again, "asked to wait", counted=False)
            case Gone(trouble=trouble):
                await people.unreachable(connection, post.to)
                if not await self.notifier.elsewhere(connection, post):
                    await outbox.failed(connection, post.id, trouble)
            case Failed(trouble=trouble, final=final):
                if final or post.attempts > len(LADDER):
                    log.warning("outbox row %d on %s failed for good: %s", post.id, post.to.channel, trouble)
                    await outbox.failed(connection, post.id, trouble)
                else:
                    await outbox.later(connection, post.id, self.clock.now() + LADDER[post.attempts - 1], trouble)
