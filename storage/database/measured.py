"""What is measured at a database: how long its statements take, and how many of its connections are out. Never which statements."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.pool import QueuePool

from storage.database.database import Database

BEGUN = "begun"
"""Where a connection keeps when its statement was begun."""


def timed(database: Database, seen: Callable[[float], object]) -> None:
    """From now on `seen` is told of each statement that worked how many seconds it took, the way to the database included."""

    def before(connection: Connection, *_more: Any) -> None:
        connection.info[BEGUN] = time.perf_counter()

    def after(connection: Connection, *_more: Any) -> None:
        seen(time.perf_counter() - connection.info[BEGUN])

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)


@dataclass(frozen=True, slots=True)
class Pool:
    """The connections of a process: how many are in use, and how many there may be."""

    in_use: int
    size: int


def pool(database: Database) -> Pool:
    """How it stands with the connections now. The one that an embedded database is written through is not among them."""
    there = database.engine.pool
    if not isinstance(there, QueuePool):
        return Pool(0, 0)
    # The pool tells how many it keeps, and not how many more it opens for a rush.
    return Pool(there.checkedout(), there.size() + max(0, getattr(there, "_max_overflow", 0)))
