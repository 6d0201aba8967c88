"""What settings may hold. Each check returns the value, or raises ValueError with what is wanted, without the value."""

import json
import re
from ipaddress import ip_network
from pathlib import Path

from pydantic import SecretStr
from yarl import URL

from bot.settings.secret import SHORTEST_SECRET
from bot.settings.sender import sender
from dialogs.kinds.contact import email_in
from storage.database.address import embedded, file_at, server

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)
"""The form of a bot's token (core.telegram.org/bots/api, "Authorizing your bot")."""
OBJECTS = re.compile(r"(?:s3|gs|az)://[A-Za-z0-9][\w.-]*(?:/(?!\.{1,2}(?:/|$))[^/?#%\\\x00-\x1f]+)*/?", re.ASCII)
"""A bucket, and a prefix whose parts are taken literally: libraries treat dots, escapes, a port or a fragment differently."""


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


def secrets(value: object) -> object:
    """One secret as it is, or several as a JSON list: a secret may hold any character that could stand between two."""
    if not isinstance(value, str):
        return value
    try:
        found = tuple(map(str, json.loads(value))) if value.startswith("[") else (value,) * bool(value)
    except (ValueError, TypeError):
        raise ValueError("must be one secret, or a JSON list of several") from None
    if any(len(one.strip()) < SHORTEST_SECRET for one in found):
        raise ValueError(f"each must have at least {SHORTEST_SECRET} characters")
    return found


def web_address(value: str) -> str:
    """An address on the web as browsers write it, without the slash at its end, or nothing."""
    url = URL(value)
    odd = url.user is not None or (url.host or ".").endswith(".") or url.query_string or url.fragment
    if value and (url.scheme not in ("http", "https") or odd):
        raise ValueError("must be an address like https://samverkan.example.se")
    return str(url).rstrip("/")


def apart(desk: str, chat: str) -> list[str]:
    """What is wrong with the two addresses together: the desk's is another host, or nothing."""
    one, other = URL(desk), URL(chat)
    # Cookies know no ports (RFC 6265, section 8.5).
    if not desk or ((one.scheme, one.path) == (other.scheme, "/") and one.host != other.host):
        return []
    return ["DESK_URL: must be another host than PUBLIC_URL, with the same beginning and no path"]


def files_address(value: str) -> str:
    """Where files lie: a folder, or the address of an object store."""
    if value.startswith("file:///"):
        return value.removeprefix("file://")
    if re.match(r"\w[\w+.-]*:", value) and not OBJECTS.fullmatch(value):
        raise ValueError(
            "must be a folder, file:///folder, s3://bucket/prefix, gs://bucket/prefix or az://container/prefix, "
            "with nothing odd in it; keys have settings of their own"
        )
    return value.rstrip("/")


def smtp_address(value: SecretStr) -> SecretStr:
    """The address of a mail server, or nothing."""
    url = URL(value.get_secret_value())
    if value.get_secret_value() and (url.scheme not in ("smtp", "smtp+starttls", "smtps") or not url.host):
        raise ValueError("must be smtp://[user:password@]host[:port], smtp+starttls://… or smtps://…")
    return value


def mail_address(value: str) -> str:
    """An e-mail address, or nothing."""
    if value and not email_in(value):
        raise ValueError("must be an e-mail address, or empty")
    return email_in(value)


def mail_from(value: str) -> str:
    """Who letters are from."""
    sender(value)
    return value


def networks(value: object) -> object:
    """Networks out of one line with commas between them."""
    if not isinstance(value, str):
        return value
    try:
        return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())
    except ValueError:
        raise ValueError("must be addresses and networks with commas between them, or empty") from None


def hour(value: object) -> object:
    """An hour; None for none."""
    return None if str(value).strip() in ("", "-1") else value
