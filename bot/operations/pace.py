"""The pace at which files are taken in, so that the disk that writes them still has time for what people write."""

import asyncio
import math
import time
from collections.abc import Callable


class Pace:
    """Lets `rate` bytes a second through for all callers together, and at once as many as fit into AHEAD seconds."""

    AHEAD = 2.0

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._clock = rate, clock
        self._through = -math.inf
        """When everything let through so far would have gone through at this rate."""

    def wait(self, size: int) -> float:
        """Count `size` more bytes that go through. Returns the seconds that they have to wait."""
        now = self._clock()
        self._through = max(self._through, now - self.AHEAD) + size / self.rate
        return max(0.0, self._through - now)

    async def keep(self, size: int) -> None:
        """Wait until `size` more bytes may go through."""
        if wait := self.wait(size):
            await asyncio.sleep(wait)
