"""The mark of a store of files, by which processes recognise the installation's own store, and not some other disk or bucket.

The database says what the mark is (`installation`); the store has it as a note. A store without a mark is ours if it holds what the rows name.
Law: a mark begins with a word that its database chose before anything was written into a store, so that nobody takes over another installation's
store, and a kill leaves nothing behind that is refused later.
"""

import secrets
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import installation
from storage.database.address import embedded
from storage.database.database import Database
from storage.database.tables import files
from storage.files.store import MARK, Store

NAME, WORD = "files", "files word"
LOOKED_AT = 20
"""How many files, from the latest rows, we look for."""


async def expected(connection: AsyncConnection) -> str:
    """The mark that the database expects; "" while there is none."""
    return await installation.mark(connection, NAME)


async def word(connection: AsyncConnection) -> str:
    """The word with which every mark of this database begins, chosen once and for all."""
    return await installation.make(connection, WORD, secrets.token_hex(16))


def fresh(word: str) -> str:
    """A new mark for one store. If two processes of one database each mark a store at the same time, the marks differ."""
    return f"{word}-{secrets.token_hex(8)}"


async def expected_in(plain: str) -> str:
    """The mark that the database at a plain address expects; "" when there is none, or no such table or database."""
    if _is_nowhere(plain):
        return ""
    database = Database(plain)
    try:
        async with database.read() as connection:
            return await expected(connection)
    except SQLAlchemyError:
        return ""
    finally:
        await database.close()


async def expect(connection: AsyncConnection, mark: str) -> None:
    """From now on, the database expects this mark, unless it already expects one."""
    await installation.make(connection, NAME, mark)


async def renew(connection: AsyncConnection, mark: str) -> None:
    """From now on, the database expects this mark, whatever it expected before."""
    await installation.renew(connection, NAME, mark)


async def found(store: Store) -> str:
    """The mark of a store; "" when it has none."""
    return (await store.note(MARK) or b"").decode(errors="replace").strip()


async def write(store: Store, mark: str, *, over: bool = False) -> None:
    """Give a store its mark; with `over`, in place of any that it has."""
    await store.write(MARK, f"{mark}\n".encode(), over=over)


async def latest(connection: AsyncConnection) -> list[str]:
    """The SHA-256 of the files that the latest rows hold."""
    query = select(files.c.sha256).order_by(files.c.id.desc()).limit(LOOKED_AT)
    return list(dict.fromkeys((await connection.execute(query)).scalars()))


def _is_nowhere(plain: str) -> bool:
    return embedded(plain) and not Path(str(make_url(plain).database)).exists()
