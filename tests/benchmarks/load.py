"""The load laboratory: whole interviews of many people through the webhook, ours beside what others would use: python -m tests.benchmarks.load --quick."""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.bot_api import BotApi
from tests.benchmarks.contender import OURS, Contender, Entry
from tests.benchmarks.crowd import Crowd, Stuck
from tests.benchmarks.interview import interview, write
from tests.benchmarks.measured import Sample, median, ratio, sample
from tests.postgres import Postgres

SCRIPTS = "tests.benchmarks.contenders"
FLOOR = "echo"
Samples = dict[str, list[Sample]]


def entries(postgres: Callable[[], str]) -> dict[str, Callable[[], Entry]]:
    """Every contender by its name, made when asked for; `postgres` makes a new database."""

    def script(name: str, module: str, echoes: str = "", processes: int = 1) -> Callable[[], Entry]:
        return lambda: Entry(name, (f"{SCRIPTS}.{module}",), echoes=echoes, processes=processes)

    def ours(name: str, processes: int = 1) -> Callable[[], Entry]:
        return lambda: Entry(
            name,
            ("bot", "serve"),
            {"DATABASE_URL": postgres() if "postgres" in name else "sqlite:///var/load.sqlite3"},
            processes,
        )

    return {
        "echo": script("echo", "echo", "updates"),
        "echo-texts": script("echo-texts", "echo", "texts"),
        "ours-sqlite": ours("ours-sqlite"),
        "ours-postgres": ours("ours-postgres"),
        "echo-2": script("echo-2", "echo", "updates", 2),
        "ours-postgres-2": ours("ours-postgres-2", 2),
    }


async def rounds(chosen: list[Entry], count: int, seconds: float, said: Callable[[str], None]) -> Samples:
    """Everybody starts; then, round after round, each is measured for so long while the others are idle."""
    api, steps = BotApi(), await asyncio.to_thread(interview)
    await api.start()
    samples: Samples = {entry.name: [] for entry in chosen}
    with tempfile.TemporaryDirectory() as folder:
        write(steps, Path(folder) / "interview.json")
        running: list[tuple[Contender, Crowd]] = []
        try:
            for entry in chosen:
                contender = Contender(entry, api, Path(folder) / entry.name, Path(folder) / "interview.json")
                running.append((contender, Crowd(contender.account, steps, entry.echoes)))
                await contender.start()
                await sample(*running[-1], 1)
            for number in range(count):
                for contender, crowd in running:
                    one = await sample(contender, crowd, seconds)
                    samples[contender.entry.name].append(one)
                    said(f"round {number + 1}: {contender.entry.name:<16} {line(one)}")
        except Stuck as stuck:
            stuck.add_note("\n".join(f"{contender.entry.name}: {contender.log()}" for contender, _crowd in running))
            raise
        finally:
            await asyncio.gather(*(contender.stop() for contender, _crowd in running))
            await api.stop()
    return samples


def line(one: Sample) -> str:
    """A sample to be read."""
    return (
        f"{one.rate:6.0f} updates/s   p50 {one.p50:6.1f} ms   p99 {one.p99:6.1f} ms   CPU {one.cpu:6.0f} µs an update"
        f"   driver's core {one.driver:4.0%}"
    )


def table(samples: Samples) -> str:
    """Medians, and of each contender its ratios to the floor."""
    lines = []
    for name, found in samples.items():
        against = ""
        if FLOOR in samples:
            rates, cpu = ratio(found, samples[FLOOR]), ratio(found, samples[FLOOR], "cpu")
            against = f"   {rates:5.2f} x {FLOOR}, CPU {cpu:5.2f} x"
        lines.append(f"{name:<16} {line(median(found))}{against}")
    return "\n".join(lines)


def main() -> None:
    """The whole laboratory, or with --quick a minute's worth of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute or two, the ratios alone")
    parser.add_argument("--only", default="echo,ours-sqlite,ours-postgres", help="names, with commas between them")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each contender in each round")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    server = durable() if any("postgres" in name for name in names) else None
    os.sched_setaffinity(0, OURS)
    try:
        known = entries(server.fresh if server else str)
        chosen = [known[name]() for name in names]
        print(table(asyncio.run(rounds(chosen, arguments.rounds, arguments.seconds, print))))
    finally:
        if server:
            server.close()


def durable() -> Postgres:
    """A PostgreSQL server that flushes what it commits, on the driver's core."""
    os.sched_setaffinity(0, OURS)
    return Postgres(durable=True)


if __name__ == "__main__":
    main()
