"""The start of every command: wait for a database that is not up yet, report trouble outside the program in one line, and refuse
a program, key and database that do not belong together.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings.keys import Keys
from storage.cases.chain import Seal
from storage.database.ability import UTF8, encoding
from storage.database.database import Database
from storage.database.installation import KEY, make, mark, renew
from storage.database.session import UnfitDatabase, misasked
from storage.database.sqlstate import kind, sqlstate
from storage.database.trouble import passing
from storage.migrations import behind, migrate, restoring

log = logging.getLogger(__name__)
PAUSE = 0.5
"""Seconds between two attempts to reach the database."""
PATIENCE = 10.0
"""Seconds that one attempt may take."""
SAY = 5.0
"""Seconds between two lines that say what we are waiting for."""
SETTLED = frozenset(("28000", "28P01", "3D000"))
"""SQLSTATEs that somebody has to fix: a person at the command line learns of them at once."""
WORDS = {
    "28000": "the role may not sign in",
    "28P01": "the password is wrong, or the role is not there",
    "3D000": "the database is not there",
    "42501": "the role lacks a right",
    "25006": "the database takes no writes",
    "53300": "all connections are taken",
    "55P03": "somebody else holds a lock for too long; try again later",
    "57P03": "the server is starting or stopping",
    "": "the server cannot be reached",
}
"""The most common troubles in words, by SQLSTATE."""
MISASKED = (
    "the driver cannot do what it asks for. sslmode=verify-ca and verify-full need sslrootcert, a file with the authorities; "
    "or a variable of libpq's is in the way (PGSSLMODE, PGSSLROOTCERT, PGSERVICE …)"
)
BEHIND = "The database is not up to date. Run: python -m bot migrate"
HALF = "A restore into this database has not ended. Restore again: python -m bot restore --force BACKUP"
ANOTHER_KEY = (
    "SECRET_KEY: this is another one than this installation's. Set the one that was in use; or, for a new one, the one that was in use as "
    "SECRET_KEYS_BEFORE. Only when it is lost: python -m bot seal, and every link and sign-in ends"
)


def said(error: Exception) -> str:
    """What is wrong with the database, in words that hold nobody's data."""
    if isinstance(error, UnfitDatabase):
        return f"the server is reached, but {error}"
    if misasked(error):
        return MISASKED
    words = WORDS.get(sqlstate(error), "") if sqlstate(error) or isinstance(error, OSError) else ""
    return f"{words} ({kind(error)})" if words else kind(error)


@contextmanager
def in_a_line() -> Iterator[None]:
    """A context in which trouble outside the program ends the command with status 1 and one line; tracebacks are for our own bugs."""
    try:
        yield
    except KeyboardInterrupt:  # the person waiting may have had enough
        sys.exit(130)
    except OSError as error:
        # A file, a port already in use, a broken connection: the system's own words hold nobody's data.
        sys.exit(": ".join(str(one) for one in (error.filename, error.strerror or kind(error)) if one))
    except Exception as error:
        if not passing(error):
            raise
        sys.exit(f"DATABASE_URL: {said(error)}")


async def reached(plain: str, seconds: float, by_hand: bool) -> None:
    """Wait until the database at a plain address answers, `seconds` at most, and say every few seconds what we are waiting for.

    Ends the command with a line when the time is up; if a person runs it `by_hand`, also at once where waiting does not help.
    A database that does not store text as UTF-8 is refused: all our replies hold characters that other encodings lack.
    """
    database = Database(plain)
    try:
        stored = await _answer(database, seconds, by_hand)
    finally:
        await database.close()
    if stored != UTF8:
        sys.exit(
            f"DATABASE_URL: the database's encoding is {stored}, and must be {UTF8}: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )


async def _answer(database: Database, seconds: float, by_hand: bool) -> str:
    """The database's encoding, once it answers."""
    until, quiet_until = time.monotonic() + seconds, 0.0
    while True:
        try:
            async with asyncio.timeout(PATIENCE), database.read() as connection:
                return await encoding(connection)
        except Exception as error:
            if not (passing(error) or sqlstate(error)):
                raise
            at = time.monotonic()
            if at >= until or misasked(error) or (by_hand and sqlstate(error) in SETTLED):
                sys.exit(f"DATABASE_URL: {said(error)}")
            if at >= quiet_until:
                log.warning("waiting for the database: %s", said(error))
                quiet_until = at + SAY
        await asyncio.sleep(PAUSE)


async def whole(database: Database) -> None:
    """End with a line when a restore of this database began and did not finish: people erased since the backup may be back in it."""
    async with database.read() as connection:
        if await restoring.unended(connection):
            sys.exit(HALF)


async def fits(database: Database, keys: Keys, seal: Seal) -> None:
    """Make sure that this program, its key and the database belong together, or end with a line that says what to do.

    The embedded database is migrated automatically; a server's is not. The first start makes its key the installation's.
    """
    if database.embedded:
        await migrate(database, seal)
    elif await behind(database):
        sys.exit(BEHIND)
    await same_key(database, keys)
    await whole(database)  # last: the reads above wait for the locks of a restore in progress


async def same_key(database: Database, keys: Keys) -> None:
    """End with a line when the installation's key is none that is accepted. This key becomes its key, if it has none yet or one of those before."""
    async with database.read() as connection:
        known = await mark(connection, KEY)
    if not known:
        async with database.write() as connection:
            known = await make(connection, KEY, keys.fingerprint)
    if known not in keys.fingerprints:
        sys.exit(ANOTHER_KEY)
    if known != keys.fingerprint:
        async with database.write() as connection:
            await renew(connection, KEY, keys.fingerprint)
