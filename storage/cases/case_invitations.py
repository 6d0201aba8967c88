"""Invitations to a case that the city started: links for actors, each good for one person. Only hashes are kept."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.state import STARTED
from storage.database.tables import case_invitations, cases

LINK_LASTS = timedelta(days=30)


async def invite(connection: AsyncConnection, case: int, token_hash: str, now: datetime) -> None:
    """Store a link into this case, good for LINK_LASTS and for one person."""
    await connection.execute(
        case_invitations.insert().values(token_hash=token_hash, case_id=case, expires_at=now + LINK_LASTS)
    )


def _good(token_hash: str, now: datetime) -> ColumnElement[bool]:
    """Links that still work. Once the actors have applied, they decide who writes the case, and the links end."""
    started = select(cases.c.id).where(cases.c.state == STARTED.id)
    return (
        (case_invitations.c.token_hash == token_hash)
        & case_invitations.c.used_at.is_(None)
        & (case_invitations.c.expires_at > now)
        & case_invitations.c.case_id.in_(started)
    )


async def redeem(connection: AsyncConnection, token_hash: str, person: int, now: datetime) -> int | None:
    """Use up a link. Returns the case that it leads to, or None when it is unknown, used, too old, or the actors have applied."""
    used = update(case_invitations).where(_good(token_hash, now)).values(used_at=now, person_id=person)
    case: int | None = (await connection.execute(used.returning(case_invitations.c.case_id))).scalar()
    return case


async def leads(connection: AsyncConnection, token_hash: str, now: datetime) -> int | None:
    """The case to which a link would lead, without using it up; None when it leads nowhere."""
    query = select(case_invitations.c.case_id).where(_good(token_hash, now))
    found: int | None = (await connection.execute(query)).scalar()
    return found
