"""Contact persons in the transaction in which they act. Law: nobody acts by what they were when they asked."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.language.channels import WEB_STAFF, with_doors
from storage.database.tables import addresses, invitations, staff
from storage.people import sought, staff_chats
from storage.people import staff as people_at_work
from storage.people.people import Address


async def at(connection: AsyncConnection, address: Address, now: datetime) -> ContactPerson | None:
    """The active contact person reached at an address, or None. Nobody else changes them until this transaction is over."""
    found = await people_at_work.at(connection, address, now)
    if found is None:
        return None
    await _lock(connection, found.id)
    return await people_at_work.at(connection, address, now)


async def still(connection: AsyncConnection, who: ContactPerson, now: datetime) -> ContactPerson | None:
    """A contact person on the web as they are now, by the rules of `at`; None when they are not active any more, or the session by which they came
    has ended.
    """
    if who.door:
        return await at(connection, Address(WEB_STAFF.name, who.door), now)
    await _lock(connection, who.id)
    found = next((one for one in await people_at_work.active(connection) if one.id == who.id), None)
    return replace(found, stands_in_for=who.stands_in_for) if found else None


async def _lock(connection: AsyncConnection, person: int) -> None:
    # Whoever administers may go on to lock every administrator: they all do so at once, in the same order, or two would wait for each other.
    await connection.execute(LOCK, {"person": person})


_ME = staff.alias()
LOCK = (
    select(staff.c.person_id)
    .where(
        (staff.c.person_id == bindparam("person"))
        | (
            staff.c.administrator
            & staff.c.active
            & exists().where(_ME.c.person_id == bindparam("person"), _ME.c.administrator, _ME.c.active)
        )
    )
    .order_by(staff.c.person_id)
    .with_for_update(of=staff, key_share=True)
)


async def administrators(connection: AsyncConnection) -> set[int]:
    """The ids of the active administrators. Nobody else can change them until this transaction is over."""
    query = select(staff.c.person_id).where(staff.c.active, staff.c.administrator).order_by(staff.c.person_id)
    return set((await connection.execute(query.with_for_update(key_share=True))).scalars())


async def close_doors(connection: AsyncConnection, person: int, now: datetime, but: Address | None = None) -> None:
    """End every session and chat in which a contact person is known, but this one, and every link to come in. Their e-mail address stays.
    Nothing goes there any more, and no restore opens them.
    """
    await _lock(connection, person)  # what they are in the middle of comes first
    doors = [one.name for one in with_doors("staff")]
    theirs = (addresses.c.person_id == person) & addresses.c.channel.in_(doors)
    if but:
        theirs &= ~((addresses.c.channel == but.channel) & (addresses.c.address == but.address))
    await staff_chats.end(connection, theirs, now)
    await sought.forget(connection, person)
    await connection.execute(delete(invitations).where(invitations.c.person_id == person))
