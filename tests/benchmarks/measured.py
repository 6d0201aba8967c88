"""What was measured: rounds of everybody side by side, and of each thing the median."""

import gc
import statistics
import time
from dataclasses import dataclass

from tests.benchmarks.contender import Contender
from tests.benchmarks.crowd import Crowd

RAMP = 0.4
"""Seconds that a crowd talks before it is measured."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One contender in one round: updates a second, milliseconds to the answer, microseconds of CPU an update; ours is what the driver used of its core."""

    rate: float
    p50: float
    p99: float
    cpu: float
    driver: float


async def sample(contender: Contender, crowd: Crowd, seconds: float) -> Sample:
    """Let the crowd talk for so long, and measure."""
    gc.collect()
    gc.disable()
    await crowd.begin()
    await crowd.wait(RAMP)
    crowd.latencies.clear()
    begun, used, driven = time.perf_counter(), contender.cpu(), time.process_time()
    await crowd.wait(seconds)
    taken, latencies = time.perf_counter() - begun, sorted(crowd.latencies)
    used, driven = contender.cpu() - used, time.process_time() - driven
    await crowd.pause()
    gc.enable()
    count = max(1, len(latencies))
    p50, p99 = (latencies[int(count * share)] * 1000 if latencies else 0.0 for share in (0.5, 0.99))
    return Sample(len(latencies) / taken, p50, p99, used / count * 1e6, driven / taken)


def median(samples: list[Sample]) -> Sample:
    """Of each thing its own median."""
    return Sample(*(statistics.median(getattr(one, name) for one in samples) for name in Sample.__slots__))


def ratio(these: list[Sample], those: list[Sample], of: str = "rate") -> float:
    """The median of the rounds' own ratios: what slows one round slows both."""
    return statistics.median(float(getattr(a, of) / getattr(b, of)) for a, b in zip(these, those, strict=True))
