"""Invitations to write an application: links, each good for one person. Only hashes are kept.

Law: a contact person's link leads into a case that the city started as long as nobody writes in it. From then on those who write it invite each other,
until it is sent; nobody who has not been invited by one of them reads what is not sent.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.state import STARTED
from dialogs.phases.initiation.application import APPLICATION
from storage.cases import cases as case_rows
from storage.database.tables import case_invitations, cases, drafts, participants

LINK_LASTS = timedelta(days=30)
MOST = 20
"""Links of one writer into a case, or of the contact persons, that are neither used nor too old."""
MOST_WRITERS = 12
"""People who write one case together."""

_CASE = case_invitations.c.case_id
_WRITTEN = and_(
    exists().where(participants.c.case_id == _CASE), exists().where(drafts.c.case_id == _CASE, ~drafts.c.sent)
)
"""Whether somebody writes something in the case that is not sent."""
_APPLYING = exists().where(drafts.c.case_id == _CASE, drafts.c.dialog == APPLICATION.key, ~drafts.c.sent)
_INVITER_WRITES = exists().where(
    participants.c.case_id == _CASE, participants.c.person_id == case_invitations.c.by_person
)
_BY_THE_CITY = and_(
    case_invitations.c.by_person.is_(None),
    _CASE.in_(select(cases.c.id).where(cases.c.state == STARTED.id)),
    not_(_WRITTEN),
)


async def invite(
    connection: AsyncConnection, case: int, token_hash: str, now: datetime, writer: int | None = None
) -> bool:
    """Store a link into this case, good for LINK_LASTS and for one person; from a `writer` of it, or else from a contact person.

    False when they have made MOST that nobody has used.
    """
    waiting = select(func.count()).where(
        case_invitations.c.case_id == case,
        case_invitations.c.by_person.is_not_distinct_from(writer),
        case_invitations.c.used_at.is_(None),
        case_invitations.c.expires_at > now,
    )
    if (await connection.execute(waiting)).scalar_one() >= MOST:
        return False
    row = {"token_hash": token_hash, "case_id": case, "expires_at": now + LINK_LASTS, "by_person": writer}
    await connection.execute(case_invitations.insert().values(row))
    return True


async def end(connection: AsyncConnection, case: int, writer: int) -> int:
    """End the links of a writer into this case that nobody has used. Returns how many there were."""
    unused = case_invitations.c.used_at.is_(None) & (case_invitations.c.case_id == case)
    theirs = unused & (case_invitations.c.by_person == writer)
    ended = await connection.execute(delete(case_invitations).where(theirs).returning(_CASE))
    return len(ended.all())


async def name(connection: AsyncConnection, case: int, writer: int, link_for: str, now: datetime) -> bool:
    """Note for whom the link is that this writer made last into the case. False when it has been used, or has ended."""
    mine = (case_invitations.c.case_id == case) & (case_invitations.c.by_person == writer)
    query = select(case_invitations).where(mine).order_by(case_invitations.c.expires_at.desc()).limit(1)
    row = (await connection.execute(query)).first()
    if row is None or row.used_at or row.expires_at <= now:
        return False
    this = (case_invitations.c.token_hash == row.token_hash) & case_invitations.c.used_at.is_(None)
    named = await connection.execute(update(case_invitations).where(this).values(link_for=link_for))
    return named.rowcount > 0


def _good(hashes: list[str], now: datetime) -> ColumnElement[bool]:
    """Links that still work."""
    unused = and_(
        case_invitations.c.token_hash.in_(hashes),
        case_invitations.c.used_at.is_(None),
        case_invitations.c.expires_at > now,
    )
    return and_(unused, or_(_BY_THE_CITY, and_(_INVITER_WRITES, _APPLYING)))


async def redeem(
    connection: AsyncConnection, hashes: list[str], person: int, now: datetime
) -> tuple[int, int | None, str] | None:
    """Use up a link, by the hashes of its token. Returns the case that it leads to, the writer who made it, if one did, and for whom; None when it leads
    nowhere.

    Law: first the drafts, then the case, as in every turn. Of two people who press two links of a contact person at once, the second then finds
    that somebody writes in the case.
    """
    case = await leads(connection, hashes, now)
    if case is None:
        return None
    await connection.execute(
        select(drafts.c.id).where(drafts.c.case_id == case).order_by(drafts.c.id).with_for_update()
    )
    await case_rows.lock(connection, case)
    if len(await case_rows.writers(connection, case)) >= MOST_WRITERS:
        return None
    query = select(case_invitations.c.by_person, case_invitations.c.link_for).where(_good(hashes, now))
    row = (await connection.execute(query.with_for_update())).first()
    if row is None:
        return None
    used = update(case_invitations).where(case_invitations.c.token_hash.in_(hashes))
    await connection.execute(used.values(used_at=now, person_id=person, link_for=""))
    return case, row.by_person, row.link_for


async def leads(connection: AsyncConnection, hashes: list[str], now: datetime) -> int | None:
    """The case to which a link would lead, without using it up; None when it leads nowhere."""
    found: int | None = (await connection.execute(select(_CASE).where(_good(hashes, now)))).scalar()
    return found


async def written(connection: AsyncConnection, case: int) -> bool:
    """Whether somebody writes something in this case that is not sent, so that no contact person can invite into it."""
    there = exists().where(participants.c.case_id == case)
    unsent = exists().where(drafts.c.case_id == case, ~drafts.c.sent)
    return bool((await connection.execute(select(and_(there, unsent)))).scalar())
