"""Contact persons, and the one-time links by which they get in. Only hashes of the links are kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.alphabet import swedish
from dialogs.language.channels import CHANNELS, letters
from storage.database.tables import addresses, erasures, invitations, outbox, people, staff
from storage.people import staff_chats
from storage.people.people import Address

LINK_LASTS = timedelta(hours=24)


async def contact_person(
    connection: AsyncConnection, name: str, now: datetime, administrator: bool | None = None
) -> int:
    """The id of the contact person with this name, created if new, otherwise made active again. `administrator=None` leaves the role as it is."""
    role = {} if administrator is None else {"administrator": administrator}
    id = (await connection.execute(select(staff.c.person_id).where(staff.c.name == name))).scalar()
    if id is not None:
        await connection.execute(update(staff).where(staff.c.person_id == id).values(active=True, **role))
        await _noted(connection, int(id), now)
        return int(id)
    id = (
        await connection.execute(people.insert().values(locale="sv", created_at=now).returning(people.c.id))
    ).scalar_one()
    await connection.execute(staff.insert().values(person_id=id, name=name, **role))
    return int(id)


async def invite(connection: AsyncConnection, person: int, token_hash: str, now: datetime) -> None:
    """Store a link for this contact person, good for LINK_LASTS and for one use."""
    await connection.execute(
        invitations.insert().values(token_hash=token_hash, person_id=person, expires_at=now + LINK_LASTS)
    )


async def invited(connection: AsyncConnection, hashes: list[str], now: datetime) -> int | None:
    """The person whom a link would let in, without using it up; None when it is unknown, used, or too old. `hashes` are those of its token."""
    query = select(invitations.c.person_id).where(
        invitations.c.token_hash.in_(hashes), invitations.c.used_at.is_(None), invitations.c.expires_at > now
    )
    return (await connection.execute(query)).scalar()


async def redeem(connection: AsyncConnection, hashes: list[str], now: datetime) -> int | None:
    """Use up a link, by the hashes of its token. Returns the person whom it lets in, or None. If two people use it at once, one gets in."""
    person: int | None = (
        await connection.execute(
            update(invitations)
            .where(
                invitations.c.token_hash.in_(hashes), invitations.c.used_at.is_(None), invitations.c.expires_at > now
            )
            .values(used_at=now)
            .returning(invitations.c.person_id)
        )
    ).scalar()
    return person


async def _noted(connection: AsyncConnection, person: int, now: datetime) -> None:
    """Put into the register of erasures how somebody's role is now: a restore of an older backup brings back no role that they had before."""
    query = select(staff.c.active, staff.c.administrator).where(staff.c.person_id == person)
    role = (await connection.execute(query)).one()
    data = {"active": role.active, "administrator": role.administrator}
    row = {"what": "staff", "key": person, "data": data, "at": now}
    await connection.execute(erasures.insert(), row)


async def mails(connection: AsyncConnection, but: int = 0) -> list[str]:
    """The e-mail addresses, in small letters, at which contact persons are reached, also those who have not come in yet, without this one."""
    theirs = select(addresses.c.address).join(staff, staff.c.person_id == addresses.c.person_id)
    there = theirs.where(addresses.c.channel.in_(letters()), staff.c.person_id != but)
    return [address.casefold() for address in (await connection.execute(there)).scalars()]


async def id_of(connection: AsyncConnection, name: str) -> int | None:
    """The id of the contact person with this name, present or past, or None."""
    id: int | None = (await connection.execute(select(staff.c.person_id).where(staff.c.name == name))).scalar()
    return id


async def demote(connection: AsyncConnection, person: int, now: datetime) -> bool:
    """Take the administrator's role from an active contact person. False when they do not have it."""
    theirs = (staff.c.person_id == person) & staff.c.administrator & staff.c.active
    taken = update(staff).where(theirs).values(administrator=False).returning(staff.c.person_id)
    if (await connection.execute(taken)).first() is None:
        return False
    await _noted(connection, person, now)
    return True


async def deactivate(connection: AsyncConnection, name: str, now: datetime) -> bool:
    """Lock a contact person out everywhere, at once: they get no more answers. An administrator is none any more. False when nobody has that name."""
    id = (
        await connection.execute(
            update(staff)
            .where(staff.c.name == name)
            .values(active=False, administrator=False, sought="")
            .returning(staff.c.person_id)
        )
    ).scalar()
    if id is None:
        return False
    await staff_chats.end(connection, addresses.c.person_id == id, now)
    await connection.execute(delete(invitations).where(invitations.c.person_id == id))
    await connection.execute(delete(outbox).where(outbox.c.person_id == id))
    await _noted(connection, int(id), now)
    return True


async def who_administer(connection: AsyncConnection) -> list[str]:
    """The active administrators as the events of a case name people, for one that is protected while nobody has it."""
    return [f"p{one.id}" for one in await active(connection) if one.administrator]


