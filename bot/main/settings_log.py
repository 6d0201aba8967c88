"""The settings that an installation was started with, for the log of who administers: which of them changed, by name.

Law: no value is written, of a secret or of anything else. What is compared is a keyed hash of each.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from bot.settings.keys import Keys
from bot.settings.settings import Settings
from storage.cases import house_events
from storage.cases.chain import Seal
from storage.database.database import Database

OF_A_PROCESS = frozenset(
    (
        "host",
        "port",
        "metrics_host",
        "metrics_port",
        "log_level",
        "log_format",
        "web_concurrency",
        "database_wait_seconds",
    )
)
"""Settings in which the processes of one installation may differ, and nobody is let see more or less by them."""


async def note(database: Database, keys: Keys, seal: Seal, settings: Settings, now: datetime) -> None:
    """Write into the log which settings are other ones than at the last start; at the first, which are not as they come. Nothing when none is."""
    async with database.read() as connection:
        before = await house_events.settings(connection)
    changed = sorted(_changed(keys, settings, before))
    if changed or before is None:
        known = {name: _hash(keys, name, value) for name, value in _values(settings).items()}
        names = [name.upper() for name in changed]
        async with database.write() as connection:
            await house_events.happened(connection, seal, "settings", None, now, names=names, known=known)


def _changed(keys: Keys, settings: Settings, before: Mapping[str, str] | None) -> set[str]:
    found = set()
    for name, value in _values(settings).items():
        then = (before or {}).get(name)
        as_it_comes = value == _plain(type(settings).model_fields[name].get_default())
        if then is None:
            found |= set() if as_it_comes else {name}
        elif then not in [_hash(one, name, value) for one in (keys, *keys.before)]:
            found.add(name)
    return found


def _values(settings: Settings) -> dict[str, str]:
    names = type(settings).model_fields.keys() - OF_A_PROCESS
    return {name: _plain(getattr(settings, name)) for name in sorted(names)}


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_plain, value))
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _hash(keys: Keys, name: str, value: str) -> str:
    return keys.derive(f"setting:{name}:{value}")
