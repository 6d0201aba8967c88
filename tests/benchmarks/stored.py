"""A database that many people have used before: their drafts, all half way through the application."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, Text, cast, func, insert, literal_column, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.events import Say, Start
from dialogs.language.replies import Reply
from storage.database.tables import metadata
from storage.migrations import migrate
from tests.answers import went_on
from tests.applicant import ANSWERS
from tests.house import SEAL, Caller, compose

PASSING = ("outbox", "seen_updates", "counters")
"""Tables whose rows go by themselves."""
HALF_WAY = "needs"


def fill(url: str, count: int) -> None:
    """Put `count` drafts into the database at a plain address, which may be a new one. About a minute for a million."""
    asyncio.run(_filled(url, count))


async def _filled(url: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        parts = compose(url, Path(folder), mails=False)
        await migrate(parts.database, SEAL)
        await _half_an_application(Caller(parts.turns))
        async with parts.database.write() as connection:
            for table in metadata.sorted_tables:
                if table.name not in PASSING:
                    await _copied(connection, table, count)
            await connection.execute(text("ANALYZE"))
        await parts.close()


async def _half_an_application(caller: Caller) -> None:
    await caller.does(Start())
    shown: list[Reply] = await caller.taps("accept")
    while shown[-1].type == "ask" and shown[-1].key != HALF_WAY:
        key = shown[-1].key
        for answer in ANSWERS[key]:
            verb, _space, what = answer.partition(" ")
            shown = await caller.does(Say(what)) if verb == "say" else await caller.taps(what)
        went_on(key, getattr(shown[-1], "key", ""), shown[-1])
    assert shown[-1].type == "ask"


async def _copied(connection: AsyncConnection, table: Table, count: int) -> None:
    """The one row of a table `count` - 1 times more, every number that is somebody's moved on."""
    rows = (await connection.execute(select(func.count()).select_from(table))).scalar()
    if not rows or count < 2:
        return
    assert rows == 1, f"{table.name}: {rows} rows"
    numbers: Any = select(literal_column("value").label("n")).select_from(
        text(f"generate_series(1, {count - 1}) AS n(value)")
    )
    if connection.dialect.name == "sqlite":
        numbers = select(literal_column("n")).select_from(
            text(
                f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1}) SELECT n FROM s)"
            )
        )
    each = numbers.subquery("numbers")
    copied = select(*(_moved(column, each.c.n) for column in table.columns)).select_from(table.join(each, true()))
    await connection.execute(insert(table).from_select(list(table.columns), copied))
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        await connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))")
        )


def _moved(column: "Column[Any]", n: Any) -> Any:
    if column.foreign_keys or column.name in ("id", "at_hand"):
        return (column + n).label(column.name)
    if column.name == "address":
        return cast(n, Text).label(column.name)
    return column
