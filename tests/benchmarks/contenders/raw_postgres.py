"""The storage's floor: one draft written and committed an update, by the driver alone, nothing else. Prints what was measured as JSON."""

import asyncio
import os

import asyncpg

from tests.benchmarks.contenders.raw import UPSERT, Measuring, People, measured

CONNECTIONS = 10


async def talk(url: str, people: People, measuring: Measuring) -> None:
    """One connection's share."""
    connection = await asyncpg.connect(url)
    upsert = UPSERT.format("$1", "$2")
    while measuring.goes_on:
        with measuring.one():
            await connection.execute(upsert, *next(people))
    await connection.close()


async def main() -> None:
    """Connections side by side."""
    url = os.environ["DATABASE_URL"]
    connection = await asyncpg.connect(url)
    await connection.execute("DROP TABLE IF EXISTS floor")
    await connection.execute("CREATE TABLE floor (chat BIGINT PRIMARY KEY, answers TEXT NOT NULL)")
    await connection.close()
    with measured() as measuring:
        await asyncio.gather(*(talk(url, People(), measuring) for _each in range(CONNECTIONS)))


if __name__ == "__main__":
    asyncio.run(main())
