"""How much room files take, in bytes, counted from their rows: one person's, one case's, or all files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.tables import addresses, drafts, files, participants, people
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class HeldBytes:
    """How many bytes a person holds in the files of all cases that they write, and in those of the case at hand (0 for none)."""

    person: int
    case: int
    of_person: int = 0
    of_case: int = 0


async def held_at(connection: AsyncConnection, to: Address, now: datetime) -> HeldBytes | None:
    """What the person reached at this address holds, or None when nobody is reached there."""
    query = (
        select(people.c.id, func.coalesce(drafts.c.case_id, 0))
        .join(addresses, addresses.c.person_id == people.c.id)
        .outerjoin(drafts, drafts.c.id == people.c.at_hand)
        .where(addresses.c.channel == to.channel, addresses.c.address == to.address)
        .where(or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > now))
    )
    row = (await connection.execute(query)).first()
    return await held_by(connection, *row) if row else None


async def held_by(connection: AsyncConnection, person: int, case: int, besides: Collection[str] = ()) -> HeldBytes:
    """What this person and this case hold. Each file counts once in a case; files of the case at hand with a SHA-256 in `besides` do not count."""
    each = (
        select(files.c.case_id, func.max(files.c.size).label("size"))
        .join(participants, participants.c.case_id == files.c.case_id)
        .where(participants.c.person_id == person)
        .where(~and_(files.c.case_id == case, files.c.sha256.in_(besides)))
        .group_by(files.c.case_id, files.c.sha256)
    ).subquery()
    query = select(each.c.case_id, func.sum(each.c.size)).group_by(each.c.case_id)
    by_case = {id: int(size) for id, size in (await connection.execute(query)).all()}
    return HeldBytes(person, case, sum(by_case.values()), by_case.get(case, 0))


async def held_in_all(connection: AsyncConnection) -> int:
    """How much all files take, each counted once. This scans all of them: use Database.read."""
    each = select(func.min(files.c.size).label("size")).group_by(files.c.sha256).subquery()
    return int((await connection.execute(select(func.coalesce(func.sum(each.c.size), 0)))).scalar_one())
