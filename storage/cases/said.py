"""What was said about something that is deleted goes with it."""

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS
from storage.database.tables import outbox


async def unsay(connection: AsyncConnection, what: ColumnElement[bool]) -> None:
    """Delete these rows of the outbox.

    Where people choose by numbers, everything that is remembered beside them goes as well: the other numbers would mean something else from now on.
    """
    numbered = [one.name for one in CHANNELS.values() if one.numbers]
    if numbered:
        there = select(outbox.c.channel, outbox.c.address).where(
            what, outbox.c.state == "read", outbox.c.channel.in_(numbered)
        )
        beside = tuple_(outbox.c.channel, outbox.c.address).in_(there)
        await connection.execute(delete(outbox).where(beside, outbox.c.state == "read"))
    await connection.execute(delete(outbox).where(what))
