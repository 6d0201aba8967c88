"""Migrations (Alembic): `migrate` brings a database to today's tables, `behind` says whether it has to be."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from storage.chain import seal_anew
from storage.database import Database

LOCK = 0x7461626C6573
"""The name of our advisory lock (PostgreSQL): a number of our own, "tables" in ASCII."""

UNCHAINED = ("0001", "0002")
"""Versions whose events are in no chain yet."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


async def migrate(database: Database) -> None:
    """Bring the database to the newest version. Safe to run again, and by several processes at once."""
    config = _config()

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with database.write() as connection:
        if not database.embedded:  # SQLite has one writer anyway
            await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        before = await connection.run_sync(_revision)
        if not _is_behind(before):
            return
        await connection.run_sync(upgrade)
        if before in UNCHAINED:
            await seal_anew(connection)


async def behind(database: Database) -> bool:
    """Whether the database has to be migrated before this program may use it.

    A version that this program does not know is a newer program's. Migrations only add (see tests/operations), so the older
    one goes on beside it, and may come back.
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


@cache
def _older() -> frozenset[str]:
    script = ScriptDirectory.from_config(_config())
    return frozenset(one.revision for one in script.walk_revisions()) - {script.get_current_head()}
