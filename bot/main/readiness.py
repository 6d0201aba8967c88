"""What a process needs before it can serve people: a database in order, the files, and the key that all processes share."""

from dataclasses import dataclass
from datetime import datetime

from bot.worker.delivery import LADDER
from storage.database.ability import UTF8, absent, encoding, lacking, try_to_write
from storage.database.database import Database
from storage.database.installation import KEY, mark
from storage.database.sqlstate import kind
from storage.files.files import Files
from storage.files.store import Away
from storage.migrations import behind
from storage.outbox.backlog import Backlog, backlog

OK = "ok"
BEHIND = "behind: python -m bot migrate"
ANOTHER_KEY = "SECRET_KEY is another one than this installation's"


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks found: each check by name with "ok" or what is wrong; and the outbox, None when the database did not say."""

    checks: dict[str, str]
    outbox: list[Backlog] | None
    store: str = OK
    """How the store of files answers. When it is away, it is away for every process: people who send no file carry on, and nobody is shut out."""


async def look(database: Database, files: Files | None, fingerprints: tuple[str, ...], now: datetime) -> Found:
    """What stands in the way of serving people. Raises the database's own error when we cannot even look.

    Without `files`, or without the `fingerprints` of the keys that are accepted, that check is left out.
    """
    async with database.read() as connection:
        gone, denied = await absent(connection), await lacking(connection)
    known = {"tables": f"not there: {', '.join(gone)}" if gone else OK, "rights": "; ".join(denied) or OK}
    try:
        return await _look(database, files, fingerprints, now, known)
    except Exception as error:
        if not (gone or denied):
            raise
        return Found({"database": kind(error)} | known, None)  # which error it was tells less than what is missing


async def _look(
    database: Database, files: Files | None, fingerprints: tuple[str, ...], now: datetime, known: dict[str, str]
) -> Found:
    if await behind(database):
        return Found({"database": OK, "migrations": BEHIND}, None)
    checks = {"database": OK, "migrations": OK} | known
    async with database.read() as connection:
        stored = await encoding(connection)
        checks["encoding"] = OK if stored == UTF8 else f"{stored}, and must be {UTF8}"
        ours = await mark(connection, KEY) if fingerprints else ""
        checks["key"] = ANOTHER_KEY if ours and ours not in fingerprints else OK
        outbox = await backlog(connection, now, LADDER)
    checks["write"] = await _written(database)
    store = OK
    if files:
        try:
            checks["files"] = await files.reachable() or OK
        except Away as away:
            store = f"away: {away}"
    return Found(checks, outbox, store)


async def _written(database: Database) -> str:
    """Whether anything can be written and committed: a standby, a full disk and a role without rights all still allow reading. "ok", or the error."""
    try:
        async with database.write() as connection:
            await try_to_write(connection)
    except Exception as error:
        return kind(error)
    return OK
