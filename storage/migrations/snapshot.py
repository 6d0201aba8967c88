"""Snapshots: the whole database as a file, taken while people write, and put back. Uses the databases' own tools."""

import asyncio
import os
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from storage.database.address import embedded, server
from storage.database.session import Session, Sessions
from storage.migrations import ours, restoring
from storage.migrations.programs import Unusable, address_for, in_one_transaction, run

FILES = "SELECT DISTINCT sha256 FROM files"
LEFT = """SELECT relname FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace
UNION SELECT typname FROM pg_type WHERE typnamespace = quote_ident(current_schema())::regnamespace
UNION SELECT proname || '(' FROM pg_proc WHERE pronamespace = quote_ident(current_schema())::regnamespace"""
PEOPLE = "SELECT 1 FROM people UNION ALL SELECT 1 FROM cases LIMIT 1"
GAP = 1_000_000
"""How far numbers jump at a restore: an old button must not meet a new draft, however many numbers were used since the backup."""
REFERENCES = 1_000
"""How far references jump: a reference given out since the backup must not go to somebody else."""
PATIENCE = 30
"""Seconds for which dropping our tables waits for anybody who still holds one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot: its own file name, and the SHA-256 of every file that its rows hold."""

    name: str
    files: frozenset[str]


async def take(plain: str, directory: Path) -> Snapshot:
    """Save the database at a plain address to a new file in `directory`, as it is at one instant. Unusable when that does not work."""
    if path := sqlite_path(plain):
        return await asyncio.to_thread(_take_sqlite, path, directory / "database.sqlite3")
    return await _take_postgres(plain, directory / "database.dump")


async def put_back(plain: str, snapshot: Path, note: str) -> None:
    """Replace the database at a plain address by a snapshot of its kind, whatever was in it, or change nothing. Nobody else may be using it.

    Leaves `note` (storage.migrations.restoring) in it, so that nobody may start on it. (From SQLite to PostgreSQL: storage.migrations.move.)
    """
    path = sqlite_path(plain)
    if bool(path) != (snapshot.suffix == ".sqlite3"):
        raise Unusable(
            "the backup is PostgreSQL's, and DATABASE_URL is SQLite: there is a way from SQLite to PostgreSQL, and none back"
        )
    if path:
        await asyncio.to_thread(_put_back_sqlite, path, snapshot, note)
    else:
        await _put_back_postgres(plain, snapshot, note)


async def empty(plain: str) -> bool:
    """Whether the database has no people and no cases yet; empty tables may be there."""
    if path := sqlite_path(plain):
        return await asyncio.to_thread(_sqlite_empty, path)
    connection = await _connected(plain)
    try:
        if await connection.fetchval("SELECT to_regclass(quote_ident(current_schema()) || '.people')") is None:
            return True
        return await connection.fetchval(PEOPLE) is None
    finally:
        await connection.close()


async def jump(plain: str) -> None:
    """Move the numbering far above the snapshot's, by GAP; the counters for references move by REFERENCES."""
    if path := sqlite_path(plain):
        await asyncio.to_thread(_jump_sqlite, path)
        return
    connection = await _connected(plain)
    try:
        for name in await ours.sequences(connection):
            await connection.fetchval(f"SELECT setval($1::regclass, nextval($1::regclass) + {GAP})", name)
        await connection.execute(f"UPDATE counters SET value = value + {REFERENCES} WHERE name NOT LIKE '%:%'")  # noqa: S608 - a number of ours
    finally:
        await connection.close()


def sqlite_path(plain: str) -> Path | None:
    """The file of an SQLite database at a plain address; None for PostgreSQL."""
    return Path(str(make_url(plain).database)) if embedded(plain) else None


