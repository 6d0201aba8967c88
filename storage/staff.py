"""Contact persons, and the one-time links by which they come in. Only hashes of links are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import Address
from storage.tables import addresses, invitations, outbox, people, staff

LINK_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """A contact person: the person behind, the name colleagues and applicants read, the language."""

    id: int
    name: str
    locale: str


async def contact_person(connection: AsyncConnection, name: str, now: datetime) -> int:
    """The person behind a contact person's name, made when new, active again when not."""
    id = (await connection.execute(select(staff.c.person_id).where(staff.c.name == name))).scalar()
    if id is not None:
        await connection.execute(update(staff).where(staff.c.person_id == id).values(active=True))
        return int(id)
    id = (
        await connection.execute(people.insert().values(locale="sv", created_at=now).returning(people.c.id))
    ).scalar_one()
    await connection.execute(staff.insert().values(person_id=id, name=name))
    return int(id)


async def invite(connection: AsyncConnection, person: int, token_hash: str, now: datetime) -> None:
    """A link for this contact person, good for LINK_LASTS and for one use."""
    await connection.execute(
        invitations.insert().values(token_hash=token_hash, person_id=person, expires_at=now + LINK_LASTS)
    )


async def invited(connection: AsyncConnection, token_hash: str, now: datetime) -> int | None:
    """Whom a link would let in, without using it up; None when it is unknown, used, or too old."""
    query = select(invitations.c.person_id).where(
        invitations.c.token_hash == token_hash, invitations.c.used_at.is_(None), invitations.c.expires_at > now
    )
    return (await connection.execute(query)).scalar()


async def redeem(connection: AsyncConnection, token_hash: str, now: datetime) -> int | None:
    """Use a link up: the person it lets in, or None. Two at once: one gets in."""
    person: int | None = (
        await connection.execute(
            update(invitations)
            .where(
                invitations.c.token_hash == token_hash, invitations.c.used_at.is_(None), invitations.c.expires_at > now
            )
            .values(used_at=now)
            .returning(invitations.c.person_id)
        )
    ).scalar()
    return person


async def deactivate(connection: AsyncConnection, name: str) -> bool:
    """The contact person gets no answer any more, anywhere, at once. False when there is none of that name."""
    id = (
        await connection.execute(
            update(staff).where(staff.c.name == name).values(active=False).returning(staff.c.person_id)
        )
    ).scalar()
    if id is None:
        return False
    await connection.execute(delete(addresses).where(addresses.c.person_id == id))
    await connection.execute(delete(invitations).where(invitations.c.person_id == id))
    await connection.execute(delete(outbox).where(outbox.c.person_id == id))
    return True


async def at(connection: AsyncConnection, address: Address, now: datetime) -> ContactPerson | None:
    """The active contact person who is reached at an address, or None."""
    row = (
        await connection.execute(
            select(staff.c.person_id, staff.c.name, people.c.locale)
            .join(people, people.c.id == staff.c.person_id)
            .join(addresses, addresses.c.person_id == people.c.id)
            .where(addresses.c.channel == address.channel, addresses.c.address == address.address, staff.c.active)
            .where((addresses.c.expires_at.is_(None)) | (addresses.c.expires_at > now))
        )
    ).first()
    return ContactPerson(*row) if row else None


async def active(connection: AsyncConnection) -> list[ContactPerson]:
    """Every active contact person."""
    rows = (
        await connection.execute(
            select(staff.c.person_id, staff.c.name, people.c.locale)
            .join(people, people.c.id == staff.c.person_id)
            .where(staff.c.active)
            .order_by(staff.c.name)
        )
    ).all()
    return [ContactPerson(*row) for row in rows]
