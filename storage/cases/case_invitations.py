"""Invitations to write an application: links, each good for one person. Only hashes are kept.

Law: a contact person's link leads into a case that the city started as long as nobody writes it. From then on those who write it invite each other,
and nobody who has not been invited by one of them reads what is not sent.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.state import STARTED
from storage.cases import cases as case_rows
from storage.database.tables import case_invitations, cases, participants

LINK_LASTS = timedelta(days=30)
MOST = 20
"""Links of one case that are neither used nor too old."""


async def invite(
    connection: AsyncConnection, case: int, token_hash: str, now: datetime, writer: int | None = None
) -> bool:
    """Store a link into this case, good for LINK_LASTS and for one person; from a `writer` of it, or else from a contact person.

    False when there are MOST already.
    """
    waiting = select(func.count()).where(
        case_invitations.c.case_id == case, case_invitations.c.used_at.is_(None), case_invitations.c.expires_at > now
    )
    if (await connection.execute(waiting)).scalar_one() >= MOST:
        return False
    await connection.execute(
        case_invitations.insert().values(
            token_hash=token_hash, case_id=case, expires_at=now + LINK_LASTS, by_person=writer
        )
    )
    return True


def _good(hashes: list[str], now: datetime) -> ColumnElement[bool]:
    """Links that still work: of a contact person, until somebody writes the case; of a writer, as long as they write it."""
    writes = exists().where(participants.c.case_id == case_invitations.c.case_id)
    started = select(cases.c.id).where(cases.c.state == STARTED.id)
    return (
        case_invitations.c.token_hash.in_(hashes)
        & case_invitations.c.used_at.is_(None)
        & (case_invitations.c.expires_at > now)
        & or_(
            case_invitations.c.by_person.is_(None) & case_invitations.c.case_id.in_(started) & ~writes,
            exists().where(
                participants.c.case_id == case_invitations.c.case_id,
                participants.c.person_id == case_invitations.c.by_person,
            ),
        )
    )


async def redeem(
    connection: AsyncConnection, hashes: list[str], person: int, now: datetime
) -> tuple[int, int | None] | None:
    """Use up a link, by the hashes of its token. Returns the case that it leads to and the writer who made it, if one did; None when it leads nowhere."""
    case = await leads(connection, hashes, now)
    if case is None:
        return None
    # Of two people who press two links of a contact person at once, the second finds that somebody writes the case.
    await case_rows.lock(connection, case)
    used = update(case_invitations).where(_good(hashes, now)).values(used_at=now, person_id=person)
    returned = used.returning(case_invitations.c.case_id, case_invitations.c.by_person)
    row = (await connection.execute(returned)).first()
    return (row.case_id, row.by_person) if row else None


async def leads(connection: AsyncConnection, hashes: list[str], now: datetime) -> int | None:
    """The case to which a link would lead, without using it up; None when it leads nowhere."""
    query = select(case_invitations.c.case_id).where(_good(hashes, now))
    found: int | None = (await connection.execute(query)).scalar()
    return found
