"""Rounds: everybody is measured in each, one after the other, so that what slows a round slows all of them."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bare_bot_api import BareBotApi
from tests.benchmarks.contender import Entry
from tests.benchmarks.crowd import Stuck
from tests.benchmarks.interview import interview
from tests.benchmarks.measured import Alone, Sample, Talk, interval, median, ratio
from tests.benchmarks.steps import write

WARM_UP = 1.0
"""Seconds of talk before the first round."""


@dataclass
class Found:
    """What was found of one contender: a sample a round, seconds from a cold start to the first answer, megabytes a process in the end."""

    samples: list[Sample] = field(default_factory=list)
    start: float = 0
    memory: float = 0


Results = dict[str, Found]


def measure(chosen: list[Entry], count: int, seconds: float, said: Callable[[str], None] = print) -> Results:
    """Everybody starts; then in each of `count` rounds each is measured for so long, while the others are idle."""
    return asyncio.run(_measured(chosen, count, seconds, said))


async def _measured(chosen: list[Entry], count: int, seconds: float, said: Callable[[str], None]) -> Results:
    api, steps = BareBotApi(), await asyncio.to_thread(interview)
    await api.start()
    results: Results = {entry.name: Found() for entry in chosen}
    running: list[Talk | Alone] = []
    with tempfile.TemporaryDirectory() as folder:
        write(steps, Path(folder) / "interview.json")
        try:
            for entry in chosen:
                running.append(Alone(entry) if entry.alone else Talk(entry, api, Path(folder), steps))
                results[entry.name].start = await running[-1].start()
                await running[-1].sample(WARM_UP)
            for number in range(count):
                # There and back: who comes after whom must not count.
                for one in running if number % 2 == 0 else reversed(running):
                    sample = await one.sample(seconds)
                    results[one.entry.name].samples.append(sample)
                    said(f"round {number + 1}: {one.entry.name:<19} {line(sample)}")
            for one in running:
                results[one.entry.name].memory = one.memory()
        except Stuck as stuck:
            stuck.add_note("\n".join(f"{one.entry.name}: {one.log()}" for one in running))
            raise
        finally:
            await asyncio.gather(*(one.stop() for one in running))
            await api.stop()
    return results


def line(one: Sample) -> str:
    """A sample to be read."""
    return (
        f"{one.rate:6.0f} updates/s   p50 {one.p50:7.2f} ms   p99 {one.p99:7.2f} ms   CPU {one.cpu:6.0f} µs an update"
        f"   driver's core {one.driver:4.0%}"
    )


def table(results: Results, floor: str) -> str:
    """Medians, and of each contender its ratios to the floor, if that was there."""
    lines = []
    for name, found in results.items():
        against = ""
        if floor in results:
            rates, cpu = (ratio(found.samples, results[floor].samples, of) for of in ("rate", "cpu"))
            against = f"   {rates:5.2f} x {floor}, CPU {cpu:5.2f} x"
        lines.append(f"{name:<19} {line(median(found.samples))}{against}")
    return "\n".join(lines)


def against(results: Results, these: str, those: str) -> str:
    """What a change has cost, in per cent, with the interval in which that lies with 95 %."""
    lines = []
    for of, what in (("cpu", "CPU an update"), ("rate", "updates a second"), ("p50", "time to the answer")):
        pair = results[these].samples, results[those].samples
        low, high = interval(*pair, of)
        lines.append(
            f"{these} against {those}: {what} {ratio(*pair, of) - 1:+.1%} ({low - 1:+.1%} to {high - 1:+.1%}), {len(pair[0])} rounds"
        )
    return "\n".join(lines)
