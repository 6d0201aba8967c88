"""Places in which papers are made: a few, given in the order of asking, and room for finished papers until they are fetched."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

AT_ONCE = 1
"""Papers made at the same time in places of one kind."""
AGAIN = 5
"""Seconds after which somebody who was told to wait may ask again."""
ROOM = 2_000_000_000
"""Bytes of finished papers that may be on the disk at the same time; a larger one may be there alone."""
SMALL = 5_000_000
"""Bytes. A few hundred such papers make a gigabyte, and only one is made at a time."""


class Busy(Exception):
    """Not now: another paper of this person is under way, or too many of others'. They may ask again in so many `seconds`."""

    def __init__(self, seconds: int = AGAIN) -> None:
        super().__init__(f"again in {seconds} seconds")
        self.seconds = seconds


class Places:
    """Places of one kind, and the room for the papers made in them."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._lying = 0

    @asynccontextmanager
    async def one(self, patience: float) -> AsyncIterator[None]:
        """A place, while the context lasts. Busy when none becomes free within `patience` seconds."""
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
        """Check that there is room for `size` more bytes: Busy when not. Anything up to SMALL always fits."""
        if size > SMALL and self._lying and self._lying + size > ROOM:
            raise Busy

    @contextmanager
    def lies(self, size: int) -> Iterator[None]:
        """Count these bytes as lying on the disk while the context lasts."""
        self._lying += size
        try:
            yield
        finally:
            self._lying -= size