def _take_sqlite(path: Path, to: Path) -> Snapshot:
    if not path.exists():
        raise Unusable(f"there is no database at {path}")
    with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)  # in one step: in WAL mode nobody waits for it, and writes meanwhile do not restart it
        copy.execute("PRAGMA journal_mode=DELETE")
        if (found := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise Unusable(f"the copy of the database is damaged: {found}")
        files = frozenset(row[0] for row in copy.execute(FILES))
    return Snapshot(to.name, files)


def _put_back_sqlite(path: Path, snapshot: Path, note: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(".restoring")
    shutil.copyfile(snapshot, temporary)
    with closing(sqlite3.connect(temporary)) as connection:
        connection.executescript(restoring.begun(note))
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as replaced:  # a damaged database is replaced as it is
        replaced.execute("PRAGMA journal_mode=DELETE")  # until it is replaced, it holds what was only in its log
    for leftover in (f"{path}-wal", f"{path}-shm"):
        Path(leftover).unlink(missing_ok=True)
    temporary.replace(path)


def _sqlite_empty(path: Path) -> bool:
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'people'").fetchone():
            return True
        return connection.execute(PEOPLE).fetchone() is None


def _jump_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = seq + ?", (GAP,))
        connection.execute("UPDATE counters SET value = value + ? WHERE name NOT LIKE '%:%'", (REFERENCES,))


async def _take_postgres(plain: str, to: Path) -> Snapshot:
    connection = await _connected(plain)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            shared = await connection.fetchval("SELECT pg_export_snapshot()")
            files = frozenset(row[0] for row in await connection.fetch(FILES))
            # If others use the database too, only our part of it.
            schema = await _schema(connection)
            only = [f'--table="{schema}"."{name}"' for name in await ours.tables(connection)]
            async with address_for(plain) as address:
                options = (
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--snapshot={shared}",
                    *only,
                    f"--file={to}",
                )
                await run("pg_dump", *options, f"--dbname={address}")
    finally:
        await connection.close()
    return Snapshot(to.name, files)


async def _put_back_postgres(plain: str, snapshot: Path, note: str) -> None:
    connection = await _connected(plain)
    try:
        schema = await _schema(connection)
        if (theirs := await _schema_of(snapshot)) != schema:
            raise Unusable(
                f"the backup is of the schema {theirs}, and DATABASE_URL leads to {schema}. Set the role's search_path to {theirs}"
            )
        drop, left = await _drop(connection, schema)
    finally:
        await connection.close()
    with tempfile.TemporaryDirectory() as directory:
        wanted = Path(directory) / "list"
        await asyncio.to_thread(wanted.write_text, await _without(snapshot, schema, left))
        # With the schema named, pg_restore does not create it: it exists, and may be somebody else's.
        options = ("--no-owner", "--no-privileges", "--exit-on-error", f"--schema={schema}", f"--use-list={wanted}")
        script = ("pg_restore", *options, "--file=-", str(snapshot))
        async with address_for(plain) as address:
            await in_one_transaction(address, drop, script, restoring.begun(note, ours.quoted(schema)))


async def _without(snapshot: Path, schema: str, theirs: set[str]) -> str:
    """The contents of a snapshot, as pg_restore lists them, without those that a neighbour has: earlier versions backed up the whole schema."""
    listed = (await run("pg_restore", "--list", str(snapshot))).splitlines()
    named = re.compile(rf" {re.escape(schema)} (?P<name>[^ (]+\(?)")
    return "\n".join(line for line in listed if not ((found := named.search(line)) and found["name"] in theirs))


async def _drop(connection: Session, schema: str) -> tuple[str, set[str]]:
    """The statements that drop our tables and nothing else, and the names of everything that is left then. Unusable when the server refuses:
    the role does not own them, or somebody else's objects depend on them.
    """
    names = [ours.quoted(schema, name) for name in await ours.tables(connection, also=(restoring.NAME,))]
    drop = f"SET LOCAL lock_timeout = '{PATIENCE}s';" + (f"DROP TABLE {', '.join(names)};" if names else "")
    trying = connection.transaction()
    await trying.start()
    try:
        await connection.execute(drop)
        theirs = {row[0] for row in await connection.fetch(LEFT)}
    except asyncpg.DependentObjectsStillExistError as error:
        raise Unusable(
            f"others depend on our tables; take that away first: {'; '.join((error.detail or '').splitlines())}"
        ) from None
    except asyncpg.PostgresError as error:
        raise Unusable(
            f"PostgreSQL refuses to drop our tables: {type(error).__name__}, SQLSTATE {error.sqlstate}"
        ) from None
    finally:
        await trying.rollback()
    return drop, theirs


async def _schema(connection: Session) -> str:
    """The schema of our tables: the first in the role's search_path."""
    schema = await connection.fetchval("SELECT current_schema()")
    if schema is None:
        raise Unusable("no schema of the role's search_path is there, or it may use none")
    return str(schema)


async def _schema_of(snapshot: Path) -> str:
    """The schema from which a snapshot was taken. A line of its list reads `number; oid oid TABLE schema name owner`."""
    for line in (await run("pg_restore", "--list", str(snapshot))).splitlines():
        if found := re.fullmatch(r"\d+; \d+ \d+ TABLE (.+) people \S+", line):
            return found[1]
    raise Unusable(f"{snapshot.name} holds no tables of ours")


async def _connected(plain: str) -> Session:
    """A session without a time limit for statements. Never through a pooler:
    PostgreSQL's own programs leave settings behind in its connections, where others would meet them.
    """
    try:
        session = await Sessions(server(plain)).begin()
    except (OSError, asyncpg.PostgresError) as error:
        raise Unusable(f"the database cannot be reached: {type(error).__name__}") from None
    if session.pooled:
        session.terminate()
        raise Unusable("DATABASE_URL leads through a pooler; name the server itself for this command")
    return session
