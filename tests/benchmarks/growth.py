"""Memory over a long day: python -m tests.benchmarks.growth --updates 1000000. Interviews without a break, and megabytes a process on the way."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.benchmarks.bare_bot_api import BareBotApi
from tests.benchmarks.contender import Entry
from tests.benchmarks.entries import entries
from tests.benchmarks.grounds import Grounds
from tests.benchmarks.interview import interview
from tests.benchmarks.measured import Talk
from tests.benchmarks.steps import write

LOOKS = 20
"""Times that memory is looked at."""


def grown(entry: Entry, updates: int) -> list[tuple[int, float]]:
    """So many updates; how many had been answered, and megabytes a process, at the start and LOOKS times on the way."""
    return asyncio.run(_grown(entry, updates))


async def _grown(entry: Entry, updates: int) -> list[tuple[int, float]]:
    api, steps = BareBotApi(), await asyncio.to_thread(interview)
    await api.start()
    with tempfile.TemporaryDirectory() as folder:
        write(steps, Path(folder) / "interview.json")
        talk = Talk(entry, api, Path(folder), steps)
        try:
            await talk.start()
            found, answered = [(0, talk.memory())], 0
            await talk.crowd.begin()
            while answered < updates:
                await talk.crowd.wait(0.2)
                answered += len(talk.crowd.latencies)
                talk.crowd.latencies.clear()
                if answered >= updates * len(found) / LOOKS:
                    found.append((answered, talk.memory()))
                    print(f"{entry.name}: {answered:>9,} updates, {found[-1][1]:6.1f} MB a process", flush=True)
            await talk.crowd.pause()
        finally:
            await talk.stop()
            await api.stop()
    return found


def main() -> None:
    """Each contender that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("--updates", type=int, default=1_000_000)
    parser.add_argument("--only", default="ours-sqlite,ours-postgres")
    arguments = parser.parse_args()
    grounds = Grounds()
    try:
        for entry in entries(arguments.only.split(","), grounds):
            grown(entry, arguments.updates)
    finally:
        grounds.close()


if __name__ == "__main__":
    main()
