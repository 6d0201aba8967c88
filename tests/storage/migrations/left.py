"""What version 8fbb581 left: its database of either kind, and what that version itself said of the cases in it."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg

from storage.database.database import Database
from storage.migrations import migrate
from tests.house import SEAL
from tests.postgres import Postgres

LEFT = Path(__file__).parent / "of_8fbb581"
KINDS = ("sqlite", "postgresql")
SESSION = "a-session-of-karin-long-enough-0"
"""What Karin's browser keeps."""
CHATS = {"Karin": "901", "Bo": "902", "Alva": "903"}
"""The contact persons, and where each writes to their bot."""

PHOTO = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe"
    b"\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)
"""The photo that was sent."""


@cache
def said() -> dict[str, Any]:
    """What it said of the cases, by reference under "cases"; what it knew; the queue, the desk, and what was due."""
    found: dict[str, Any] = json.loads((LEFT / "cases.json").read_text(encoding="utf-8"))
    return found


def of_sqlite(directory: Path) -> Path:
    """The SQLite database that was left."""
    path = directory / "left.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((LEFT / "sqlite.sql").read_text(encoding="utf-8"))
    return path


async def of_postgresql(url: str) -> None:
    """Put what was left into a database with nothing in it."""
    connection = await asyncpg.connect(url)
    await connection.execute((LEFT / "postgresql.sql").read_text(encoding="utf-8"))
    await connection.close()


class Left:
    """One database that was left, as often as a test wants it: each time another one, of which the first is migrated for all."""

    def __init__(self, kind: str, directory: Path, postgres: Callable[[], Postgres]) -> None:
        self.kind, self._postgres = kind, postgres
        self.as_left = self._made(directory)
        self.migrated = self._copied(self.as_left, directory / "migrated.sqlite3")
        asyncio.run(_migrated(self.migrated))

    def again(self, directory: Path, *, migrated: bool = True) -> str:
        """The plain address of a copy of its own."""
        return self._copied(self.migrated if migrated else self.as_left, directory / "left.sqlite3")

    def _made(self, directory: Path) -> str:
        if self.kind == "sqlite":
            return f"sqlite:///{of_sqlite(directory)}"
        url = self._postgres().bare()
        asyncio.run(of_postgresql(url))
        return url

    def _copied(self, url: str, path: Path) -> str:
        if self.kind == "sqlite":
            shutil.copy(url.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        return self._postgres().copy(url)


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database, SEAL)
    await database.close()
