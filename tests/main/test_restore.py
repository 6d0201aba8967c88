"""A restore does all or nothing, touches what is ours, and lets nobody start before it has ended."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from bot.main import start
from bot.main.backup import MANIFEST, backup
from bot.main.restore import restore
from storage.erasure import erasures
from storage.migrations import restoring, snapshot
from storage.migrations.programs import Unusable, address_for, run
from tests.clock import now
from tests.house import SECRET, Caller, Composed, compose
from tests.main.place import Place
from tests.main.planted import PLANTED, TO_PAPERS, erases
from tests.process.program import PATIENCE, Program
from tests.ways import BEGUN, everything, goes

NEIGHBOURS = (
    "CREATE SEQUENCE their_number",
    "CREATE TYPE their_kind AS ENUM ('a')",
    "CREATE DOMAIN their_text AS text",
    "CREATE FUNCTION their_function() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE theirs (id int PRIMARY KEY)",
    "CREATE TABLE their_parts (a int) PARTITION BY RANGE (a)",
    "CREATE TABLE their_part PARTITION OF their_parts FOR VALUES FROM (0) TO (1)",
    "CREATE VIEW their_view AS SELECT count(*) FROM theirs",
    "CREATE MATERIALIZED VIEW their_copy AS SELECT 1 AS one",
)
HALF = """#!/bin/sh
case "$*" in *--list*) exec {real} "$@";; esac
{real} "$@" | head -c 20000
{then}
"""


@pytest.fixture
def place(database_url: str, tmp_path: Path, tools: str) -> Place:
    return Place(tmp_path, database_url)


async def does(url: str, *statements: str) -> object:
    """What the last of these statements says, by somebody else than the program."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            found = await connection.fetchval(statement)
        return found
    finally:
        await connection.close()


async def filled(url: str, directory: Path) -> tuple[Composed, Caller]:
    """Somebody has written as far as the papers."""
    parts = compose(url, directory)
    return parts, await goes(Caller(parts.turns, "somebody"), *TO_PAPERS)


async def test_what_is_a_neighbours_in_our_schema_is_neither_in_the_backup_nor_in_its_way(
    postgres_url: str, tmp_path: Path, tools: str
) -> None:
    place = Place(tmp_path, postgres_url)
    parts, _caller = await filled(postgres_url, tmp_path)
    await does(postgres_url, *NEIGHBOURS, "INSERT INTO theirs VALUES (1)", "SELECT nextval('their_number')")
    made = await backup(place.settings, tmp_path / "backups", now())
    await does(postgres_url, "INSERT INTO theirs VALUES (2)", "CREATE TABLE their_later AS SELECT 1 AS one")
    await parts.close()
    await restore(place.settings, made.path, now(), force=True)
    back = compose(postgres_url, tmp_path)
    assert PLANTED in await everything(back.database)
    await back.close()
    assert await does(postgres_url, "SELECT count FROM their_view") == 2, "theirs is as they left it"
    assert await does(postgres_url, "SELECT one FROM their_later") == 1
    assert await does(postgres_url, "SELECT nextval('their_number')") == 2, "and no number of theirs jumps"


async def test_a_backup_of_an_earlier_version_that_holds_the_whole_schema_leaves_a_neighbours_as_it_is(
    postgres_url: str, tmp_path: Path, tools: str
) -> None:
    parts, _caller = await filled(postgres_url, tmp_path)
    await does(postgres_url, *NEIGHBOURS, "INSERT INTO theirs VALUES (1)")
    taken = tmp_path / "database.dump"
    async with address_for(postgres_url) as address:
        whole = ("--format=custom", "--no-owner", "--no-privileges", "--schema=public")
        await run("pg_dump", *whole, f"--file={taken}", f"--dbname={address}")
    await does(postgres_url, "INSERT INTO theirs VALUES (2)", "DELETE FROM drafts")
    await parts.close()
    await snapshot.put_back(postgres_url, taken, restoring.note(()))
    back = compose(postgres_url, tmp_path)
    assert PLANTED in await everything(back.database)
    await back.close()
    assert await does(postgres_url, "SELECT count FROM their_view") == 2, "theirs is as they left it"


