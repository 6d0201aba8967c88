"""Drafts of the contact persons' own: each has at most one for a task in a case. Never an applicant's draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.where import Open
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.draft import Answer, Draft, revive
from storage.database.json import ANSWERS, as_json
from storage.database.tables import desk_drafts
from storage.database.trouble import Conflict


def _read(row: Any) -> Open:
    draft = Draft(row.id, row.version, ANSWERS.validate_python(row.answers), row.changing)
    return Open(revive(DESK_DIALOGS[row.dialog], draft), row.dialog, row.case_id or 0, row.started_at)


async def of(connection: AsyncConnection, person: int) -> list[Open]:
    """The drafts that a contact person has begun, the latest first."""
    rows = await connection.execute(
        select(desk_drafts)
        .where(desk_drafts.c.person_id == person, desk_drafts.c.dialog.in_(DESK_DIALOGS))
        .order_by(desk_drafts.c.touched_at.desc(), desk_drafts.c.id.desc())
    )
    return [_read(row) for row in rows.all()]


async def begun(connection: AsyncConnection, person: int, dialog: str, case: int) -> Open | None:
    """Their draft for this task in this case (0 for none), or None."""
    in_case = desk_drafts.c.case_id == case if case else desk_drafts.c.case_id.is_(None)
    row = (
        await connection.execute(
            select(desk_drafts).where(desk_drafts.c.person_id == person, desk_drafts.c.dialog == dialog, in_case)
        )
    ).first()
    return _read(row) if row else None


async def begin(
    connection: AsyncConnection, person: int, dialog: str, case: int, answers: dict[str, Answer], now: datetime
) -> int:
    """Begin a contact person's draft, and discard any earlier one for the same task and case. Returns its id."""
    in_case = desk_drafts.c.case_id == case if case else desk_drafts.c.case_id.is_(None)
    await connection.execute(
        delete(desk_drafts).where(desk_drafts.c.person_id == person, desk_drafts.c.dialog == dialog, in_case)
    )
    row = {
        "person_id": person,
        "case_id": case or None,
        "dialog": dialog,
        "answers": as_json(ANSWERS, answers),
        "started_at": now,
        "touched_at": now,
    }
    return int((await connection.execute(desk_drafts.insert().values(row).returning(desk_drafts.c.id))).scalar_one())


async def keep(connection: AsyncConnection, draft: Draft, before: int, now: datetime) -> None:
    """Store a draft over its version `before`. Raises Conflict when the stored version is a different one."""
    kept = await connection.execute(
        update(desk_drafts)
        .where(desk_drafts.c.id == draft.id, desk_drafts.c.version == before)
        .values(answers=as_json(ANSWERS, draft.answers), changing=draft.changing, version=draft.version, touched_at=now)
        .returning(desk_drafts.c.id)
    )
    if kept.first() is None:
        raise Conflict


async def drop(connection: AsyncConnection, draft: int) -> bool:
    """Delete a draft that is done or called off. False when it was already gone: a second press does nothing."""
    gone = await connection.execute(delete(desk_drafts).where(desk_drafts.c.id == draft).returning(desk_drafts.c.id))
    return gone.first() is not None
