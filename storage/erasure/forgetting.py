"""Forgetting people. Law: we never forget anybody who has sent something, or who works here; what was sent is a public document."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, except_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS
from storage.cases import drafts as drafts_rows
from storage.database import door_tables
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
from storage.people import chats, links, sessions
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The result of forgetting: the SHA-256 of files that nobody holds any more; whether the person is wholly gone; and whether nobody is reached any
    more where it was asked for: no browser stays in.
    """

    gone: set[str]
    whole: bool
    unreached: bool = True


async def forget(connection: AsyncConnection, person: int, now: datetime, but: Address | None = None) -> Forgotten:
    """Erase everything of a person's that was not sent: the drafts that they alone write and, when nothing was sent, the person.

    Drafts that others write with them stay with those others. Every browser, chat and link in which their chat is open ends, but for the chat of
    a network `but`, where somebody whom the city must keep hears of their case. The erasure goes into the register of erasures.
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
        await _shut(connection, person, now, but)
        return Forgotten(gone, whole=False, unreached=but is None or CHANNELS[but.channel].way == "kept")
    await _gone(connection, [person], now)
    return Forgotten(gone, whole=True)


async def _shut(connection: AsyncConnection, person: int, now: datetime, but: Address | None) -> None:
    await links.end(connection, person, now)
    await sessions.end(connection, person, now)
    await chats.end(connection, person, now, but=but)
    await chats.off_the_web(connection, person)


async def _own_drafts(connection: AsyncConnection, person: int) -> list[int]:
    others = participants.alias()
    query = (
        select(drafts.c.id)
        .join(participants, participants.c.case_id == drafts.c.case_id)
        .where(participants.c.person_id == person, ~drafts.c.sent)
        .where(~exists().where(others.c.case_id == drafts.c.case_id, others.c.person_id != person))
    )
    return list((await connection.execute(query.order_by(drafts.c.id))).scalars())


async def has_sent(connection: AsyncConnection, person: int) -> bool:
    """Whether something that this person sent stays with the city, also in a case that they do not write any more."""
    query = select(submissions.c.id).where(submissions.c.person_id == person).limit(1)
    return (await connection.execute(query)).first() is not None


async def _remains(connection: AsyncConnection, person: int) -> bool:
    """Whether the city must keep this person: as part of a case in which something was sent, or as somebody who works here."""
    theirs = select(participants.c.case_id).where(participants.c.person_id == person)
    sent = select(submissions.c.id).where(or_(submissions.c.person_id == person, submissions.c.case_id.in_(theirs)))
    works = select(staff.c.person_id).where(staff.c.person_id == person)
    return any([(await connection.execute(query.limit(1))).first() for query in (sent, works)])


async def _gone(connection: AsyncConnection, ids: list[int], now: datetime) -> None:
    """Delete these people and their addresses. Of a person whom a case's history names by number, only the number stays."""
    await connection.execute(
        erasures.insert(), [{"what": "person", "key": person, "data": {}, "at": now} for person in ids]
    )
    await connection.execute(
        update(case_invitations).where(case_invitations.c.person_id.in_(ids)).values(person_id=None)
    )
    at = select(addresses.c.address).where(addresses.c.person_id.in_(ids), addresses.c.channel == outbox.c.channel)
    await connection.execute(delete(outbox).where(or_(outbox.c.person_id.in_(ids), outbox.c.address.in_(at))))
    for table in (addresses, participants, door_tables.sessions, door_tables.links):
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
    """Up to `most` people who write no case, are not contact persons, and have been silent since `before`. This scans everybody: use Database.read."""
    # Set against set: with a long list, NOT IN searches the whole list for each person (PostgreSQL).
    found = except_(
        select(people.c.id).where(_idle(before)),
        select(staff.c.person_id),
        select(submissions.c.person_id),
        select(case_events.c.person_id).where(case_events.c.person_id.is_not(None)),
    )
    return list((await connection.execute(found.order_by("id").limit(most))).scalars())


async def forget_idle(connection: AsyncConnection, found: list[int], before: datetime, now: datetime) -> int:
    """Delete those of the people `found` by `idle` who have not come back meanwhile. Returns how many were deleted."""
    works = exists().where(staff.c.person_id == people.c.id)
    query = select(people.c.id).where(people.c.id.in_(found), _idle(before), ~works).order_by(people.c.id)
    ids = list((await connection.execute(query)).scalars())
    if ids:
        await _gone(connection, ids, now)
    return len(ids)
