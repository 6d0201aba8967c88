"""The note that a restore leaves in the database while it goes on. Law: nobody starts on a database that has one, for whoever was erased since the
backup is back in it until the restore has ended.

It is a table of its own, since a backup of any version is put back, and comes in one transaction with the rows. It holds the
erasures that are to be carried out again: those that only the replaced database knew are not lost when the restore is killed.
"""

import json
from collections.abc import Iterable

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.erasure.erasures import Erasure

NAME = "guide_restoring"
"""The table's."""
READ, GONE = text(f"SELECT known FROM {NAME}"), text(f"DROP TABLE IF EXISTS {NAME}")  # noqa: S608 - a name of ours


def note(known: Iterable[Erasure]) -> str:
    """What the note says: the erasures, as JSON in ASCII."""
    return json.dumps([one.as_json() for one in known])


def begun(said: str, schema: str = "") -> str:
    """The statements that leave a note, for either database; in a schema, quoted, or where tables are made anyway."""
    name, value = f"{schema}.{NAME}" if schema else NAME, said.replace("'", "''")
    return f"CREATE TABLE {name} (known TEXT NOT NULL); INSERT INTO {name} (known) VALUES ('{value}');"  # noqa: S608 - quoted; standard_conforming_strings is on


async def leave(connection: AsyncConnection, said: str) -> None:
    """Leave a note, in the transaction that puts the rows back; in place of one that is there."""
    await connection.execute(GONE)
    await connection.execute(text(f"CREATE TABLE {NAME} (known TEXT NOT NULL)"))
    await connection.execute(text(f"INSERT INTO {NAME} (known) VALUES (:said)"), {"said": said})  # noqa: S608 - a name of ours


async def unended(connection: AsyncConnection) -> bool:
    """Whether a restore has begun here, and not ended."""
    return await connection.run_sync(lambda there: inspect(there).has_table(NAME))


async def known(connection: AsyncConnection) -> list[Erasure]:
    """The erasures that a restore was to carry out, and did not come to."""
    if not await unended(connection):
        return []
    said = (await connection.execute(READ)).scalars().all()
    return [Erasure.of_json(one) for note in said for one in json.loads(note)]


async def ended(connection: AsyncConnection) -> None:
    """The restore is done."""
    await connection.execute(GONE)
