"""Measurements of a database: how long its statements take, and how many of its connections are in use. Never which statements."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.pool import QueuePool

from storage.database.database import Database

BEGUN = "begun"
"""The key under which a connection notes when its statement began."""


def timed(database: Database, seen: Callable[[float], object]) -> None:
    """From now on, call `seen` with the seconds that each successful statement took, including the way to the database and back."""

    def before(connection: Connection, *_more: Any) -> None:
        connection.info[BEGUN] = time.perf_counter()

    def after(connection: Connection, *_more: Any) -> None:
        seen(time.perf_counter() - connection.info[BEGUN])

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)


@dataclass(frozen=True, slots=True)
class Pool:
    """The connections of a process: how many are in use, and how many there may be at most."""

    in_use: int
    size: int


def pool(database: Database) -> Pool:
    """The state of the connections now. The one through which an embedded database is written does not count."""
    there = database.engine.pool
    if not isinstance(there, QueuePool):
        return Pool(0, 0)
    # The pool reports how many it keeps, but not how many more it opens in a rush.
    return Pool(there.checkedout(), there.size() + max(0, getattr(there, "_max_overflow", 0)))
