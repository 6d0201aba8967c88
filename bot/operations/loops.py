"""Loops: what a process does for as long as it runs.
Law: a loop that hangs is started anew; a loop that fails, says so and tries again does not hang.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import TypeVar

from bot.operations import metrics

log = logging.getLogger(__name__)
LIMIT = 60.0
"""Seconds without a beat after which a loop counts as hung, unless it says otherwise (`within`)."""
LOOK = 1.0
"""Seconds between two looks at each loop."""
PATIENCE = 10.0
"""Seconds that a hung loop has to let go of what it holds."""
PAUSES = (1.0, 5.0, 15.0, 30.0)
"""Seconds before a loop is started anew, longer the more often it has ended in a row; the last value stays."""
STEADY = 60.0
"""Seconds that a restarted loop has to run for its earlier ends to be forgotten."""
OFTEN = 3
"""Ends in a row after which a loop that is started again and again counts as hung, too."""
BREATH = 5.0
"""The most seconds between the beats of a loop that sleeps."""

Work = Callable[[], Awaitable[None]]
Limited = TypeVar("Limited", bound=Callable[..., Awaitable[None]])
_current: ContextVar["Loop | None"] = ContextVar("loop", default=None)


def within(seconds: float) -> Callable[[Limited], Limited]:
    """Declares on a loop how many seconds it may go without a beat: more than its longest step when all is well."""

    def declared(work: Limited) -> Limited:
        work.limit = seconds  # type: ignore[attr-defined]
        return work

    return declared


def beat() -> None:
    """The calling loop has gone round, or is making progress with something long. Outside a loop this does nothing."""
    if loop := _current.get():
        loop.beat()


async def pause(seconds: float) -> None:
    """Sleep in a loop that does not count as hung meanwhile, since it goes on beating."""
    while True:
        beat()
        await asyncio.sleep(min(seconds, BREATH))
        seconds -= BREATH
        if seconds <= 0:
            return


@contextmanager
def resting(rests: bool = True) -> Iterator[None]:
    """Within this context the loop may wait as long as it takes, such as for its turn, and misses no beat. Inside it, `resting(False)` is work again."""
    loop = _current.get()
    before = loop.rests if loop else False
    try:
        if loop:
            loop.rests = rests
            loop.beat()
        yield
    finally:
        if loop:
            loop.rests = before


class Stuck(Exception):
    """A loop hangs, and does not even end when it is cancelled: only another process can help."""


class Loop:
    """One watched loop. `work` goes on for ever; what it leaves undone when it is cancelled, it finds again."""

    def __init__(self, name: str, work: Work) -> None:
        self.name, self.limit = name, float(getattr(work, "limit", LIMIT))
        self.rests = False
        """Whether it may wait without a beat."""
        self.silent = 0.0
        """Seconds since its last beat, counted in our looks: a machine that slept, or a process that was stopped, does not count as hung."""
        self._work, self._ends, self._stood = work, 0, False
        metrics.loop(name, lambda: self.silent)

    @property
    def stands(self) -> bool:
        """Whether it hangs: it has not gone round for too long, or ends again and again."""
        return self._stood or self._ends >= OFTEN

    def beat(self) -> None:
        """Note that it has gone round."""
        self.silent, self._stood = 0.0, False

    async def keep(self) -> None:
        """Run it until cancelled, and start it anew when it ends or hangs. Raises Stuck."""
        while True:
            context = copy_context()
            context.run(_current.set, self)
            self.silent, self.rests = 0.0, False
            going = asyncio.create_task(_run(self._work), name=self.name, context=context)
            try:
                stood = await self._until_it_stands(going)
                going.cancel()
                if stood and not (await asyncio.wait({going}, timeout=PATIENCE))[0]:
                    log.critical("%s stands, and does not end when it is told to", self.name)
                    raise Stuck(self.name)
            except asyncio.CancelledError:
                going.cancel()
                await asyncio.wait({going})
                raise
            metrics.restarted(self.name)
            if stood:
                log.error("%s stood for %d seconds, and is started anew", self.name, self.silent)
            else:
                await self._after_its_end(going)

    async def _until_it_stands(self, going: asyncio.Task[None]) -> bool:
        """Watch the loop. True when it hangs, False when it has ended."""
        looks = 0
        while not going.done():
            if not (await asyncio.wait({going}, timeout=LOOK))[0]:
                looks += 1
                self._ends = 0 if looks * LOOK > STEADY else self._ends
                self.silent = 0.0 if self.rests else self.silent + LOOK
                if self.silent > self.limit:
                    self._stood = True
                    return True
        return False

    async def _after_its_end(self, ended: asyncio.Task[None]) -> None:
        error = None if ended.cancelled() else ended.exception()
        log.error("%s ended, and is started anew: %s", self.name, type(error).__name__, exc_info=error)
        await asyncio.sleep(PAUSES[min(self._ends, len(PAUSES) - 1)])
        self._ends += 1


async def _run(work: Work) -> None:
    await work()
