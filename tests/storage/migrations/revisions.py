"""The migrations in their order."""

from alembic.script import ScriptDirectory

from storage.migrations import _config


def versions() -> list[str]:
    """The number of each migration, the first one first."""
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions()))]
