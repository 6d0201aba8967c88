"""Ready means able: what a process needs is tried, and what is wrong is said inside the house, with SQLSTATE."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from bot.main import health as asked
from bot.main.health import Health
from bot.main.readiness import ANOTHER_KEY, look
from bot.operations import metrics
from bot.settings.keys import Keys
from storage.database.ability import WRITE
from storage.database.database import Database
from storage.database.installation import KEY, make
from storage.database.sqlstate import listen
from storage.database.tables import metadata
from storage.files.files import Files
from storage.files.folder import Folder
from storage.migrations import migrate
from tests.clock import Clock, now
from tests.house import SEAL
from tests.main.answer import answer
from tests.postgres import Postgres
from tests.rights import Role, role

ALL = "DELETE, INSERT, SELECT, UPDATE"


@pytest.fixture
async def theirs(postgres_url: str) -> AsyncIterator[tuple[Role, Database]]:
    """The program's role, and a database that is opened with it."""
    async with role(postgres_url) as one:
        database = Database(one.url)
        yield one, database
        await database.close()


async def wrong(database: Database, **more: object) -> dict[str, str]:
    """The checks that are not well."""
    health = Health(database, Clock(), **more)  # type: ignore[arg-type]
    status, said = await answer(health)
    checks = said["checks"]
    assert isinstance(checks, dict)
    found = {name: what for name, what in checks.items() if what != "ok"}
    assert (status == 503) == bool(found)
    return found


async def test_with_the_programs_rights_all_is_well(theirs: tuple[Role, Database]) -> None:
    assert await wrong(theirs[1]) == {}


@pytest.mark.parametrize(
    ("taken", "check", "said"),
    [
        ("REVOKE ALL ON drafts FROM ROLE", "rights", f"drafts: {ALL}"),
        ("REVOKE INSERT, DELETE ON files, cases FROM ROLE", "rights", "cases: DELETE, INSERT; files: DELETE, INSERT"),
        ("REVOKE ALL ON SEQUENCE drafts_id_seq FROM ROLE", "rights", "public.drafts_id_seq: USAGE"),
        ("REVOKE ALL ON outbox FROM ROLE", "rights", f"outbox: {ALL}"),
        ("REVOKE ALL ON installation FROM ROLE", "rights", f"installation: {ALL}"),
        ("REVOKE ALL ON alembic_version FROM ROLE", "rights", "alembic_version: SELECT"),
        ("REVOKE UPDATE ON installation FROM ROLE", "write", "InsufficientPrivilege 42501"),
        ("ALTER USER ROLE SET default_transaction_read_only = on", "write", "ReadOnlySQLTransaction 25006"),
    ],
)
async def test_what_the_role_may_not_do_makes_unready(
    taken: str, check: str, said: str, theirs: tuple[Role, Database]
) -> None:
    await theirs[0].does(taken)
    assert (await wrong(theirs[1]))[check] == said


async def test_every_table_and_every_number_is_asked_about(theirs: tuple[Role, Database]) -> None:
    owner, database = theirs
    await owner.does(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ROLE",
        "GRANT SELECT ON alembic_version TO ROLE",
    )
    await owner.does("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ROLE")
    connection = await asyncpg.connect(owner.owner)
    sequences = await connection.fetchval("SELECT count(*) FROM pg_sequences WHERE schemaname = 'public'")
    await connection.close()
    said = (await wrong(database))["rights"].split("; ")
    assert len(said) == len(metadata.tables) + sequences


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("ALTER TABLE files RENAME TO papers", "not there: files"),
        ("ALTER TABLE outbox RENAME TO letters", "not there: outbox"),
        ("ALTER TABLE people RENAME COLUMN terms_at TO agreed_at", "not there: people.terms_at"),
        ("ALTER TABLE people RENAME COLUMN id TO number", "not there: people.id"),
    ],
)
async def test_a_table_or_a_column_that_is_not_there_is_named(taken: str, said: str, database: Database) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql(taken)
    assert (await wrong(database))["tables"] == said


async def test_an_embedded_database_that_cannot_be_written(tmp_path: Path) -> None:
    writable = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    await migrate(writable, SEAL)
    assert await wrong(writable) == {}
    await writable.close()
    database = Database(f"sqlite:///file:{tmp_path / 'guide.sqlite3'}?mode=ro&immutable=1&uri=true")
    found = await look(database, None, (), now())
    assert found.checks["write"].startswith("OperationalError SQLITE_")
    await database.close()


async def test_to_try_a_write_leaves_nothing(database: Database, postgres: Postgres) -> None:
    async with database.write() as connection:
        await make(connection, KEY, "mark")
    for _time in range(150):
        found = await look(database, None, ("mark",), now())
        assert set(found.checks.values()) == {"ok"}
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT name, value FROM installation"))).all() == [(KEY, "mark")]
        if not database.embedded:
            size = await connection.execute(
                text("SELECT pg_relation_size('installation'), pg_relation_size('pk_installation')")
            )
            assert size.one() <= (3 * 8192, 2 * 8192), "pages are used again"


async def test_a_process_that_stands_in_the_middle_of_it_holds_nobody_up(database: Database) -> None:
    if database.embedded:
        return
    async with database.write() as connection:
        await make(connection, KEY, "mark")
    async with database.write() as connection:
        await connection.execute(WRITE)
        assert await wrong(database, fingerprints=("mark",)) == {}


async def test_another_key_makes_unready(database: Database) -> None:
    async with database.write() as connection:
        await make(connection, KEY, Keys("the key of the installation").fingerprint)
    assert await wrong(database, fingerprints=Keys("the key of the installation").fingerprints) == {}
    assert await wrong(database, fingerprints=Keys("another key").fingerprints) == {"key": ANOTHER_KEY}
    before = Keys("a new key", ["the key of the installation"])
    assert await wrong(database, fingerprints=before.fingerprints) == {}


async def test_a_place_for_files_that_is_gone_makes_unready(database: Database, tmp_path: Path) -> None:
    files = Files(database, Folder(tmp_path / "kept"))
    assert await wrong(database, files=files) == {}
    (tmp_path / "kept").rename(tmp_path / "elsewhere")
    assert list(await wrong(database, files=files)) == ["files"]


@pytest.fixture
def latin(postgres: Postgres) -> str:
    return postgres.bare("TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")


async def test_a_database_of_another_encoding_makes_unready(latin: str) -> None:
    database = Database(latin)
    await migrate(database, SEAL)
    assert await wrong(database) == {"encoding": "LATIN1, and must be UTF8"}
    await database.close()


async def test_errors_are_counted_by_their_sqlstate(
    theirs: tuple[Role, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, database = theirs
    listen(database, metrics.database_error)
    name, labels = "samverkansguiden_database_errors_total", {"code": "42501"}
    before = metrics.REGISTRY.get_sample_value(name, labels) or 0
    await owner.does("REVOKE ALL ON outbox FROM ROLE")
    monkeypatch.setattr(asked, "FRESH", 0.0)
    health = Health(database, Clock())
    await health.found()
    await health.found()
    assert metrics.REGISTRY.get_sample_value(name, labels) == before + 2
