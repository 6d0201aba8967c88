"""What only one process may do at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.alone import alone
from storage.database import Database


class Reader:
    """One process that reads for as long as it may."""

    def __init__(self, url: str) -> None:
        self.database, self.reading, self.begun = Database(url), False, 0
        self.task = asyncio.create_task(alone(self.database, "poll:applicants", self.read))

    async def read(self) -> None:
        self.reading, self.begun = True, self.begun + 1
        try:
            await asyncio.Event().wait()
        finally:
            self.reading = False

    async def ends(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.database.close()


@pytest.fixture
async def readers(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Reader]]:
    monkeypatch.setattr("storage.alone.BEAT", 0.05)
    two = [Reader(postgres_url), Reader(postgres_url)]
    yield two
    for one in two:
        await one.ends()


async def until_one_reads(readers: list[Reader]) -> Reader:
    async with asyncio.timeout(10):
        while not any(one.reading for one in readers):
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    (reading,) = (one for one in readers if one.reading)
    return reading


async def test_one_reads_and_the_other_takes_over(readers: list[Reader]) -> None:
    first = await until_one_reads(readers)
    await first.ends()
    second = await until_one_reads(readers)
    assert second is not first


async def test_whoever_loses_the_connection_stops_reading(readers: list[Reader]) -> None:
    first = await until_one_reads(readers)
    async with first.database.read() as connection:
        await connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        )
    async with asyncio.timeout(10):
        while first.reading and first.begun == 1:
            await asyncio.sleep(0.02)
    await until_one_reads(readers)
    assert sum(one.begun for one in readers) == 2


async def test_what_ends_by_itself_has_ended(database_url: str) -> None:
    database, ran = Database(database_url), list[int]()

    async def once() -> None:
        ran.append(1)
        raise LookupError

    with pytest.raises(LookupError):
        await alone(database, "poll:applicants", once)
    await database.close()
    assert ran == [1]
