"""What a process needs to serve people, asked of the world: the database as it has to be, the files, and the key that all processes share."""

from dataclasses import dataclass

from bot.clock import now
from bot.delivery import LADDER
from storage.ability import UTF8, encoding, lacking, try_to_write
from storage.backlog import Backlog, backlog
from storage.database import Database
from storage.files import Files
from storage.installation import KEY, mark
from storage.migrations import behind
from storage.sqlstate import kind
from storage.store import Away

OK = "ok"
BEHIND = "behind: python -m bot migrate"
ANOTHER_KEY = "SECRET_KEY is another one than this installation's"


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks found: each one's name and "ok", or what is wrong; and the outbox, None when the database did not say."""

    checks: dict[str, str]
    outbox: list[Backlog] | None
    store: str = OK
    """How the store of files answers. One that is away is away for every process: whoever writes no file goes on, and nobody is shut out."""


async def look(database: Database, files: Files | None, fingerprint: str) -> Found:
    """What stands in the way of serving people. Raises what the database says when it does not even let us look.

    `files` and `fingerprint` (of the key) are not asked about where there are none.
    """
    if await behind(database):
        return Found({"database": OK, "migrations": BEHIND}, None)
    checks = {"database": OK, "migrations": OK}
    async with database.read() as connection:
        checks["rights"] = "; ".join(await lacking(connection)) or OK
        stored = await encoding(connection)
        checks["encoding"] = OK if stored == UTF8 else f"{stored}, and must be {UTF8}"
        known = await mark(connection, KEY) if fingerprint else ""
        checks["key"] = ANOTHER_KEY if known and known != fingerprint else OK
        outbox = await backlog(connection, now(), LADDER)
    checks["write"] = await _written(database)
    store = OK
    if files:
        try:
            checks["files"] = await files.reachable() or OK
        except Away as away:
            store = f"away: {away}"
    return Found(checks, outbox, store)


async def _written(database: Database) -> str:
    """Whether anything can be written, and committed: a standby, a disk that is full and a role without rights let everybody read."""
    try:
        async with database.write() as connection:
            await try_to_write(connection)
    except Exception as error:
        return kind(error)
    return OK
