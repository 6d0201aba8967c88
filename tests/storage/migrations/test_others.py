"""Version 0008 renames what earlier programs look up: nobody else may use the database meanwhile, and afterwards it refuses the names of before."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Table, insert, text
from sqlalchemy.exc import IntegrityError

from dialogs.language.channels import WEB_STAFF
from storage import migrations
from storage.database.database import Database
from storage.database.door_tables import held_updates
from storage.database.process_tables import locks
from storage.database.tables import addresses, outbox, people, seen_updates
from storage.migrations import migrate, revision
from storage.migrations.others import gone
from storage.migrations.programs import Unusable
from tests.clock import now
from tests.house import SEAL, SECRET
from tests.postgres import Postgres
from tests.process.program import Program
from tests.storage.migrations.revisions import up_to, versions
from tests.ways import rows

NAMES = {"applicants": "telegram", "contact_persons": "telegram_staff", "queue": "web_staff"}
"""What channels were called, and are."""
ROWS: dict[Table, dict[str, object]] = {
    addresses: {"address": "501", "person_id": 1, "used_at": now()},
    outbox: {"address": "501", "reply": {}, "locale": "sv", "due_at": now(), "created_at": now()},
    held_updates: {"address": "501", "update_id": 7, "message": {"text": "Hello"}, "at": now()},
    seen_updates: {"update_id": 7, "at": now()},
}
"""A row of each table that names a channel."""


async def of_before(url: str) -> None:
    """Bring an empty database to 0007: a row of each table in each channel, and somebody polls."""
    database = Database(url)
    await up_to(database, "0007")
    async with database.write() as connection:
        await connection.execute(insert(people).values(id=1, locale="sv", created_at=now()))
        for channel in NAMES:
            for table, row in ROWS.items():
                await connection.execute(insert(table).values(row | {"channel": channel}))
            await connection.execute(insert(locks).values(name=f"poll:{channel}", holder="a process", until=now()))
        await connection.execute(insert(locks).values(name="something else", holder="a process", until=now()))
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The plain address of a database at 0007, of one kind and then of the other."""
    url = f"sqlite:///{tmp_path / 'before.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").bare()
    asyncio.run(of_before(url))
    return url


async def test_every_row_gets_its_new_name_and_nobody_polls(before: str) -> None:
    database = Database(before)
    await migrate(database, SEAL)
    for table in ROWS:
        assert {row.channel for row in await rows(database, table)} == set(NAMES.values()), table.name
    assert [row.name for row in await rows(database, locks)] == ["something else"]
    await database.close()


@pytest.mark.parametrize("channel", NAMES)
async def test_what_a_program_of_before_writes_is_refused(before: str, channel: str) -> None:
    database = Database(before)
    await migrate(database, SEAL)
    wrong = [insert(table).values(row | {"channel": channel}) for table, row in ROWS.items()]
    wrong.append(insert(locks).values(name=f"poll:{channel}", holder="a process", until=now()))
    for statement in wrong:
        with pytest.raises(IntegrityError, match=r"of_before|of before 0008"):
            async with database.write() as connection:
                await connection.execute(statement)
    await database.close()


async def test_what_a_program_of_today_writes_is_not(before: str) -> None:
    database = Database(before)
    await migrate(database, SEAL)
    async with database.write() as connection:
        for table, row in ROWS.items():
            for number, channel in enumerate((*NAMES.values(), "web", "mail")):
                other = {
                    key: value for key, value in (("address", f"other {number}"), ("update_id", number)) if key in row
                }
                await connection.execute(insert(table).values(row | other | {"channel": channel}))
        await connection.execute(insert(locks).values(name="poll:telegram", holder="a process", until=now()))
    await database.close()


@pytest.fixture
def bare(postgres: Postgres) -> str:
    return postgres.bare()


