"""What a turn costs: python -m tests.benchmarks.turns. Side by side in one run: the least durable step there is (one row, committed), then a turn."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.turns.origin import Origin
from dialogs.language.events import Command, Press, Say
from storage.migrations import migrate
from storage.people import people
from storage.people.people import Address
from tests.house import SEAL, Caller, Composed, compose
from tests.postgres import Postgres
from tests.ways import BEGUN, goes, up_to

ROUNDS = 300
PEOPLE = 40


async def median(step: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of one step, the median of ROUNDS."""
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        await step()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


async def floor(parts: Composed) -> None:
    """The least that is durable."""
    async with parts.database.write() as connection:
        await people.count_up(connection, "bench")


async def measure(name: str, url: str) -> None:
    """Print a line for each thing measured."""
    with tempfile.TemporaryDirectory() as folder:
        parts = compose(url, Path(folder))
        await migrate(parts.database, SEAL)
        caller = await goes(Caller(parts.turns), *BEGUN, up_to("cooperation", established="met"))
        least = await median(lambda: floor(parts))
        answering = await median(lambda: _answers(caller))
        asking = await median(lambda: parts.turns.take(Origin(caller.address, "en"), Command("menu")))
        print(
            f"{name:<11} one committed row {least:6.2f} ms   an answer {answering:6.2f} ms ({answering / least:4.1f} x)   the menu {asking:6.2f} ms ({asking / least:4.1f} x)"
        )
        print(f"{name:<11} {PEOPLE} people at once: {await crowd(parts):.0f} turns a second")
        await parts.close()


async def _answers(caller: Caller) -> None:
    await caller.turns.take(Origin(caller.address, "en"), Say("We have met every month since 2024."))
    await caller.turns.take(Origin(caller.address, "en"), Press("back"))


async def crowd(parts: Composed) -> float:
    """Turns a second when many people write at the same time."""
    origins = [Origin(Address("web", f"someone {number}"), "en") for number in range(PEOPLE)]
    begun = time.perf_counter()
    for _round in range(10):
        await asyncio.gather(
            *(parts.turns.take(origin, Press("accept") if _round == 0 else Command("menu")) for origin in origins)
        )
    return 10 * PEOPLE / (time.perf_counter() - begun)


def main() -> None:
    """Both databases."""
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, median of {ROUNDS}; an answer is two turns: one that answers, one that goes back"
    )
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure("SQLite", f"sqlite:///{folder}/bench.sqlite3"))
    server = Postgres()
    asyncio.run(measure("PostgreSQL", server.fresh()))
    server.close()


if __name__ == "__main__":
    main()
