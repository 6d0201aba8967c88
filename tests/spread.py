"""Matrices that are spread over a run: each row and each column at least once, and with WHOLE=1 (`make test-all`) every pair of them."""

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar
from zlib import crc32

import pytest

from tests.reach import folder

WHOLE = os.environ.get("WHOLE", "") not in ("", "0")
"""Whether everything is tried with everything."""
Row = TypeVar("Row")
Column = TypeVar("Column")


def spread(rows: Sequence[Row], columns: Sequence[Column], *, whole: bool = WHOLE) -> list[tuple[Row, Column]]:
    """Pairs, the same every time: all of them row by row, or one for each of whatever there is more of, in turn.

    ValueError where there are no rows or no columns: nothing would be tried.
    """
    if not rows or not columns:
        raise ValueError("nothing to spread")
    if whole:
        return [(row, column) for row in rows for column in columns]
    pairs = range(max(len(rows), len(columns)))
    return [(rows[one % len(rows)], columns[one % len(columns)]) for one in pairs]


def covering(pairs: Iterable[tuple[Row, Column]], *, whole: bool = WHOLE) -> list[tuple[Row, Column]]:
    """Of pairs that do not all occur, so many that each row and each column is in one; with `whole` all."""
    kept, rows, columns = list[tuple[Row, Column]](), set[Row](), set[Column]()
    for row, column in pairs:
        if whole or row not in rows or column not in columns:
            kept.append((row, column))
            rows.add(row)
            columns.add(column)
    return kept


DATABASES = ("sqlite", "postgresql")
BOTH = "storage"
"""The folder below tests/ whose tests are about the databases: they run on each of them every time."""


def on_one_database(items: Sequence[pytest.Item], *, whole: bool = WHOLE) -> tuple[list[pytest.Item], set[pytest.Item]]:
    """The tests that run, and those that are left to `make test-all`: each on SQLite or on PostgreSQL, but those of `tests/storage` on both."""
    left = set() if whole else {item for item in items if left_to_the_other(item)}
    return [item for item in items if item not in left], left


def left_to_the_other(item: pytest.Item) -> bool:
    """Whether a test does not run each time on the database that it is given here."""
    database = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
    return database is not None and database != its_database(item.nodeid) and folder(item.nodeid) != BOTH


def its_database(nodeid: str) -> str:
    """The one of DATABASES on which a test runs each time; it goes by its name without the database's, so that of a file's tests half run on each."""
    name = nodeid
    for one in DATABASES:
        name = name.replace(one, "")
    return DATABASES[crc32(name.encode()) % len(DATABASES)]