@pytest.mark.parametrize("says", ["", "guide-web"])
@pytest.mark.parametrize("holds", ["", "SELECT pg_advisory_lock(7)"])
async def test_a_program_of_before_has_to_end_first(
    bare: str, says: str, holds: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It may say who it is or not, and hold a lock of its own. Who also waits to migrate does not count."""
    monkeypatch.setattr(migrations, "PAUSE", 0.1)
    monkeypatch.setattr("storage.migrations.others.TRIES", 2)
    database, second = Database(bare), Database(bare)
    old = await asyncpg.connect(bare, server_settings={"application_name": says} if says else None)
    await up_to(database, "0007")
    if holds:
        await old.execute(holds)
    number = await old.fetchval("SELECT pg_backend_pid()")
    with pytest.raises(Unusable, match=rf"use the database: {number} \({says or 'without a name'}, as \w+\)\."):
        await migrate(database, SEAL, patience=0)
    assert await revision(database) == "0007"
    together = [asyncio.create_task(migrate(one, SEAL)) for one in (database, second)]
    async with asyncio.timeout(60):
        while "must end first" not in caplog.text:
            await asyncio.sleep(0.01)
    await old.close()
    async with asyncio.timeout(60):
        await asyncio.gather(*together)
    assert not await migrations.behind(database)
    for one in (database, second):
        await one.close()


async def test_a_session_of_another_role_counts_too(bare: str) -> None:
    """Whoever owns the tables is told little about the sessions of the program's role."""
    database, old = Database(bare), await asyncpg.connect(bare)
    async with database.engine.connect() as connection:
        await connection.execute(text("CREATE ROLE guide_who_sees_little"))
        await connection.execute(text("SET LOCAL ROLE guide_who_sees_little"))
        with pytest.raises(Unusable, match="other sessions"):
            await gone(connection)
        await connection.rollback()
    await old.close()
    await database.close()


async def test_whoever_knows_better_says_so(bare: str, tmp_path: Path) -> None:
    database, neighbour = Database(bare), await asyncpg.connect(bare)
    await up_to(database, "0007")
    await database.close()
    program = Program(tmp_path, "migrate", DATABASE_URL=bare, SECRET_KEY=SECRET)
    assert "the tables have version" in await asyncio.to_thread(program.run, "migrate", "--all-stopped")
    await neighbour.close()


@pytest.mark.parametrize("command", [("invite", "Karin"), ("migrate",), ("serve",)])
async def test_with_sqlite_nothing_migrates_beside_a_program_of_before(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "guide.sqlite3"
    database = Database(f"sqlite:///{path}")
    await up_to(database, "0007")
    await database.close()
    program = Program(tmp_path, command[0], DATABASE_URL=f"sqlite:///{path}", SECRET_KEY=SECRET)
    with closing(sqlite3.connect(path)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0007",)]
        done = await asyncio.to_thread(program.ended_by, *command)
        assert done.returncode == 1
        assert f"Not done: another process uses {path}" in done.stderr
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0007",)]
    if command != ("serve",):
        await asyncio.to_thread(program.run, *command)
        with closing(sqlite3.connect(path)) as now_there:
            assert now_there.execute("SELECT version_num FROM alembic_version").fetchall() == [(versions()[-1],)]


async def test_a_backup_of_before_is_put_back_and_brought_up_to_date(before: str, tmp_path: Path, tools: str) -> None:
    """A restore has the database to itself: a session of somebody's is no reason to stop half-way."""
    program = Program(tmp_path, "restore", DATABASE_URL=before, SECRET_KEY=SECRET, PATH=tools)
    await asyncio.to_thread(program.run, "backup", "backups")
    (made,) = (tmp_path / "backups").iterdir()
    database = Database(before)
    assert await revision(database) == "0007"  # and so a session stays open
    await asyncio.to_thread(program.run, "restore", "--force", str(made))
    await database.close()
    database = Database(before)
    assert not await migrations.behind(database)
    there = {row.channel for row in await rows(database, addresses)}
    assert there == set(NAMES.values()) - {WEB_STAFF.name}, "who works at the desk signs in anew after a restore"
    await database.close()
