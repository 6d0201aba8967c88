"""The line to PostgreSQL: cut, silent, frozen, too narrow, or led through a pooler. Nobody waits for ever, and nobody meets what is another's."""

import asyncio
import contextlib
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import BindParameter, bindparam, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.database.address import server
from storage.database.database import Database
from storage.database.pool import sqlstate
from storage.database.session import Sessions
from storage.database.tables import counters
from storage.people import people
from tests.clock import now
from tests.line import Line
from tests.pgbouncer import PgBouncer
from tests.postgres import Postgres

LIMIT = 3
"""Seconds for a statement in these tests."""
WITHIN = 30
"""Seconds after which something has waited for ever, on a busy machine."""
COUNTED = text("UPDATE counters SET value = value + 1 WHERE name = 'of the test'")


@pytest.fixture
def line(postgres_url: str) -> Iterator[Line]:
    begun = Line(postgres_url).start()
    yield begun
    begun.stop()


@pytest.fixture
async def database(line: Line) -> AsyncIterator[Database]:
    begun = Database(line.address, 4, LIMIT)
    async with begun.write() as connection:
        await connection.execute(insert(counters).values(name="of the test", value=0))
    yield begun
    await begun.close()


async def count(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(COUNTED)


async def counted(url: str) -> int:
    session = await asyncpg.connect(url)
    value: int = await session.fetchval("SELECT value FROM counters WHERE name = 'of the test'")
    await session.close()
    return value


async def show(database: Database, name: str) -> str:
    async with database.read() as connection:
        return str((await connection.execute(text(f"SHOW {name}"))).scalar_one())


async def at_once(database: Database, many: int) -> None:
    async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as group:
        for _each in range(many):
            group.create_task(count(database))


@pytest.mark.parametrize("breaks", ["silence", "cut"])
async def test_a_pool_on_a_broken_line_opens_a_new_one(database: Database, line: Line, breaks: str) -> None:
    await at_once(database, 8)
    opened = line.opened
    await asyncio.to_thread(getattr(line, breaks))
    await at_once(database, 8)
    assert line.opened > opened
    assert await counted(line.address) == 16


@pytest.mark.parametrize("known", [True, False], ids=["prepared", "new"])
async def test_a_statement_that_nobody_answers_ends_and_what_it_locked_is_free(
    database: Database, line: Line, postgres_url: str, known: bool
) -> None:
    if not known and int(await show(database, "server_version_num")) < 170000:
        pytest.skip("between two messages of one statement, transaction_timeout alone ends a session")
    locked = asyncio.Event()

    async def one() -> None:
        async with database.write() as connection:
            await connection.execute(COUNTED)
            locked.set()
            await connection.execute(text("SELECT pg_sleep(0.5)"))

    if known:
        await one()
        locked.clear()
    going = asyncio.create_task(one())
    await locked.wait()
    await asyncio.to_thread(line.silence)
    await asyncio.wait({going}, timeout=WITHIN / 2)  # that ends nothing by itself
    assert going.done(), "a statement has no time limit"
    assert isinstance(going.exception(), TimeoutError)
    # The server still holds the row for the one who went silent in a transaction, until that one's time is up.
    async with asyncio.timeout(2 * WITHIN):
        while True:
            with contextlib.suppress(DBAPIError):  # their own statement took too long
                await count(database)
                break
    assert await counted(postgres_url) == 1 + known


async def test_a_statement_that_takes_too_long_costs_no_session(database: Database, line: Line) -> None:
    opened = line.opened
    with pytest.raises(DBAPIError) as refused:
        async with database.write() as connection:
            await connection.execute(text("SELECT pg_sleep(60)"))
    assert sqlstate(refused.value) == asyncpg.QueryCanceledError.sqlstate
    await count(database)
    assert line.opened == opened


async def test_a_server_that_stands_is_waited_for_so_long_and_no_longer(line: Line) -> None:
    database = Database(f"{line.address}?connect_timeout=1", 2, LIMIT)
    await asyncio.to_thread(line.freeze)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(WITHIN), database.read():
            pass
    assert time.monotonic() - begun < WITHIN / 2
    await asyncio.to_thread(line.thaw)
    async with database.read() as connection:
        await connection.execute(select(1))
    await database.close()


async def test_of_several_hosts_the_one_that_answers(line: Line, postgres_url: str) -> None:
    frozen, url = Line(postgres_url).start(), make_url(line.address)
    frozen.freeze()
    hosts = f"127.0.0.1:1,127.0.0.1:{frozen.port},127.0.0.1:{line.port}"
    sessions = Sessions(server(f"postgresql://{url.username}@{hosts}/{url.database}?connect_timeout=1"))
    for _twice in range(2):
        await (await sessions.begin()).close()
    assert frozen.opened == 1, "whoever answered last is asked first"
    line.refuse()
    with pytest.raises(OSError, match="Timeout"):
        await sessions.begin()
    frozen.stop()


@pytest.fixture
def standby() -> Iterator[Line]:
    """A line to another server, which takes no writes."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)  # the server is somebody else's than root's
    other = Postgres(at=place)
    plain = other.url.set(drivername="postgresql").render_as_string(hide_password=False)
    asyncio.run(_told(plain, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"))
    begun = Line(plain).start()
    yield begun
    begun.stop()
    other.close()


async def _told(url: str, *statements: str) -> None:
    session = await asyncpg.connect(url)
    for one in statements:
        await session.execute(one)
    await session.close()


async def test_of_several_hosts_the_one_that_is_written_to(line: Line, standby: Line, postgres_url: str) -> None:
    name = make_url(postgres_url).database
    await _told(standby.address, "SET default_transaction_read_only = off", f"CREATE DATABASE {name}")
    hosts = f"127.0.0.1:{standby.port},127.0.0.1:{line.port}"
    database = Database(f"postgresql://postgres@{hosts}/{name}?target_session_attrs=read-write", 2, LIMIT)
    async with database.write() as connection:
        await people.count_up(connection, "written")
    # The other becomes the primary, and the one from before takes no more.
    line.to(standby.address)
    await asyncio.to_thread(line.cut)
    with pytest.raises(ConnectionError, match="target_session_attrs"):
        async with database.read():
            pass
    await database.close()


async def test_whoever_finds_no_room_on_the_server_waits_for_one_of_ours(postgres_url: str) -> None:
    owner, url = await asyncpg.connect(postgres_url), make_url(postgres_url)
    role = f"few_{url.database}"
    await owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'few' CONNECTION LIMIT 2")
    await owner.execute(f"GRANT ALL ON counters TO {role}")
    await owner.execute("INSERT INTO counters VALUES ('of the test', 0)")
    database = Database(url.set(username=role, password="few").render_as_string(hide_password=False), 10, LIMIT)
    await at_once(database, 40)
    assert await counted(postgres_url) == 40
    await database.close()
    await owner.execute(f"DROP OWNED BY {role}")
    await owner.execute(f"DROP ROLE {role}")
    await owner.close()


async def test_no_more_connections_than_were_allowed(database: Database, line: Line, postgres_url: str) -> None:
    await at_once(database, 40)
    assert line.opened <= 4
    assert await counted(postgres_url) == 40


async def test_whoever_waits_too_long_for_a_connection_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.pool.LIMIT", 0.2)
    database = Database(line.address, 1, LIMIT)
    async with database.read():
        with pytest.raises(PoolTimeout):
            async with database.read():
                pass
    await database.close()


async def test_reads_end_well_keep_nothing_and_are_read_committed(postgres_url: str) -> None:
    owner, url = await asyncpg.connect(postgres_url), make_url(postgres_url)
    await owner.execute(f"ALTER DATABASE {url.database} SET default_transaction_isolation = 'serializable'")
    before = await owner.fetchval("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
    database = Database(postgres_url)
    for _each in range(10):
        assert await show(database, "transaction_isolation") == "read committed"
    async with database.write() as connection:
        assert (await connection.execute(text("SHOW transaction_isolation"))).scalar() == "read committed"
    await database.close()  # a session's numbers are there when it has ended
    after = await owner.fetchval("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
    assert after - before <= 1, "one when the first of a pool looks what kind of server it is"
    database = Database(postgres_url)
    with pytest.raises(DBAPIError) as refused:
        async with database.read() as connection:
            await people.count_up(connection, "written")
    assert sqlstate(refused.value) == asyncpg.ReadOnlySQLTransactionError.sqlstate
    await database.close()
    await owner.close()


async def test_limits_that_the_server_has_stay(postgres_url: str) -> None:
    owner, url = await asyncpg.connect(postgres_url), make_url(postgres_url)
    await owner.execute(f"ALTER DATABASE {url.database} SET statement_timeout = '1234ms'")
    database, patient = Database(postgres_url, limit=9), Database(postgres_url)
    assert await show(database, "statement_timeout") == "1234ms"
    assert await show(database, "idle_in_transaction_session_timeout") == "8s"
    assert await show(patient, "idle_in_transaction_session_timeout") == "0"
    assert await show(patient, "application_name") == "samverkansguiden"
    await database.close()
    await patient.close()
    await owner.close()


async def test_tcp_finds_out_that_nobody_is_there(line: Line) -> None:
    for url, unheard in ((line.address, 15_000), (f"{line.address}?tcp_user_timeout=7000&keepalives_idle=3", 7_000)):
        session = await Sessions(server(url)).begin()
        its = session.transport.get_extra_info("socket")
        assert its.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert its.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == unheard
        await session.close()


@pytest.mark.parametrize("mode", ["transaction", "session"])
async def test_behind_a_pooler_nobody_meets_what_is_another_s(postgres_url: str, mode: str) -> None:
    narrow = {"default_pool_size": "3"} if mode == "transaction" else {}
    pooler = PgBouncer(postgres_url, mode, **narrow).start()
    two = [Database(pooler.url, 8, LIMIT) for _each in range(2)]
    owner = await asyncpg.connect(postgres_url)
    await owner.execute("INSERT INTO counters VALUES ('of the test', 0)")

    async def mixed(database: Database, number: int) -> None:
        for turn in range(6):
            async with database.write() as connection:
                await connection.execute(COUNTED)
                await people.unseen(connection, [("telegram", (number * 100 + turn,))], now())
            async with database.read() as connection:
                # As many parameters in one order or the other: whose statement is run is seen by what comes out.
                either: list[BindParameter[Any]] = [bindparam("a", number), bindparam("b", "x")]
                row = (await connection.execute(select(*either[:: 1 if number % 2 else -1]))).one()
                assert sorted(map(str, row)) == sorted((str(number), "x"))

    async with asyncio.timeout(WITHIN * 2), asyncio.TaskGroup() as group:
        for number in range(16):
            group.create_task(mixed(two[number % 2], number))
    for database in two:
        # What is said of limits holds for a transaction, and is not left behind for others.
        assert await show(database, "statement_timeout") == "2s"
        await database.close()
    behind = await asyncpg.connect(pooler.url, statement_cache_size=0)
    assert await behind.fetchval("SHOW statement_timeout") == "0"
    assert await behind.fetchval("SELECT count(*) FROM pg_prepared_statements WHERE name <> ''") == 0
    await behind.close()
    assert await counted(postgres_url) == 96
    await owner.close()
    pooler.stop()


async def test_limits_hold_behind_a_pooler(postgres_url: str) -> None:
    pooler = PgBouncer(postgres_url).start()
    database = Database(pooler.url, 2, LIMIT)
    with pytest.raises(DBAPIError) as refused:
        async with database.write() as connection:
            await connection.execute(text("SELECT pg_sleep(60)"))
    assert sqlstate(refused.value) == asyncpg.QueryCanceledError.sqlstate
    await database.close()
    pooler.stop()
