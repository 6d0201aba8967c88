"""What settings may hold. Each check returns the value, or raises ValueError with what is wanted, without the value."""

import re
from pathlib import Path

from pydantic import SecretStr

from storage.database.address import embedded, file_at, server

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)
"""The form of a bot's token (core.telegram.org/bots/api, "Authorizing your bot")."""


def database(value: SecretStr) -> SecretStr:
    """The plain address of a database that keeps what is written."""
    plain = value.get_secret_value()
    if not embedded(plain):
        server(plain)
    elif not file_at(plain):
        raise ValueError("must name a file, as sqlite:///var/samverkansguiden.sqlite3 does")
    return value


def path(value: object) -> object:
    """A path: an empty one would be the folder in which the program happens to run."""
    if isinstance(value, str | Path) and not str(value).strip():
        raise ValueError("must be a path; leave it out for the usual one")
    return value


def token(value: SecretStr) -> SecretStr:
    """A bot's token, or nothing."""
    if value.get_secret_value() and not TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("must be a token as @BotFather gives it (digits, a colon, letters), or empty")
    return value
