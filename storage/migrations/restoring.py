"""The note that a restore leaves in the database while it runs. Law: nobody starts on a database that has one, because everybody erased since the
backup is back in it until the restore has ended.

The note is a table of its own, since the backup may be of any version, and comes in the same transaction as the rows. It holds the
erasures to be carried out again, so that those known only to the replaced database are not lost if the restore is killed.
"""

import json
from collections.abc import Iterable

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.erasure.erasures import Erasure

NAME = "guide_restoring"
"""The name of the note's table."""
READ, GONE = text(f"SELECT known FROM {NAME}"), text(f"DROP TABLE IF EXISTS {NAME}")  # noqa: S608 - a name of ours


def note(known: Iterable[Erasure]) -> str:
    """The text of the note: the erasures, as JSON in ASCII."""
    return json.dumps([one.as_json() for one in known])


def begun(said: str, schema: str = "") -> str:
    """The statements that leave a note, for either database; in `schema`, which is already quoted, or in the default schema."""
    name, value = f"{schema}.{NAME}" if schema else NAME, said.replace("'", "''")
    return f"CREATE TABLE {name} (known TEXT NOT NULL); INSERT INTO {name} (known) VALUES ('{value}');"  # noqa: S608 - quoted; standard_conforming_strings is on


async def leave(connection: AsyncConnection, said: str) -> None:
    """Leave a note, replacing any that is there, in the transaction that puts the rows back."""
    await connection.execute(GONE)
    await connection.execute(text(f"CREATE TABLE {NAME} (known TEXT NOT NULL)"))
    await connection.execute(text(f"INSERT INTO {NAME} (known) VALUES (:said)"), {"said": said})  # noqa: S608 - a name of ours


async def unended(connection: AsyncConnection) -> bool:
    """Whether a restore has begun here and not ended."""
    return await connection.run_sync(lambda there: inspect(there).has_table(NAME))


async def known(connection: AsyncConnection) -> list[Erasure]:
    """The erasures that an unfinished restore still has to carry out."""
    if not await unended(connection):
        return []
    said = (await connection.execute(READ)).scalars().all()
    return [Erasure.of_json(one) for note in said for one in json.loads(note)]


async def ended(connection: AsyncConnection) -> None:
    """Remove the note: the restore is done."""
    await connection.execute(GONE)
