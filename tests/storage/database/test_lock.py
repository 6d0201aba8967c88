"""What only one process may do at a time: never two at once, whatever becomes of the line between them and the database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta

import asyncpg
import pytest

from storage.database.database import Database
from storage.database.lock import while_locked
from tests.line import Line
from tests.pgbouncer import PgBouncer

CONNECTIONS = 2


class Reader:
    """One process that reads for as long as it may. Whoever reads while another does is `caught`."""

    now_reading = 0
    caught = 0

    def __init__(self, url: str) -> None:
        self.database, self.reading, self.begun = Database(url, CONNECTIONS), False, 0
        self.task = asyncio.create_task(while_locked(self.database, "poll:telegram", self.read))

    async def read(self) -> None:
        self.reading, self.begun = True, self.begun + 1
        Reader.now_reading += 1
        Reader.caught += Reader.now_reading > 1
        try:
            await asyncio.Event().wait()
        finally:
            self.reading = False
            Reader.now_reading -= 1

    async def ends(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.database.close()


@pytest.fixture
def line(postgres_url: str) -> Iterator[Line]:
    begun = Line(postgres_url).start()
    yield begun
    begun.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.lock.HELD", timedelta(seconds=3))
    monkeypatch.setattr("storage.database.lock.BEAT", 0.5)
    monkeypatch.setattr("storage.database.lock.LOOK", 0.1)


@pytest.fixture
async def readers(quick: None) -> AsyncIterator[Callable[[str], Reader]]:
    begun = list[Reader]()
    Reader.now_reading = Reader.caught = 0

    def begin(url: str) -> Reader:
        begun.append(Reader(url))
        return begun[-1]

    yield begin
    for one in begun:
        await one.ends()
    assert not Reader.caught, "two have read at once"


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_one_reads_and_the_other_takes_over(readers: Callable[[str], Reader], postgres_url: str) -> None:
    first = readers(postgres_url)
    await until(lambda: first.reading)
    second = readers(postgres_url)
    await first.ends()
    await until(lambda: second.reading)


async def test_through_a_pooler_that_shares_sessions(readers: Callable[[str], Reader], postgres_url: str) -> None:
    pooler = PgBouncer(postgres_url).start()
    first = readers(pooler.url)
    await until(lambda: first.reading)
    second = readers(pooler.url)
    await first.ends()
    await until(lambda: second.reading)
    await second.ends()
    pooler.stop()


async def test_a_line_that_is_cut_or_goes_silent_is_opened_anew_and_the_lock_kept(
    readers: Callable[[str], Reader], line: Line, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "storage.database.lock.HELD", timedelta(seconds=12)
    )  # a ping's 2 s, and a new session on a busy machine
    first = readers(line.address)
    await until(lambda: first.reading)
    for breaks in (line.cut, line.silence):
        opened = line.opened
        await asyncio.to_thread(breaks)
        await until(lambda opened=opened: line.opened > opened)  # type: ignore[misc]
    second = readers(postgres_url)
    await first.ends()
    await until(lambda: second.reading)
    assert first.begun == 1


async def test_a_line_that_goes_silent_in_the_middle_leaves_nothing_locked(
    readers: Callable[[str], Reader], line: Line, postgres_url: str
) -> None:
    first = readers(line.address)
    await until(lambda: first.reading)
    owner = await asyncpg.connect(postgres_url)
    async with owner.transaction():
        await owner.execute("LOCK TABLE locks IN EXCLUSIVE MODE")
        async with asyncio.timeout(30):
            while not await owner.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                await asyncio.sleep(0.02)
        await asyncio.to_thread(line.silence)
    await owner.close()
    await first.ends()
    second = readers(postgres_url)
    await until(lambda: second.reading)


async def test_whoever_cannot_renew_it_has_ended_before_another_begins(
    readers: Callable[[str], Reader], line: Line, postgres_url: str
) -> None:
    first = readers(line.address)
    await until(lambda: first.reading)
    second = readers(postgres_url)
    await asyncio.to_thread(line.freeze)
    await until(lambda: second.reading)
    assert not first.reading
    await asyncio.to_thread(line.thaw)
    await second.ends()
    await until(lambda: first.reading)


async def test_whoever_has_no_connection_left_loses_it_to_one_who_is_well(
    readers: Callable[[str], Reader], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.lock.MARGIN", 2.0)  # it is given back long before it would be free by itself
    monkeypatch.setattr("storage.database.lock.LOOK", 1.0)
    sick = readers(postgres_url)
    await until(lambda: sick.reading)
    well = readers(postgres_url)
    async with AsyncExitStack() as taken:
        for _one in range(CONNECTIONS):
            await taken.enter_async_context(sick.database.read())
        await until(lambda: not sick.reading)
    await until(lambda: sick.reading or well.reading)
    assert (well.reading, sick.begun) == (True, 1)


async def test_what_a_killed_process_held_is_free_after_a_while(
    readers: Callable[[str], Reader], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = readers(postgres_url)
    await until(lambda: first.reading)
    with monkeypatch.context() as patched:
        patched.setattr("storage.database.lock._Lock.give_back", lambda _lock: asyncio.sleep(0))
        await first.ends()
    second = readers(postgres_url)
    await until(lambda: second.reading)


async def test_what_ends_by_itself_has_ended(database_url: str) -> None:
    database, ran = Database(database_url), list[int]()

    async def once() -> None:
        ran.append(1)
        raise LookupError

    with pytest.raises(LookupError):
        await while_locked(database, "poll:telegram", once)
    await database.close()
    assert ran == [1]
