"""Contenders while they are measured, and what is measured of them."""

import asyncio
import gc
import json
import math
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bare_bot_api import BareBotApi
from tests.benchmarks.contender import ROOT, THEIRS, Contender, Entry
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.steps import Step

DRAWS = 10_000
RAMP = 0.4
"""Seconds that a crowd talks before it is measured."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One contender in one round: updates a second, milliseconds to the answer, microseconds of CPU an update; what share of its core the driver used."""

    rate: float
    p50: float
    p99: float
    cpu: float
    driver: float


class Talk:
    """A contender, and the crowd that talks to it."""

    def __init__(self, entry: Entry, api: BareBotApi, folder: Path, steps: list[Step]) -> None:
        self.entry = entry
        self.contender = Contender(entry, api, folder / entry.name, folder / "interview.json")
        self.crowd = Crowd(self.contender.account, steps, entry.echoes)

    async def start(self) -> float:
        """Start it cold. Seconds until the first person has the first answer."""
        begun = time.perf_counter()
        await self.contender.start()
        await self.crowd.first()
        return time.perf_counter() - begun

    async def sample(self, seconds: float) -> Sample:
        """Let the crowd talk for so long, and measure."""
        crowd, contender = self.crowd, self.contender
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

    def memory(self) -> float:
        """Megabytes a process."""
        return self.contender.memory()

    def log(self) -> str:
        """What it has said, in the end."""
        return self.contender.log()

    async def stop(self) -> None:
        """End its processes."""
        await self.contender.stop()


class Alone:
    """A floor of storage: a program that measures itself."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    async def start(self) -> float:
        """Nothing to start."""
        return 0.0

    async def sample(self, seconds: float) -> Sample:
        """Run it for so long."""
        environment = os.environ | dict(self.entry.settings) | {"SECONDS": str(seconds), "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self.entry.command,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            preexec_fn=lambda: os.sched_setaffinity(0, THEIRS),
        )
        said, _nothing = await process.communicate()
        return Sample(**json.loads(said))

    def memory(self) -> float:
        """Not asked for."""
        return 0.0

    def log(self) -> str:
        """It keeps none."""
        return ""

    async def stop(self) -> None:
        """It has ended."""


def median(samples: list[Sample]) -> Sample:
    """Of each thing its own median."""
    return Sample(*(statistics.median(getattr(one, name) for one in samples) for name in Sample.__slots__))


def ratio(these: list[Sample], those: list[Sample], of: str = "rate") -> float:
    """The median of the rounds' own ratios: what slows one round slows both. A round in which somebody got no answer at all says nothing;
    NaN when all are such.
    """
    ratios = _ratios(these, those, of)
    return statistics.median(ratios) if ratios else math.nan


def interval(these: list[Sample], those: list[Sample], of: str = "rate") -> tuple[float, float]:
    """Where that median lies with 95 %, by drawing the rounds anew (percentile bootstrap, always the same draws). NaN when no round says anything."""
    ratios, dice = _ratios(these, those, of), random.Random(DRAWS)
    if not ratios:
        return math.nan, math.nan
    drawn = sorted(statistics.median(dice.choices(ratios, k=len(ratios))) for _draw in range(DRAWS))
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


def _ratios(these: list[Sample], those: list[Sample], of: str) -> list[float]:
    pairs = [(a, b) for a, b in zip(these, those, strict=True) if a.rate and b.rate]
    return [float(getattr(a, of) / getattr(b, of)) for a, b in pairs]
