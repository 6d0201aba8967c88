"""Migrations (Alembic): `migrate` brings a database to today's tables, `behind` says whether it has to be."""

import asyncio
import logging
import time
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases.chain import Seal, seal_anew
from storage.database.database import Database
from storage.database.sqlstate import sqlstate
from storage.migrations.programs import Unusable

log = logging.getLogger(__name__)
LOCK = 0x7461626C6573
"""The name of our advisory lock (PostgreSQL): a number of our own, "tables" in ASCII."""
LOCKED = "55P03"
"""What the server says when a lock was not to be had in time."""
LOCK_SECONDS, PAUSE, PATIENCE = 3, 5, 600.0
"""Seconds that everybody may have to wait behind this; that they then have to themselves; and after which it is given up."""
HOLDERS = text(
    "SELECT DISTINCT pid, application_name FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
    "JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN pg_stat_activity USING (pid) "
    "WHERE nspname = current_schema() AND relkind = 'r' AND granted AND pid <> pg_backend_pid() ORDER BY pid LIMIT 3"
)
UNCHAINED = ("0001", "0002")
"""Versions whose events are in no chain yet."""
RENAMING = "0008"
"""It renames what the program before it looks for: whoever is still served by that would be a stranger to it."""
RUNNING = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND application_name = current_setting('application_name') "
    "AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory') ORDER BY pid LIMIT 3"
)
"""Sessions of the program, but for those that wait to migrate as well."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


async def migrate(database: Database, seal: Seal, patience: float = PATIENCE) -> None:
    """Bring the database to the newest version. Safe to run again, and by several processes at once. Events from before the chain are sealed.

    On a server it takes each lock within LOCK_SECONDS or lets go of all it has, for whoever comes to a table that it waits for
    waits behind it; it tries again for `patience` seconds, and then raises what was in the way (55P03). Before RENAMING it waits in
    the same way for the processes of the program before it to end, and raises Unusable when they do not.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return await _migrate(database, seal)
        except Unusable as still:
            if time.monotonic() + PAUSE > until:
                raise
            log.warning("migrate: %s. It tries again in %d seconds", still, PAUSE)
        except DBAPIError as error:
            if sqlstate(error) != LOCKED or time.monotonic() + PAUSE > until:
                raise
            log.warning("migrate waits for %s, and tries again in %d seconds", await _holders(database), PAUSE)
        await database.engine.dispose()  # a session of ours that rests would be taken for one of the program before
        await asyncio.sleep(PAUSE)


async def _migrate(database: Database, seal: Seal) -> None:
    config = _config()

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with database.write() as connection:
        if not database.embedded:  # SQLite has one writer anyway
            await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        before = await connection.run_sync(_revision)
        if not _is_behind(before):
            return
        if before and before < RENAMING and not database.embedded:
            await _ended(connection)
        await connection.run_sync(upgrade)
        if before in UNCHAINED:
            await seal_anew(connection, seal)


async def _ended(connection: AsyncConnection) -> None:
    """Nothing, once no process of the program before uses the database any more; Unusable while one does."""
    if found := (await connection.execute(RUNNING)).scalars().all():
        raise Unusable(
            f"the program of before still runs (sessions {', '.join(map(str, found))} of the server), and must end first"
        )


async def _holders(database: Database) -> str:
    """Who holds locks on our tables just now: their process numbers at the server, and the names of their programs."""
    async with database.read() as connection:
        found = (await connection.execute(HOLDERS)).all()
    return ", ".join(f"process {pid} ({name or 'without a name'})" for pid, name in found) or "a lock"


async def behind(database: Database) -> bool:
    """Whether the database has to be migrated before this program may use it.

    A version that this program does not know is a newer program's. Migrations only add (see tests/storage/migrations; but for RENAMING), so the
    older one goes on beside it, and may come back.
    """
    async with database.read() as connection:
        return _is_behind(await connection.run_sync(_revision))


async def revision(database: Database) -> str:
    """The version of the database's tables, "" when there are none."""
    async with database.read() as connection:
        return await connection.run_sync(_revision) or ""


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_behind(stands: str | None) -> bool:
    """Whether tables of this version, or none, are older than this program's."""
    return stands is None or stands in _older()


def is_known(stands: str) -> bool:
    """Whether this program knows a version of the tables; otherwise a newer one made it."""
    return stands in _older() or stands == ScriptDirectory.from_config(_config()).get_current_head()


@cache
def _older() -> frozenset[str]:
    script = ScriptDirectory.from_config(_config())
    return frozenset(one.revision for one in script.walk_revisions()) - {script.get_current_head()}
