"""The chats of networks in which contact persons are known."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import with_doors
from storage.database.tables import addresses, outbox, people
from storage.people.people import Address
from storage.people.sessions import ended


@dataclass(frozen=True, slots=True)
class ClosedChat:
    """A contact person's chat that was closed: whose it was, where, and in which language they read."""

    person: int
    at: Address
    locale: str


async def close_unused(connection: AsyncConnection, before: datetime, now: datetime, most: int) -> list[ClosedChat]:
    """Close up to `most` chats of networks in which a contact person has not written since `before`; what still waits there goes. No restore opens them."""
    pushed = [one.name for one in with_doors("staff") if one.way == "pushed"]
    query = (
        select(addresses.c.id, addresses.c.person_id, addresses.c.channel, addresses.c.address, people.c.locale)
        .join(people, people.c.id == addresses.c.person_id)
        .where(addresses.c.channel.in_(pushed), addresses.c.used_at < before)
        .order_by(addresses.c.id)
    )
    rows = (await connection.execute(query.limit(most))).all()
    await end(connection, addresses.c.id.in_([row.id for row in rows]), now)
    return [ClosedChat(row.person_id, Address(row.channel, row.address), row.locale) for row in rows]


async def end(connection: AsyncConnection, theirs: ColumnElement[bool], now: datetime) -> None:
    """Delete addresses of contact persons with what waits to be said to them there; what is to be taken back there still is. No restore brings
    them back.
    """
    rows = (await connection.execute(delete(addresses).where(theirs).returning(*addresses.c))).all()
    for row in rows:
        there = (outbox.c.channel == row.channel) & (outbox.c.address == row.address)
        await connection.execute(delete(outbox).where(there, outbox.c.person_id == row.person_id))
    if rows:
        await ended(connection, "address", [row.id for row in rows], now)
