"""Whose fault an error of the database is, told from what a real server says."""

from contextlib import suppress

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from storage.database.database import Database
from storage.database.sqlstate import kind, listen, sqlstate
from storage.database.trouble import Conflict, passing
from tests.postgres import Postgres
from tests.rights import role

MARK = "INSERT INTO installation (name, value) VALUES (:name, 'x')"


async def error_of(url: str, statement: str, **given: object) -> Exception:
    """What the database at `url` says to a statement."""
    database = Database(url)
    try:
        with pytest.raises(Exception) as raised:
            async with database.write() as connection:
                await connection.execute(text(statement), given)
        return raised.value
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("before", "statement", "said"),
    [
        ("REVOKE ALL ON drafts FROM ROLE", "SELECT id FROM drafts", "InsufficientPrivilege 42501"),
        ("DROP TABLE held_updates", "SELECT id FROM held_updates", "UndefinedTable 42P01"),
        ("ALTER TABLE locks DROP COLUMN until", "SELECT until FROM locks", "UndefinedColumn 42703"),
        ("ALTER USER ROLE SET default_transaction_read_only = on", MARK, "ReadOnlySQLTransaction 25006"),
        ("ALTER USER ROLE SET statement_timeout = 50", "SELECT pg_sleep(5)", "QueryCanceled 57014"),
        ("ALTER USER ROLE CONNECTION LIMIT 0", "SELECT 1", "TooManyConnections 53300"),
        ("ALTER USER ROLE NOLOGIN", "SELECT 1", "InvalidAuthorizationSpecification 28000"),
    ],
)
async def test_what_the_installation_refuses_is_not_the_messages_fault(
    before: str, statement: str, said: str, postgres_url: str
) -> None:
    async with role(postgres_url) as one:
        await one.does(before)
        error = await error_of(one.url, statement, **({"name": "x"} if ":name" in statement else {}))
    assert (kind(error), sqlstate(error)) == (said, said[-5:])
    assert passing(error)


@pytest.mark.parametrize(
    ("name", "code"), [("x" * 100, "22001"), ("nul\0", "22021"), (2**70, "22000"), (None, "23502")]
)
async def test_what_a_message_brings_is(name: object, code: str, postgres_url: str) -> None:
    error = await error_of(postgres_url, MARK, name=name)
    assert sqlstate(error) == code
    assert not passing(error), "it would be tried for ever, and everything behind it in the chat would wait"


async def test_a_bug_of_ours_is_nobody_elses(postgres_url: str, sqlite_url: str) -> None:
    assert sqlstate(error := await error_of(postgres_url, "SELEKT 1")) == "42601"
    assert not passing(error)
    assert not passing(await error_of(sqlite_url, MARK, name=None))
    assert not passing(ValueError())


async def test_the_world_without_a_sqlstate(sqlite_url: str) -> None:
    refused = await error_of("postgresql://somebody:hush@127.0.0.1:1/nothing", "SELECT 1")
    assert (kind(refused), sqlstate(refused), passing(refused)) == ("ConnectionRefusedError", "", True)
    missing = await error_of(sqlite_url, "SELECT 1 FROM nowhere")
    assert (kind(missing), sqlstate(missing), passing(missing)) == ("OperationalError SQLITE_ERROR", "", True)
    assert passing(Conflict())
    assert passing(TimeoutError())


@pytest.fixture
def latin(postgres: Postgres) -> str:
    return postgres.bare("TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")


async def test_a_database_that_is_not_utf8_is_the_installations_fault(latin: str) -> None:
    error = await error_of(latin, "SELECT CAST(:name AS text)", name="\u2068")
    assert (kind(error), passing(error)) == ("UntranslatableCharacter 22P05", True)


async def test_a_missing_database_and_a_wrong_password_are_told_apart(postgres_url: str) -> None:
    nowhere = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    error = await error_of(nowhere, "SELECT 1")
    assert (sqlstate(error), passing(error)) == ("3D000", True)


async def test_every_error_is_heard_with_its_sqlstate(postgres_url: str) -> None:
    database, heard = Database(postgres_url), list[str]()
    listen(database, heard.append)
    for statement in ("SELECT 1 FROM nowhere", "SELECT 1 / 0", "SELECT 1"):
        with suppress(DBAPIError):
            async with database.read() as connection:
                await connection.execute(text(statement))
    assert heard == ["42P01", "22012"]
    await database.close()


async def test_the_drivers_own_error_says_the_same(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    with pytest.raises(asyncpg.PostgresError) as raised:
        await connection.execute("SELECT 1 FROM nowhere")
    assert kind(raised.value) == "UndefinedTable 42P01"
    await connection.close()
