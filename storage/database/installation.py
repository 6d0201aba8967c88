"""The marks of an installation, by which its processes recognise that they belong together."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.insert import insert_or
from storage.database.process_tables import installation

KEY = "key"
"""The mark of SECRET_KEY: its fingerprint."""


async def mark(connection: AsyncConnection, name: str) -> str:
    """The value of the mark with this name, "" if it has not been made yet."""
    found = await connection.execute(select(installation.c.value).where(installation.c.name == name))
    return found.scalar() or ""


async def make(connection: AsyncConnection, name: str, value: str) -> str:
    """Make the mark with this name unless it exists; returns its value. If several processes do so at once, one of them makes it."""
    unless_there = insert_or(connection.dialect.name, installation).on_conflict_do_nothing()
    await connection.execute(unless_there.values(name=name, value=value))
    return await mark(connection, name)


async def renew(connection: AsyncConnection, name: str, value: str) -> None:
    """Set the mark to `value`, whatever it was before."""
    made = insert_or(connection.dialect.name, installation).values(name=name, value=value)
    await connection.execute(made.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
