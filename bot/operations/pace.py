"""The pace at which files are taken in, so that a disk that writes them still has time for what people write."""

import asyncio
import math
import time
from collections.abc import Callable


class Pace:
    """So many bytes a second for all together, and the bytes of AHEAD seconds at once."""

    AHEAD = 2.0

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._clock = rate, clock
        self._through = -math.inf
        """When everything that was let through so far would have gone through at this rate."""

    def wait(self, size: int) -> float:
        """So many bytes more go through. The seconds that they have to wait for it."""
        now = self._clock()
        self._through = max(self._through, now - self.AHEAD) + size / self.rate
        return max(0.0, self._through - now)

    async def keep(self, size: int) -> None:
        """Wait until so many bytes more may go through."""
        if wait := self.wait(size):
            await asyncio.sleep(wait)