def today(now: datetime) -> str:
    """Today's date in Stockholm (ISO)."""
    return now.astimezone(STOCKHOLM).date().isoformat()


async def at(connection: AsyncConnection, address: Address, now: datetime) -> ContactPerson | None:
    """The active contact person reached at an address, or None."""
    given = {"by": address.channel, "whose": address.address, "now": now}
    row = (await connection.execute(AT, given)).first()
    return ContactPerson(*row, await _stands_in_for(connection, row.person_id, now)) if row else None


async def _stands_in_for(connection: AsyncConnection, person: int, now: datetime) -> frozenset[int]:
    return frozenset((await connection.execute(STANDS_IN_FOR, {"deputy": person, "today": today(now)})).scalars())


AT = (
    select(staff.c.person_id, staff.c.name, people.c.locale, staff.c.administrator)
    .join(people, people.c.id == staff.c.person_id)
    .join(addresses, addresses.c.person_id == people.c.id)
    .where(addresses.c.channel == bindparam("by"), addresses.c.address == bindparam("whose"), staff.c.active)
    .where((addresses.c.expires_at.is_(None)) | (addresses.c.expires_at > bindparam("now")))
)
AWAY = (
    (staff.c.away_since != "") & (staff.c.away_since <= bindparam("today")) & (staff.c.away_until >= bindparam("today"))
)
STANDS_IN_FOR = select(staff.c.person_id).where(staff.c.deputy_id == bindparam("deputy"), AWAY)


async def active(connection: AsyncConnection) -> list[ContactPerson]:
    """Every active contact person, by name in Swedish order."""
    rows = (
        await connection.execute(
            select(staff.c.person_id, staff.c.name, people.c.locale, staff.c.administrator)
            .join(people, people.c.id == staff.c.person_id)
            .where(staff.c.active)
        )
    ).all()
    return [ContactPerson(*row) for row in sorted(rows, key=_by_name)]


def _by_name(row: Any) -> tuple[str, ...]:
    # The database sorts by its own locale, which nobody has to choose for us.
    return swedish(row.name)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A contact person as colleagues see them in the list: role, absence (ISO days, "" for none) and deputy."""

    id: int
    name: str
    active: bool
    administrator: bool
    away_since: str
    away_until: str
    deputy: str


async def colleagues(connection: AsyncConnection) -> list[Colleague]:
    """Every contact person, present or past, by name in Swedish order."""
    deputies = staff.alias()
    rows = await connection.execute(
        select(
            staff.c.person_id,
            staff.c.name,
            staff.c.active,
            staff.c.administrator,
            staff.c.away_since,
            staff.c.away_until,
            deputies.c.name.label("deputy"),
        ).outerjoin(deputies, deputies.c.person_id == staff.c.deputy_id)
    )
    return [Colleague(*row[:6], row.deputy or "") for row in sorted(rows.all(), key=_by_name)]


async def away(connection: AsyncConnection, person: int, since: str, until: str, deputy: int | None) -> None:
    """Set a contact person's absence (ISO days) and deputy; empty days end it."""
    values = {"away_since": since, "away_until": until, "deputy_id": deputy}
    await connection.execute(update(staff).where(staff.c.person_id == person).values(values))


async def deputy_of(connection: AsyncConnection, person: int, now: datetime) -> int | None:
    """The id of the person who stands in for a contact person today; None when they are present, or when nobody active does."""
    deputies = staff.alias()
    query = (
        select(staff.c.deputy_id)
        .join(deputies, deputies.c.person_id == staff.c.deputy_id)
        .where(staff.c.person_id == person, AWAY, deputies.c.active)
    )
    return (await connection.execute(query, {"today": today(now)})).scalar()


async def digest_due(connection: AsyncConnection, now: datetime) -> list[ContactPerson]:
    """The active contact persons who are present and have had no digest today. From now on, it counts as sent."""
    due = update(staff).where(staff.c.active, ~AWAY, staff.c.digest_on != bindparam("today"))
    due = due.values(digest_on=bindparam("today"))
    ids = set((await connection.execute(due.returning(staff.c.person_id), {"today": today(now)})).scalars())
    return [
        replace(one, stands_in_for=await _stands_in_for(connection, one.id, now))
        for one in await active(connection)
        if one.id in ids
    ]


async def works_at(connection: AsyncConnection, address: Address) -> bool:
    """Whether an active contact person is reached in this same chat of a network, by the bot of contact persons."""
    network = CHANNELS[address.channel].network
    theirs = [one.name for one in CHANNELS.values() if one.whose == "staff" and one.network == network]
    query = select(staff.c.person_id).join(addresses, addresses.c.person_id == staff.c.person_id)
    same = addresses.c.channel.in_(theirs) & (addresses.c.address == address.address)
    return (await connection.execute(query.where(same, staff.c.active).limit(1))).first() is not None
