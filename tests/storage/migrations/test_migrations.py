"""Expand, then contract: the program before a migration goes on working beside it, so that nobody has to be sent away for a deploy."""

import asyncio
import json
import re
import subprocess
import sysconfig
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.database.database import Database
from storage.database.sqlstate import sqlstate
from storage.migrations import _config, migrate
from tests.house import SEAL
from tests.postgres import Postgres
from tests.storage.migrations.revisions import up_to, versions

CONTRACTS: dict[str, set[str]] = {}
"""By version: the rules that it may break, because nothing of the version before uses any more what it takes away."""
FIRST = "0001"
"""Before it there is no program that could be in the way."""
EXCLUDED = (
    "require-timeout-settings",  # migrations are short: every table is small beside what a server moves
    "require-concurrent-index-creation",  # and a lock for its duration is waited for by the retries
    "require-concurrent-index-deletion",
    "prefer-robust-stmts",  # one transaction for all of them
    "prefer-text-field",
    "prefer-identity",
    "prefer-bigint-over-int",
    "prefer-timestamptz",
    "adding-foreign-key-constraint",
    "constraint-missing-not-valid",
    "ban-char-field",
    "require-table-schema",
)
BREAKING = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN|VIEW)|RENAME\b|ALTER\s+COLUMN\s+\w+\s+(TYPE|SET\s+NOT\s+NULL|DROP\s+DEFAULT))",
    re.IGNORECASE,
)


async def statements(url: str) -> dict[str, str]:
    """What each migration really sends to a database that has no tables yet."""
    database, sent = Database(url), dict[str, str]()
    config = _config()

    def upgrade(connection: Connection) -> None:
        said: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
        config.attributes["connection"] = connection
        for version in versions():
            said.clear()
            command.upgrade(config, version)
            changes = [
                one for one in said if re.match(r"\s*(CREATE|ALTER|DROP)\b", one) and "alembic_version" not in one
            ]
            sent[version] = "".join(f"{one.strip()};\n" for one in changes)

    async with database.write() as connection:
        await connection.run_sync(upgrade)
    await database.close()
    return sent


def broken(sql: str, directory: Path) -> set[str]:
    """The rules that these statements break: squawk's, and our own short list."""
    path = directory / "migration.sql"
    path.write_text(sql)
    squawk = Path(sysconfig.get_path("scripts")) / "squawk"
    options = (
        "--reporter=json",
        "--pg-version=15.0",
        "--assume-in-transaction",
        *(f"--exclude={rule}" for rule in EXCLUDED),
    )
    said = subprocess.run([squawk, *options, path], capture_output=True, text=True, check=False).stdout
    found = {one["rule_name"] for one in json.loads(said or "[]")}
    return found | ({"breaking"} if BREAKING.search(sql) else set())


@pytest.fixture
def bare(postgres: Postgres) -> str:
    return postgres.bare()


async def test_no_migration_breaks_the_program_before_it(bare: str, tmp_path: Path) -> None:
    found = await statements(bare)
    assert list(found) == versions()
    assert "CREATE TABLE" in found[FIRST]
    wrong = {
        version: broken(sql, tmp_path) - CONTRACTS.get(version, set())
        for version, sql in found.items()
        if version != FIRST
    }
    assert {version: rules for version, rules in wrong.items() if rules} == {}


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE drafts DROP COLUMN answers;",
        "ALTER TABLE drafts RENAME COLUMN answers TO given;",
        "ALTER TABLE drafts RENAME TO sketches;",
        "DROP TABLE drafts;",
        "ALTER TABLE drafts ADD COLUMN colour VARCHAR(8) NOT NULL;",
        "ALTER TABLE drafts ALTER COLUMN answers SET NOT NULL;",
        "ALTER TABLE drafts ALTER COLUMN version TYPE BIGINT;",
    ],
)
def test_the_linter_sees_what_would(statement: str, tmp_path: Path) -> None:
    assert broken(statement, tmp_path)


def test_the_linter_lets_pass_what_only_adds(tmp_path: Path) -> None:
    assert broken("ALTER TABLE drafts ADD COLUMN colour VARCHAR(8) DEFAULT '' NOT NULL;", tmp_path) == set()


async def test_migrate_keeps_nobody_waiting_behind_a_reader(
    bare: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(migrations, "LOCK_SECONDS", 1)
    monkeypatch.setattr(migrations, "PAUSE", 1)
    database = Database(bare)
    await up_to(database, "0002")
    reader = await asyncpg.connect(bare, server_settings={"application_name": "a long dump"})
    page = await asyncpg.connect(bare)
    reading = reader.transaction()
    await reading.start()
    await reader.execute("SELECT FROM case_events")  # which the next version changes
    migrating = asyncio.create_task(migrate(database, SEAL, all_stopped=True))
    async with asyncio.timeout(60):
        while caplog.text.count("migrate waits for") < 2:
            await page.execute("SELECT FROM case_events")  # behind the migration, were that to wait for the reader
            await asyncio.sleep(0.01)
    assert not migrating.done()
    assert "(a long dump)" in caplog.text
    await reading.rollback()
    await migrating
    assert not await migrations.behind(database)
    for one in (reader, page):
        await one.close()
    await database.close()


async def test_it_is_given_up_when_the_time_is_out(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "LOCK_SECONDS", 1)
    database = Database(bare)
    await up_to(database, "0002")
    reader = await asyncpg.connect(bare)
    async with reader.transaction():
        await reader.execute("SELECT FROM case_events")
        with pytest.raises(DBAPIError) as raised:
            await migrate(database, SEAL, patience=0, all_stopped=True)
    assert sqlstate(raised.value) == "55P03"
    assert await migrations.revision(database) == "0002", "all of it or nothing"
    await reader.close()
    await database.close()
