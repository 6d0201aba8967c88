"""Migrations (Alembic): `migrate` brings a database up to today's tables, and `behind` says whether that is needed."""

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

from storage.cases import writers
from storage.cases.chain import Seal, seal_anew
from storage.database.database import Database
from storage.database.sqlstate import sqlstate
from storage.migrations.others import LOCK, alone, gone
from storage.migrations.programs import Unusable

log = logging.getLogger(__name__)
LOCKED = "55P03"
"""SQLSTATE: a lock could not be had in time."""
LOCK_SECONDS, PAUSE, PATIENCE = 3, 5, 600.0
"""Seconds for which others may have to wait behind a migration, for which they then have the tables to themselves, and after which we give up."""
HOLDERS = text(
    "SELECT DISTINCT pid, application_name FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
    "JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN pg_stat_activity USING (pid) "
    "WHERE nspname = current_schema() AND relkind = 'r' AND granted AND pid <> pg_backend_pid() ORDER BY pid LIMIT 3"
)
UNCHAINED = ("0001", "0002")
"""Versions whose events are not yet in a chain."""
WRITERS_SEALED = "0014"
"""From this version on, whoever writes a case does so under a seal."""
RENAMING = "0008"
"""This version renames what earlier programs look up: they would take people whom they still serve for strangers."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


async def migrate(database: Database, seal: Seal, patience: float = PATIENCE, *, all_stopped: bool = False) -> None:
    """Bring the database to the newest version. Safe to run again, and by several processes at once. Seals what was written before there were seals.

    On a server it takes each lock within LOCK_SECONDS or lets go of all it has, because everybody who comes to a table that it waits for
    waits behind it; it retries for `patience` seconds, and then raises what was in the way (55P03). Before RENAMING it waits in the
    same way until nobody else uses the database (with SQLite it does not wait), and raises Unusable when somebody does;
    unless the caller knows that every process of the earlier program has stopped: `all_stopped`.
    """
    until = time.monotonic() + patience
    if database.embedded and not all_stopped:
        await _alone(database)
    while True:
        try:
            return await _migrate(database, seal, all_stopped)
        except Unusable as still:
            if time.monotonic() + PAUSE > until:
                raise
            log.warning("migrate: %s. It tries again in %d seconds", still, PAUSE)
        except DBAPIError as error:
            if sqlstate(error) != LOCKED or time.monotonic() + PAUSE > until:
                raise
            log.warning("migrate waits for %s, and tries again in %d seconds", await _holders(database), PAUSE)
        await database.engine.dispose()  # our own idle session would look like somebody else's
        await asyncio.sleep(PAUSE)


async def _migrate(database: Database, seal: Seal, all_stopped: bool) -> None:
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
        if _renames(before) and not (database.embedded or all_stopped):
            await gone(connection)
        await connection.run_sync(upgrade)
        if before in UNCHAINED:
            await seal_anew(connection, seal)
        if (before or "") < WRITERS_SEALED:
            await writers.seal_anew(connection, seal, unsealed=True)


async def _alone(database: Database) -> None:
    """Unusable while another process uses an SQLite database whose names are about to change."""
    if _renames(await revision(database)):
        await database.let_go()
        await asyncio.to_thread(alone, Path(str(database.engine.url.database)))


def _renames(stands: str | None) -> bool:
    """Whether tables of this version hold names that RENAMING changes."""
    return bool(stands) and str(stands) < RENAMING


async def _holders(database: Database) -> str:
    """Who holds locks on our tables right now: their process numbers on the server, and the names of their programs."""
    async with database.read() as connection:
        found = (await connection.execute(HOLDERS)).all()
    return ", ".join(f"process {pid} ({name or 'without a name'})" for pid, name in found) or "a lock"


async def behind(database: Database) -> bool:
    """Whether the database has to be migrated before this program may use it.

    A version that this program does not know belongs to a newer program. Migrations only add (see tests/storage/migrations; except RENAMING),
    so the older program can run on beside the newer one, and can be brought back.
    """
    async with database.read() as connection:
        return _is_behind(await connection.run_sync(_revision))


async def revision(database: Database) -> str:
    """The version of the database's tables, "" when it has none."""
    async with database.read() as connection:
        return await connection.run_sync(_revision) or ""


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_behind(stands: str | None) -> bool:
    """Whether tables of this version are older than this program's; None, for no tables, counts as older."""
    return stands is None or stands in _older()


def is_known(stands: str) -> bool:
    """Whether this program knows a version of the tables; if not, a newer program made it."""
    return stands in _older() or stands == ScriptDirectory.from_config(_config()).get_current_head()


@cache
def _older() -> frozenset[str]:
    script = ScriptDirectory.from_config(_config())
    return frozenset(one.revision for one in script.walk_revisions()) - {script.get_current_head()}
