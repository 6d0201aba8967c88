"""Places in which papers are made: a few, in the order in which people ask, and room for what lies there until it is fetched."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

AT_ONCE = 1
"""Papers that are made at the same time in places of one kind."""
AGAIN = 5
"""Seconds after which whoever was told to wait may ask again."""
ROOM = 2_000_000_000
"""Bytes of finished papers that may lie on the disk at the same time; one that is larger may lie there alone."""
SMALL = 5_000_000
"""Bytes; a few hundred of them make a gigabyte, and one at a time is made."""


class Busy(Exception):
    """Not now: another paper of theirs is under way, or too many of others'. They may ask again in so many `seconds`."""

    def __init__(self, seconds: int = AGAIN) -> None:
        super().__init__(f"again in {seconds} seconds")
        self.seconds = seconds


class Places:
    """Places of one kind, and the room for what comes of them."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._lying = 0

    @asynccontextmanager
    async def one(self, patience: float) -> AsyncIterator[None]:
        """A place, as long as the context lasts. Busy when none gets free within `patience` seconds."""
        if self._free.locked() and not patience:
            raise Busy
        try:
            async with asyncio.timeout(patience or None):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            yield
        finally:
            self._free.release()

    def fits(self, size: int) -> None:
        """Busy when so many bytes more are too much now. What is SMALL always fits."""
        if size > SMALL and self._lying and self._lying + size > ROOM:
            raise Busy

    @contextmanager
    def lies(self, size: int) -> Iterator[None]:
        """So many bytes lie there, as long as the context lasts."""
        self._lying += size
        try:
            yield
        finally:
            self._lying -= size
