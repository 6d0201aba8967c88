"""The migrations in their order."""

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database.database import Database
from storage.migrations import _config


def versions() -> list[str]:
    """The number of each migration, the first one first."""
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions()))]


async def up_to(database: Database, version: str) -> None:
    """Bring a database without tables to an older version."""
    config = _config()

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, version)

    async with database.write() as connection:
        await connection.run_sync(upgrade)
