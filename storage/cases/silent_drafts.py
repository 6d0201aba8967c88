"""Drafts in which nobody writes any more: those whose writers we remind, those whose writers we warn, and those whose time is over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.engine.draft import Draft
from dialogs.phases.steps import DIALOGS
from storage.cases.drafts import read
from storage.database.tables import (
    case_invitations,
    drafts,
    participants,
    people,
)

_warned = drafts.c.warned_at.is_not(None) & (drafts.c.warned_at > drafts.c.touched_at)


@dataclass(frozen=True, slots=True)
class Due:
    """An open draft that nobody has touched for a while, and one of its writers."""

    draft: Draft
    dialog: str
    person: int
    started: datetime


Chosen = Collection[int] | None
"""Only drafts with these ids; None for any. Law: scan all drafts in `Database.read`; before writing, check once more, only among those found there."""


async def silent(connection: AsyncConnection, before: datetime, most: int = 200, among: Chosen = None) -> list[Due]:
    """Open drafts untouched since `before` about which nobody was reminded yet, each with every writer who wants reminders."""
    wanted = drafts.c.reminded_at.is_(None) & people.c.reminders & drafts.c.dialog.in_(DIALOGS)
    return await _untouched(connection, before, wanted & _is(among), most)


async def to_warn_of(connection: AsyncConnection, before: datetime, most: int, among: Chosen = None) -> list[Due]:
    """Open drafts untouched since `before` whose writers have not been warned of the deletion since they last wrote."""
    return await _untouched(connection, before, ~_warned & _is(among), most)


def _is(among: Chosen) -> ColumnElement[bool]:
    return true() if among is None else drafts.c.id.in_(among)


async def _untouched(connection: AsyncConnection, before: datetime, more: ColumnElement[bool], most: int) -> list[Due]:
    query = (
        select(
            drafts.c.id,
            drafts.c.version,
            drafts.c.answers,
            drafts.c.changing,
            drafts.c.dialog,
            drafts.c.started_at,
            participants.c.person_id,
        )
        .join(participants, participants.c.case_id == drafts.c.case_id)
        .join(people, people.c.id == participants.c.person_id)
        .where(~drafts.c.sent, drafts.c.touched_at < before, more)
        .order_by(drafts.c.id, participants.c.person_id)
    )
    rows = list((await connection.execute(query.limit(most))).all())
    if len(rows) == most and rows[0].id != rows[-1].id:
        # The last draft may have more writers than there is room for: it comes first the next time.
        rows = [row for row in rows if row.id != rows[-1].id]
    return [Due(read(row), row.dialog, row.person_id, row.started_at) for row in rows]


async def warned(connection: AsyncConnection, ids: Iterable[int], now: datetime) -> None:
    """Note that the writers of these drafts are being warned of their deletion."""
    await connection.execute(update(drafts).where(drafts.c.id.in_(list(ids))).values(warned_at=now))


async def outlived(
    connection: AsyncConnection, before: datetime, warned: datetime, most: int, among: Chosen = None
) -> list[int]:
    """Up to `most` open drafts that have writers, untouched since `before`, whose writers were warned at the time `warned` or earlier."""
    written = exists().where(participants.c.case_id == drafts.c.case_id)
    query = select(drafts.c.id).where(~drafts.c.sent, drafts.c.touched_at < before, written, _is(among))
    query = query.where(_warned, drafts.c.warned_at <= warned)
    return list((await connection.execute(query.order_by(drafts.c.id).limit(most))).scalars())


async def unjoined(
    connection: AsyncConnection, before: datetime, now: datetime, most: int = 200, among: Chosen = None
) -> list[int]:
    """Drafts that the city prepared and nobody has joined, untouched since `before`; not those with an invitation that is still good."""
    good = exists().where(case_invitations.c.case_id == drafts.c.case_id, case_invitations.c.used_at.is_(None))
    query = (
        select(drafts.c.id)
        .where(~drafts.c.sent, drafts.c.touched_at < before, _is(among))
        .where(~exists().where(participants.c.case_id == drafts.c.case_id))
        .where(~good.where(case_invitations.c.expires_at > now))
    )
    return list((await connection.execute(query.limit(most))).scalars())


async def reminded(connection: AsyncConnection, draft: int, now: datetime) -> bool:
    """Note that a reminder is on its way; False when another process was quicker."""
    done = await connection.execute(
        update(drafts)
        .where(drafts.c.id == draft, drafts.c.reminded_at.is_(None))
        .values(reminded_at=now)
        .returning(drafts.c.id)
    )
    return done.first() is not None
