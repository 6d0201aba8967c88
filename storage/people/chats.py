"""Where applicants are reached besides their browsers' sessions: the chats of networks, and the one place on the web that all their browsers share."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS, applicant_channels
from storage.database.door_tables import held_updates
from storage.database.tables import addresses, outbox
from storage.people.people import Address, add_address
from storage.people.sessions import ended


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of a network in which somebody writes: the number of its row, when it came (None when that was not noted), and when it was last used."""

    id: int
    at: Address
    since: datetime | None
    used_at: datetime


def _pushed() -> list[str]:
    return [name for name in applicant_channels() if CHANNELS[name].way == "pushed"]


async def of_person(connection: AsyncConnection, person: int) -> list[Chat]:
    """The chats in which a person writes, the one used last first."""
    query = select(addresses).where(addresses.c.person_id == person, addresses.c.channel.in_(_pushed()))
    rows = await connection.execute(query.order_by(addresses.c.used_at.desc()))
    return [Chat(row.id, Address(row.channel, row.address), row.since, row.used_at) for row in rows]


async def end(
    connection: AsyncConnection,
    person: int,
    now: datetime,
    *,
    chat: int | None = None,
    but: Address | None = None,
) -> None:
    """End one chat of a person, or all of them `but` one: nothing more is said there, and whoever writes there is a stranger.
    No backup brings them back.
    """
    gone = [
        one for one in await of_person(connection, person) if (one.id == chat if chat is not None else one.at != but)
    ]
    for one in gone:
        for table in (outbox, held_updates):
            at = (table.c.channel == one.at.channel) & (table.c.address == one.at.address)
            await connection.execute(delete(table).where(at))
        await connection.execute(delete(addresses).where(addresses.c.id == one.id))
    if gone:
        await ended(connection, "address", [one.id for one in gone], now)


async def on_the_web(connection: AsyncConnection, person: int, otherwise: Address, now: datetime) -> None:
    """From now on a person is reached on the web, too: where they were reached there before, or else at this new address."""
    there = (addresses.c.person_id == person) & (addresses.c.channel == otherwise.channel)
    again = update(addresses).where(there).values(reachable=True, used_at=now).returning(addresses.c.id)
    if (await connection.execute(again)).first() is None:
        await add_address(connection, otherwise, person, now)


async def off_the_web(connection: AsyncConnection, person: int) -> None:
    """Nothing more is kept for a person on the web: nobody comes to read it, and the city writes to them otherwise."""
    on_it = [name for name in applicant_channels() if CHANNELS[name].way == "kept"]
    await connection.execute(delete(outbox).where(outbox.c.person_id == person, outbox.c.channel.in_(on_it)))
    await connection.execute(delete(addresses).where(addresses.c.person_id == person, addresses.c.channel.in_(on_it)))
