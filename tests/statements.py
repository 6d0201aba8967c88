"""The statements that are sent to a database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database.database import Database

ASKED = re.compile(r"(?<![\w.])\"?drafts\"?(?!\w)")


@contextmanager
def asked_for(database: Database, what: re.Pattern[str] = ASKED) -> Iterator[list[str]]:
    """Every statement that is sent to the database in which that stands, the applicants' drafts if nothing else is named."""
    found: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if what.search(statement):
            found.append(statement)

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        for engine in database.engines:
            event.remove(engine, "before_cursor_execute", heard)
