"""Forgetting people. Law: nobody is forgotten who has sent something, or works here; what was sent is a public document."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, except_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases import drafts as drafts_rows
from storage.database.door_tables import held_updates
from storage.database.tables import (
    addresses,
    case_events,
    case_invitations,
    drafts,
    erasures,
    outbox,
    participants,
    people,
    staff,
    submissions,
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of it: the SHA-256 of files that nobody holds any more, and whether the person is gone as a whole."""

    gone: set[str]
    whole: bool


async def forget(connection: AsyncConnection, person: int, now: datetime) -> Forgotten:
    """Erase everything of a person that was not sent: the drafts that they alone write, and, when nothing was sent, the person.

    What others write with them stays with those. It is in the register of erasures from now on.
    """
    gone: set[str] = set()
    for draft in await _own_drafts(connection, person):
        gone |= await drafts_rows.drop(connection, draft, now)
    mine = select(addresses.c.address).where(
        addresses.c.person_id == person, addresses.c.channel == held_updates.c.channel
    )
    await connection.execute(delete(held_updates).where(held_updates.c.address.in_(mine)))
    if await _remains(connection, person):
        await connection.execute(update(people).where(people.c.id == person).values(at_hand=0))
        return Forgotten(gone, whole=False)
    await _gone(connection, [person], now)
    return Forgotten(gone, whole=True)


async def _own_drafts(connection: AsyncConnection, person: int) -> list[int]:
    others = participants.alias()
    query = (
        select(drafts.c.id)
        .join(participants, participants.c.case_id == drafts.c.case_id)
        .where(participants.c.person_id == person, ~drafts.c.sent)
        .where(~exists().where(others.c.case_id == drafts.c.case_id, others.c.person_id != person))
    )
    return list((await connection.execute(query.order_by(drafts.c.id))).scalars())


async def _remains(connection: AsyncConnection, person: int) -> bool:
    """Whether somebody is part of what the city keeps: of a case in which something was sent, or of those who work here."""
    theirs = select(participants.c.case_id).where(participants.c.person_id == person)
    sent = select(submissions.c.id).where(or_(submissions.c.person_id == person, submissions.c.case_id.in_(theirs)))
    works = select(staff.c.person_id).where(staff.c.person_id == person)
    return any([(await connection.execute(query.limit(1))).first() for query in (sent, works)])


async def _gone(connection: AsyncConnection, ids: list[int], now: datetime) -> None:
    """Delete these people, and what reaches them. Of one whom a case's history names by number, the number stays and nothing else."""
    await connection.execute(
        erasures.insert(), [{"what": "person", "key": person, "data": {}, "at": now} for person in ids]
    )
    await connection.execute(
        update(case_invitations).where(case_invitations.c.person_id.in_(ids)).values(person_id=None)
    )
    at = select(addresses.c.address).where(addresses.c.person_id.in_(ids), addresses.c.channel == outbox.c.channel)
    await connection.execute(delete(outbox).where(or_(outbox.c.person_id.in_(ids), outbox.c.address.in_(at))))
    for table in (addresses, participants):
        await connection.execute(delete(table).where(table.c.person_id.in_(ids)))
    named = exists().where(case_events.c.person_id == people.c.id)
    bare = {"locale": "sv", "terms": "", "terms_at": None, "at_hand": 0, "reminders": True}
    await connection.execute(update(people).where(people.c.id.in_(ids), named).values(bare))
    await connection.execute(delete(people).where(people.c.id.in_(ids), ~named))


def _idle(before: datetime) -> ColumnElement[bool]:
    writes = exists().where(participants.c.person_id == people.c.id)
    heard_of = exists().where(addresses.c.person_id == people.c.id, addresses.c.used_at >= before)
    return and_(people.c.created_at < before, ~writes, ~heard_of)


async def idle(connection: AsyncConnection, before: datetime, most: int) -> list[int]:
    """Up to `most` people who write no case, are no contact persons, and were not heard of since `before`. It looks through all of them: for Database.read."""
    # Set against set: NOT IN looks through the whole list for each of them when it is long (PostgreSQL).
    found = except_(
        select(people.c.id).where(_idle(before)),
        select(staff.c.person_id),
        select(submissions.c.person_id),
        select(case_events.c.person_id).where(case_events.c.person_id.is_not(None)),
    )
    return list((await connection.execute(found.order_by("id").limit(most))).scalars())


async def forget_idle(connection: AsyncConnection, found: list[int], before: datetime, now: datetime) -> int:
    """Delete those of the people `found` by `idle` who have not come back meanwhile. How many."""
    works = exists().where(staff.c.person_id == people.c.id)
    query = select(people.c.id).where(people.c.id.in_(found), _idle(before), ~works).order_by(people.c.id)
    ids = list((await connection.execute(query)).scalars())
    if ids:
        await _gone(connection, ids, now)
    return len(ids)
