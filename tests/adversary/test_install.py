"""A bad start: hands that take what is not theirs, a disk that fills up, two starts at once, tables that drift apart."""

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.database.database import Database
from storage.database.tables import metadata
from storage.migrations import behind
from tests.answers import went_on
from tests.house import SECRET
from tests.postgres import Postgres
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.process.program import PATIENCE, Program
from tests.samples import PDF

QUEUE = "ix_cases_queue"
"""An index over what its columns say."""


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """Whoever starts the program lets everybody read and write everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The mode of a folder and of everything in it."""
    return {str(path): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def refused(program: Program, *before: str) -> str:
    """What is said when the program does not start; `before` is a command that runs it."""
    if before:
        command = [*before, sys.executable, "-m", "bot", "migrate"]
        done = subprocess.run(
            command, cwd=program.directory, env=program.environment, capture_output=True, text=True, check=False
        )
    else:
        done = program.ended_by("migrate")
    said = done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert "The settings are not right" in said
    assert "SECRET_KEY" in said
    return said


@pytest.fixture
def bare_url(postgres: Postgres) -> str:
    """The plain address of a PostgreSQL database without any table."""
    return postgres.bare()


def test_what_is_made_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.run("invite", "Karin")
    made = modes(tmp_path / "var")
    assert {Path(name).name for name in made} >= {"var", "files", "secret_key", "samverkansguiden.sqlite3"}
    assert all(not mode & 0o077 for mode in made.values()), made


def test_what_is_uploaded_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    program = Program(tmp_path).start()
    visitor = BlockingVisitor(program.url)
    page = visitor.press(visitor.see(), "accept")
    while page.question != "papers":
        asked = page.question
        for act, filled in STEPS[asked]:
            page = visitor.press(page, act, filled)
        went_on(asked, page.question, page.text)
    visitor.press(page, "add", files=(("plan.pdf", PDF),))
    made = modes(tmp_path / "var")
    assert len([name for name in made if len(Path(name).name) == 62]) == 1, "the upload, by its hash"
    assert any(name.endswith("-wal") for name in made), "what SQLite has not settled yet"
    assert all(not mode & 0o077 for mode in made.values()), made
    visitor.close()
    assert program.stop() == 0


def test_a_full_disk_leaves_no_half_secret(tmp_path: Path) -> None:
    program = Program(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    said = refused(program, "sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    assert "var/secret_key" in said
    assert list((tmp_path / "var").iterdir()) == []
    program.run("migrate")
    assert len((tmp_path / "var/secret_key").read_text()) > 32


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"half a secret", b"\xff" * 64], ids=["empty", "blank", "half", "noise"]
)
def test_a_broken_secret_is_no_secret(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "var/secret_key"
    path.parent.mkdir()
    path.write_bytes(content)
    said = refused(Program(tmp_path))
    assert "var/secret_key" in said
    assert "backup" in said
    assert "half" not in said, "no part of a secret is shown"
    assert path.read_bytes() == content, "nothing is written over what may be mended"
    assert not (tmp_path / "var/samverkansguiden.sqlite3").exists()


def test_a_place_that_holds_no_secret(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    assert "var/secret_key" in refused(Program(tmp_path, DATABASE_URL="sqlite:///guide.sqlite3", FILES_DIR="files"))


def test_of_several_first_starts_one_makes_the_secret(tmp_path: Path) -> None:
    folders = [str(tmp_path / str(number) / "secret_key") for number in range(100)]
    source = (
        "import sys; from pathlib import Path; from bot.settings.secret import kept_secret; print('ready', flush=True)\n"
        "for line in sys.stdin: print(kept_secret(Path(line.strip())))"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", source],
            env=Program(tmp_path).environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n".join(folders))
        program.stdin.close()
        program.stdin = None
    told = [program.communicate(timeout=PATIENCE)[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0, 0, 0]
    kept = [Path(name).read_text() for name in folders]
    assert told == [kept, kept, kept]
    assert len(set(kept)) == 100
    assert all(len(list(Path(name).parent.iterdir())) == 1 for name in folders), "nothing else is left lying"


async def test_two_first_starts_on_one_server(bare_url: str, tmp_path: Path) -> None:
    door, watch = await asyncpg.connect(bare_url), await asyncpg.connect(bare_url)
    await door.execute("BEGIN; CREATE TABLE alembic_version (version_num text PRIMARY KEY)")
    starts = [Program(tmp_path, "migrate", DATABASE_URL=bare_url, SECRET_KEY=SECRET) for _ in range(2)]
    try:
        for start in starts:
            start.begin()
        await _all_held_up(watch, starts)  # so both have come as far as the tables at the same time
        await door.execute("ROLLBACK")
        assert [await asyncio.to_thread(start.ends) for start in starts] == [0, 0], [start.log for start in starts]
    finally:
        for start in starts:
            start.kill()
        await door.close()
        await watch.close()
    database = Database(bare_url)
    assert not await behind(database)
    await database.close()


async def _all_held_up(watch: "asyncpg.Connection", starts: list[Program]) -> None:
    held_up = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(PATIENCE):
        while await watch.fetchval(held_up) < len(starts):
            assert all(start.ended is None for start in starts), "it ended before it could be held up"
            await asyncio.sleep(0.02)


def test_two_first_starts_on_one_file(tmp_path: Path) -> None:
    starts = [Program(tmp_path, "migrate") for _ in range(3)]
    for start in starts:
        start.begin()
    assert [start.ends() for start in starts] == [0, 0, 0], [start.log for start in starts]


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_migrations_make_the_tables_that_the_program_knows(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": _empty_text_is_empty_text,
                "include_object": lambda _object, name, *_: name != QUEUE,  # that is for the next test
            },
        )
        return list(compare_metadata(context, metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


def _empty_text_is_empty_text(
    context: MigrationContext, _found: object, _declared: object, found: str | None, _clause: object, said: str | None
) -> bool | None:
    # On SQLite Alembic makes an empty default with brackets, and does not know it again. None leaves the rest to it.
    return False if context.dialect.name == "sqlite" and found in ("('')", "''") and said == "" else None


async def test_the_index_over_the_queue_too_which_alembic_compares_on_neither(database: Database) -> None:
    (index,) = (one for one in metadata.tables["cases"].indexes if one.name == QUEUE)
    kept = "SELECT sql FROM sqlite_master WHERE name = :name"
    if not database.embedded:
        kept = "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
    async with database.write() as connection:
        migrated = (await connection.execute(text(kept), {"name": QUEUE})).scalar_one()
        await connection.run_sync(index.drop)
        await connection.run_sync(index.create)
        assert (await connection.execute(text(kept), {"name": QUEUE})).scalar_one() == migrated


async def test_the_room_on_pages_too(postgres_url: str) -> None:
    declared = {name: table.dialect_options["postgresql"]["with"] for name, table in metadata.tables.items()}
    connection = await asyncpg.connect(postgres_url)
    found = await connection.fetch(
        "SELECT relname, reloptions FROM pg_class WHERE relkind = 'r' AND reloptions <> '{}'"
    )
    await connection.close()
    assert dict(found) == {
        name: [f"{key}={value}" for key, value in has.items()] for name, has in declared.items() if has
    }


async def test_keys_and_numbers_too_which_alembic_does_not_compare(database: Database) -> None:
    def kept(connection: Connection) -> tuple[dict[str, list[str]], set[str]]:
        inspector = inspect(connection)
        keys = {name: inspector.get_pk_constraint(name)["constrained_columns"] for name in inspector.get_table_names()}
        numbered = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        return keys, set(connection.execute(text(numbered)).scalars()) if database.embedded else set()

    async with database.read() as connection:
        keys, never_again = await connection.run_sync(kept)
    del keys["alembic_version"]
    assert keys == {name: [column.name for column in table.primary_key] for name, table in metadata.tables.items()}
    if database.embedded:
        declared = {name for name, table in metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]}
        assert never_again == declared, "a number of one of these is never used again"