@pytest.mark.parametrize(
    ("theirs", "named"),
    [
        (
            "CREATE VIEW others.their_view AS SELECT count(*) FROM people",
            r"view others\.their_view depends on table people",
        ),
        (
            "CREATE TABLE others.books (person bigint REFERENCES people(id))",
            r"on table others\.books depends on table people",
        ),
    ],
)
async def test_what_depends_on_our_tables_is_named_and_nothing_is_changed(
    postgres_url: str, tmp_path: Path, tools: str, theirs: str, named: str
) -> None:
    place = Place(tmp_path, postgres_url)
    parts, _caller = await filled(postgres_url, tmp_path)
    made = await backup(place.settings, tmp_path / "backups", now())
    await does(postgres_url, "CREATE SCHEMA others", theirs)
    await goes(Caller(parts.turns, "another"), *BEGUN)
    before = await everything(parts.database)
    with pytest.raises(Unusable, match=named):
        await restore(place.settings, made.path, now(), force=True)
    assert await everything(parts.database) == before
    await start.whole(parts.database)
    await parts.close()


@pytest.fixture
def half(tmp_path: Path, tools: str) -> Iterator[Path]:
    """A folder for the PATH with a pg_restore that prints half of what it should; then it waits, or fails once `fail` is there."""
    folder, real = tmp_path / "half", shutil.which("pg_restore", path=tools)
    folder.mkdir()
    then = f"touch {folder}/printed; while [ ! -e {folder}/fail ]; do sleep 0.1; done; exit 1"
    (folder / "pg_restore").write_text(HALF.format(real=real, then=then))
    (folder / "pg_restore").chmod(0o755)
    yield folder
    (folder / "fail").touch()


@pytest.mark.parametrize("killed", [True, False])
async def test_a_restore_that_ends_half_way_changes_nothing(
    postgres_url: str, tmp_path: Path, tools: str, half: Path, killed: bool
) -> None:
    """By SIGKILL, or since one of PostgreSQL's programs fails; in either case after the tables were dropped."""
    parts, _caller = await filled(postgres_url, tmp_path)
    made = await backup(Place(tmp_path, postgres_url).settings, tmp_path / "backups", now())
    await goes(Caller(parts.turns, "another"), *BEGUN)
    before = await everything(parts.database)
    given = {"DATABASE_URL": postgres_url, "SECRET_KEY": SECRET, "FILES_DIR": str(tmp_path / "files")}
    going = subprocess.Popen(
        [sys.executable, "-m", "bot", "restore", "--force", str(made.path)],
        cwd=tmp_path,
        env=Program(tmp_path, **given).environment | {"PATH": f"{half}{os.pathsep}{tools}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    last = time.monotonic() + PATIENCE
    while not (half / "printed").exists():
        assert time.monotonic() < last
        assert going.poll() is None
        time.sleep(0.05)
    if killed:
        going.kill()
    else:
        (half / "fail").touch()
    _out, said = going.communicate(timeout=PATIENCE)
    assert killed or "pg_restore ended with 1" in said
    assert await everything(parts.database) == before
    await start.whole(parts.database)
    await parts.close()


async def test_nobody_starts_before_a_restore_has_ended_and_what_was_erased_stays_so(
    place: Place, tmp_path: Path
) -> None:
    """What a restore leaves that is killed as soon as the rows are back. Of the erasure only the replaced database knew."""
    parts = compose(place.url, place.directory)
    erased = await goes(Caller(parts.turns, "erased"), *TO_PAPERS)
    made = await backup(place.settings, tmp_path / "backups", now())
    await erases(erased)
    async with parts.database.read() as connection:
        known = await erasures.since(connection, erasures.EVER)
    await parts.close()
    taken = made.path / json.loads((made.path / MANIFEST).read_text())["database"]
    await snapshot.put_back(place.url, taken, restoring.note(known))

    parts = compose(place.url, place.directory)
    assert PLANTED in await everything(parts.database), "it is there again, so nobody may start"
    with pytest.raises(SystemExit, match="A restore into this database has not ended"):
        await start.fits(parts.database, parts.keys, parts.seal)
    with pytest.raises(Unusable, match="has not ended, so it is nothing to keep"):
        await backup(place.settings, tmp_path / "elsewhere", now())
    given = {"DATABASE_URL": place.url, "SECRET_KEY": SECRET, "FILES_DIR": str(place.directory / "files")}
    for command in ("serve", "invite Karin", "verify"):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            Program(tmp_path, **given).run(*command.split())
        assert "Restore again" in refused.value.stderr
    async with parts.database.write() as connection:
        await connection.execute(text("DROP TABLE erasures"))  # as in a backup from before there was one
    await parts.close()

    assert (await restore(place.settings, made.path, now(), force=True)).erased == 1
    back = compose(place.url, place.directory)
    assert PLANTED not in await everything(back.database)
    await start.fits(back.database, back.keys, back.seal)
    await back.close()
