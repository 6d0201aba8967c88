"""A move: copies the contents of an SQLite snapshot into PostgreSQL's tables, unchanged and whole, or not at all.

Values go over as they are stored: JSON as its own text (SQLAlchemy would not tell JSON's null from SQL's), a time in its UTC.
So the chain of events stays intact.
"""

import asyncio
import json
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import JSON, Boolean, Column, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases.chain import Seal
from storage.database.database import Database, Instant
from storage.database.process_tables import installation, locks
from storage.database.tables import metadata
from storage.migrations import migrate, restoring
from storage.migrations.programs import Unusable

BATCH = 500
"""How many rows are in memory at a time."""
LONGEST = 24 * 3600.0
"""Seconds that one table may take."""
LEFT = (locks, installation)
"""Tables that we leave out: they belong to the processes of one installation, not to the stored data."""
TABLES = tuple(table for table in metadata.sorted_tables if table not in LEFT)
"""Law: a table comes after the tables to which its keys point."""
HALVES = range(0xD800, 0xE000)
NO_ROOM = "holds NUL or half a character, for which PostgreSQL has no room"
REFERENCES = text("""
    SELECT DISTINCT conrelid::regclass::text FROM pg_constraint JOIN pg_class AS ours ON ours.oid = confrelid
    WHERE contype = 'f' AND ours.relnamespace = quote_ident(current_schema())::regnamespace AND ours.relname = ANY(:ours)
    AND conrelid <> ALL(SELECT oid FROM pg_class AS all_ours WHERE all_ours.relnamespace = ours.relnamespace AND all_ours.relname = ANY(:ours))
    ORDER BY 1
""")
AT = text("SELECT pg_get_serial_sequence(quote_ident(:name), :key)")
GO_ON = text("SELECT setval(CAST(:sequence AS regclass), :last, :used)")


async def move(plain: str, snapshot: Path, seal: Seal, note: str = "[]") -> int:
    """Replace what is in the PostgreSQL database at a plain address by an SQLite snapshot, of this version of the program or an older one.

    Leaves `note` (storage.migrations.restoring), so that nobody may start on the rows yet, and returns how many there are. Unusable when it cannot
    be done; then PostgreSQL's rows are as before. Nobody else may be using the database, and `seal` must be the seal of the
    snapshot's events.
    """
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "moving.sqlite3"
        await asyncio.to_thread(shutil.copyfile, snapshot, path)
        await _migrated(f"sqlite:///{path}", seal)
        await _migrated(plain, seal)
        with closing(sqlite3.connect(path, check_same_thread=False)) as source:
            _known(source)
            database = Database(plain)
            try:
                async with database.write() as connection:
                    rows = await _replaced(connection, source)
                    await restoring.leave(connection, note)
                    return rows
            except DBAPIError as error:  # usually the role does not own the tables
                raise Unusable(f"PostgreSQL refuses it: SQLSTATE {getattr(error.orig, 'sqlstate', '?')}") from None
            finally:
                await database.close()


async def _migrated(plain: str, seal: Seal) -> None:
    database = Database(plain)
    try:
        await migrate(database, seal, all_stopped=True)
    finally:
        await database.close()


def _known(source: sqlite3.Connection) -> None:
    """Check that nothing would be left behind: every table and column of the snapshot is ours. Unusable when a newer program made it."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (name,) in source.execute(named).fetchall():
        columns = {row[1] for row in source.execute(f'PRAGMA table_info("{name}")')}
        ours = metadata.tables.get(name)
        if name != "alembic_version" and (ours is None or columns != set(ours.columns.keys())):
            raise Unusable(f"the backup is of a newer version of the program: its table {name} is not known here")


async def _replaced(connection: AsyncConnection, source: sqlite3.Connection) -> int:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    await connection.execute(text("SET LOCAL statement_timeout = 0"))
    if others := (await connection.execute(REFERENCES, {"ours": list(metadata.tables)})).scalars().all():
        raise Unusable(f"others' tables refer to ours; take that away first: {', '.join(others)}")
    await connection.execute(text(f"TRUNCATE {names}"))
    driver: asyncpg.Connection[Any] = (await connection.get_raw_connection()).driver_connection
    rows = 0
    for table in TABLES:
        columns = [column.name for column in table.columns]
        try:
            said = await driver.copy_records_to_table(
                table.name, records=_records(source, table), columns=columns, timeout=LONGEST
            )
        except asyncpg.PostgresError as error:
            said = f"{type(error).__name__}, SQLSTATE {error.sqlstate}"
            raise Unusable(f"PostgreSQL does not take the table {table.name}: {said}") from None
        rows += int(said.rpartition(" ")[2])
        await _number_on(connection, source, table)
    await connection.execute(text(f"ANALYZE {names}"))
    return rows


async def _number_on(connection: AsyncConnection, source: sqlite3.Connection, table: Table) -> None:
    """Let the table's numbering continue above every number given out so far, including those of deleted rows."""
    key = next(iter(table.primary_key.columns)).name
    sequence = (await connection.execute(AT, {"name": table.name, "key": key})).scalar()
    if sequence is None:
        return
    given = f'SELECT max("{key}") FROM "{table.name}" UNION ALL SELECT seq FROM sqlite_sequence WHERE name = ?'  # noqa: S608 - names of our own tables
    last = max((number or 0 for (number,) in source.execute(given, (table.name,))), default=0)
    await connection.execute(GO_ON, {"sequence": sequence, "last": max(last, 1), "used": last > 0})


async def _records(source: sqlite3.Connection, table: Table) -> AsyncIterator[tuple[Any, ...]]:
    """The rows of a table in order of insertion, in the form that PostgreSQL's driver takes; a batch at a time, each made off the event loop."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor = source.execute(f'SELECT rowid, {columns} FROM "{table.name}" ORDER BY rowid')  # noqa: S608 - names of our own tables
    ways = [_way(column) for column in table.columns]
    while batch := await asyncio.to_thread(_batch, cursor, table, ways):
        for record in batch:
            yield record


def _batch(cursor: sqlite3.Cursor, table: Table, ways: list[Callable[[Any], Any]]) -> list[tuple[Any, ...]]:
    found = []
    try:
        for rowid, *values in cursor.fetchmany(BATCH):
            found.append(tuple(map(_converted, ways, values, table.columns, [rowid] * len(values))))
    except sqlite3.Error as error:
        raise Unusable(f"the table {table.name} cannot be read: {type(error).__name__}") from None
    return found


def _converted(way: Callable[[Any], Any], value: Any, column: Column[Any], rowid: int) -> Any:
    try:
        return None if value is None else way(value)
    except ValueError:
        raise Unusable(f"row {rowid} of the table {column.table.name}: its {column.name} {NO_ROOM}") from None


def _way(column: Column[Any]) -> Callable[[Any], Any]:
    """The function that converts SQLite's value for this column to asyncpg's. It raises ValueError for a value that PostgreSQL cannot store."""
    match column.type:
        case Instant():
            return lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC)
        case Boolean():
            return bool
        case JSON():
            return _json
    return _text


def _text(value: Any) -> Any:
    if isinstance(value, str) and "\0" in value:
        raise ValueError
    return value


def _json(value: str) -> str:
    if "\\u0000" in value or "\\ud" in value.lower():  # an escape, or what looks like one
        _whole(json.loads(value))
    return value


def _whole(value: Any) -> None:
    match value:
        case str() if "\0" in value or any(ord(one) in HALVES for one in value):
            raise ValueError
        case list():
            for one in value:
                _whole(one)
        case dict():
            for name, one in value.items():
                _whole(name)
                _whole(one)
