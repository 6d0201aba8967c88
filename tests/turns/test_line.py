"""What waits at the same time goes into one transaction, and each is as it would be alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.turns.line import NOT_YET, Line, NotYet
from storage.database.database import Database
from storage.people import people


class Counted(Database):
    """A database that counts its write transactions, and refuses them while it is `away`."""

    transactions, open, at_once, away = 0, 0, 0, False
    tasks: tuple[asyncio.Task[Any], ...] = ()
    early: list[bool]

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One more."""
        self.transactions += 1
        if self.away:
            raise OSError
        async with super().write() as connection:
            self.open += 1
            self.at_once = max(self.at_once, self.open)
            yield connection
            if self.tasks:
                await asyncio.sleep(0.05)
                self.early = [task.done() for task in self.tasks]
            self.open -= 1


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Counted]:
    counted = Counted(database_url)
    yield counted
    await counted.close()


async def count(connection: AsyncConnection, names: list[str]) -> list[int]:
    """Count each name up; what is called "bad" cannot be counted."""
    counted = []
    for name in names:
        counted.append(await people.count_up(connection, name))
        if name == "bad":
            raise ZeroDivisionError
    return counted


async def test_many_share_a_transaction(database: Counted) -> None:
    line = Line(database)
    results = await asyncio.gather(*(line.do(count, "one") for _number in range(50)))
    assert sorted(results) == list(range(1, 51))
    assert database.transactions <= 3


async def test_what_fails_fails_alone(database: Counted) -> None:
    line = Line(database)
    results: list[Any] = await asyncio.gather(
        *(line.do(count, name) for name in ("good", "bad", "good", "bad", "good")), return_exceptions=True
    )
    assert [results[place] for place in (0, 2, 4)] == [1, 2, 3]
    assert [type(results[place]) for place in (1, 3)] == [ZeroDivisionError] * 2
    async with database.write() as connection:
        assert await people.count_up(connection, "bad") == 1, "what failed left nothing behind"


async def test_nothing_is_done_before_it_is_committed(database: Counted) -> None:
    line = Line(database)
    database.tasks = tuple(asyncio.create_task(line.do(count, "one")) for _number in range(3))
    await asyncio.gather(*database.tasks)
    assert database.early == [False] * 3


async def test_work_that_waits_for_anything_else_is_refused(database: Counted) -> None:
    async def sleepy(_connection: AsyncConnection, names: list[str]) -> list[str]:
        await asyncio.sleep(0)
        return names

    with pytest.raises(RuntimeError, match="not the database"):
        await Line(database).do(sleepy, "one")


async def test_the_jobs_of_one_are_done_in_their_order_and_never_at_once(database: Counted) -> None:
    line, done = Line(database), list[str]()

    async def noted(connection: AsyncConnection, names: list[str]) -> list[str]:
        await people.count_up(connection, f"lane {names[0]}")
        done.extend(names)
        return names

    async def one(name: str) -> None:
        for number in range(20):
            jobs.append(asyncio.create_task(line.do(noted, f"{name} {number}", name)))
            await asyncio.sleep(0)

    jobs: list[asyncio.Task[Any]] = []
    await asyncio.gather(*(one(name) for name in "abcde"))
    await asyncio.gather(*jobs)
    for name in "abcde":
        assert [int(each.split()[1]) for each in done if each[0] == name] == list(range(20))


async def test_a_server_is_given_the_next_transaction_while_one_waits(database: Counted) -> None:
    line = Line(database)
    database.tasks = (asyncio.create_task(line.do(count, "one", "a")),)
    while not database.transactions:
        await asyncio.sleep(0)
    await asyncio.gather(line.do(count, "two", "b"), line.do(count, "three", "a"), *database.tasks)
    assert database.at_once == (1 if database.embedded else 2)
    async with database.write() as connection:
        assert [await people.count_up(connection, name) for name in ("one", "two", "three")] == [2, 2, 2]


async def test_what_has_to_wait_goes_into_the_next(database: Counted) -> None:
    line, done = Line(database), list[str]()

    async def one_each(_connection: AsyncConnection, names: list[str]) -> list[str | NotYet]:
        results: list[str | NotYet] = [NOT_YET] * len(names)
        for name in dict.fromkeys(names):
            results[names.index(name)] = name
            done.append(name)
        return results

    assert await asyncio.gather(*(line.do(one_each, name) for name in ("a", "a", "b", "a"))) == ["a", "a", "b", "a"]
    assert done == ["a", "b", "a", "a"]


async def test_while_the_database_is_away_everybody_learns_it_at_once(database: Counted) -> None:
    line = Line(database)
    database.away = True
    failed = await asyncio.gather(*(line.do(count, "one") for _number in range(40)), return_exceptions=True)
    assert {type(one) for one in failed} == {OSError}
    assert database.transactions <= 2, "not once for each"
    database.away = False
    assert await line.do(count, "one") == 1


async def test_whoever_goes_away_leaves_the_others_alone(database: Counted) -> None:
    line = Line(database)
    tasks = [asyncio.create_task(line.do(count, "one")) for _number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [results[0], type(results[1]), results[2]] == [1, asyncio.CancelledError, 3]
