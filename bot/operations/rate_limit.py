"""Floods: somebody who sends too much too fast is slowed down, and nobody else is."""

import time
from collections.abc import Callable
from dataclasses import dataclass

FORGET_ABOVE = 10_000
"""Buckets. Above this number the full ones are forgotten, since they say nothing; the next time is when there are twice as many as were left."""


@dataclass(slots=True)
class Bucket:
    """How many acts somebody has left, and when that was counted (seconds of a monotonic clock)."""

    left: float
    at: float


class RateLimit:
    """A bucket for each name: `burst` acts at once, and `rate` more a second."""

    def __init__(self, burst: int, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.rate, self.clock = burst, rate, clock
        self.buckets: dict[str, Bucket] = {}
        self._most = FORGET_ABOVE

    def wait(self, name: str, cost: float = 1) -> float:
        """Count an act of `name` that costs `cost`. Returns 0 when it may go on, otherwise the seconds until it may."""
        now = self.clock()
        bucket = self.buckets.setdefault(name, Bucket(self.burst, now))
        bucket.left, bucket.at = self._refilled(bucket, now), now
        if len(self.buckets) > self._most:
            self.buckets = {other: one for other, one in self.buckets.items() if self._refilled(one, now) < self.burst}
            self._most = max(FORGET_ABOVE, 2 * len(self.buckets))
        if bucket.left < cost:
            return (cost - bucket.left) / self.rate
        bucket.left -= cost
        return 0.0

    def turn(self, name: str, most: float) -> float:
        """Count one act of `name` that waits for its turn. Returns the seconds until then; above `most` it was not counted and may not go on."""
        wait = self.wait(name)
        if not 0 < wait <= most:
            return wait
        self.buckets[name].left -= 1
        return wait

    def _refilled(self, bucket: Bucket, now: float) -> float:
        return min(float(self.burst), bucket.left + (now - bucket.at) * self.rate)
