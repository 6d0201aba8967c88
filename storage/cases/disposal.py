"""Disposal (gallring) of what was sent. Law: only by a recorded decision, or taken down for a recorded reason; what happened, and when, stays and can
still be verified, and so can what was counted.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.case import Case
from dialogs.phases.always.disposed import DISPOSED as GONE
from dialogs.phases.always.disposed import kept_of
from dialogs.phases.steps import WAYS
from storage.cases import cases as case_rows
from storage.cases.chain import Seal
from storage.cases.said import unsay
from storage.database.door_tables import confirmations
from storage.database.tables import (
    case_events,
    case_invitations,
    cases,
    desk_drafts,
    drafts,
    erasures,
    files,
    following,
    openings,
    outbox,
    participants,
    submissions,
)
from storage.people import sought

EMPTIED = (confirmations, openings, case_invitations, following, desk_drafts)
"""Tables whose rows belong to a case and mean nothing without it."""

BEGUN_IN_IT = [step.asks.key for step in WAYS.values() if step.opens]
"""The dialogs that applicants begin in a case that is there: what is not sent of them can no longer be sent when it is over."""


async def dispose(
    connection: AsyncConnection,
    seal: Seal,
    case: int,
    decision: dict[str, Any],
    person: int | None,
    now: datetime,
    *,
    again: datetime | None = None,
) -> set[str] | None:
    """Erase what a case says: what was sent, its files, what was written in it, who wrote it, who opened it.

    `decision` names the decision, by `number` and `day`, under which a case goes that is over; or the `reason` for which the operator takes one
    down, whatever its state; `again` is when it was done, where a restore does it once more. What stays is the reference, the registration number, what kind
    of thing happened and when, by whom as a number, what overviews count (dialogs/phases/always/disposed.py, kept_of), and the decision.
    Does nothing and returns None when neither is named, the case is not over, or nothing has happened in it since this was done; otherwise returns
    the SHA-256 of files that nobody holds any more. An unsent application in the case belongs to its writers, and stays: when they send it, there
    is work again in the case, and it can be disposed of anew.
    What they began to write in a case that was there goes with it, because it can no longer be sent.
    """
    await case_rows.lock(connection, case)
    known = await case_rows.case_by_id(connection, case)
    if known is None or await _done(connection, case, again) or not (again or _lawful(known, decision)):
        return None
    told = {key: str(decision[key]) for key in ("number", "day", "covers", "reason") if decision.get(key)}
    facts = kept_of(known) | {
        "submissions": await _ids(connection, submissions.c.id, submissions.c.case_id == case),
        "events": await _ids(connection, case_events.c.id, _says(case)),
    }
    gone = await _empty(connection, case)
    await case_rows.happened(connection, seal, case, GONE.id, person, told | facts, now)
    await connection.execute(erasures.insert().values(what="case", key=case, data=told, at=now))
    return gone


async def _done(connection: AsyncConnection, case: int, again: datetime | None) -> bool:
    """Whether it was the last thing that happened in the case; or, where a restore asks, whether the backup has it, or an earlier round did it."""
    events = await case_rows.history(connection, case)
    if again:
        return any(event.what == GONE.id and event.at >= again for event in events)
    return events[-1].what == GONE.id


def _says(case: int) -> ColumnElement[bool]:
    """The events that say anything of the case; an earlier disposal tells only of itself."""
    return and_(case_events.c.case_id == case, case_events.c.what != GONE.id)


def _lawful(case: Case, decision: dict[str, Any]) -> bool:
    decided = bool(case.closed and decision.get("number") and decision.get("day"))
    return decided or bool(decision.get("reason"))


async def _ids(connection: AsyncConnection, column: Any, where: Any) -> list[int]:
    return list((await connection.execute(select(column).where(where).order_by(column))).scalars())


async def _empty(connection: AsyncConnection, case: int) -> set[str]:
    over = and_(drafts.c.case_id == case, or_(drafts.c.sent, drafts.c.dialog.in_(BEGUN_IN_IT)))
    ended = select(drafts.c.id).where(over)
    gone = set((await connection.execute(select(files.c.sha256).where(files.c.draft_id.in_(ended)))).scalars())
    await connection.execute(delete(files).where(files.c.draft_id.in_(ended)))
    # What the writers' pages show may also tell of the case.
    writers = select(participants.c.person_id).where(participants.c.case_id == case)
    theirs = and_(outbox.c.person_id.in_(writers), outbox.c.state.in_(("kept", "read")))
    await unsay(connection, or_(outbox.c.case_id == case, outbox.c.draft_id.in_(ended), theirs))
    await connection.execute(delete(submissions).where(submissions.c.case_id == case))
    await connection.execute(delete(drafts).where(over))
    for table in EMPTIED:
        await connection.execute(delete(table).where(table.c.case_id == case))
    written = exists().where(drafts.c.case_id == case)
    await connection.execute(delete(participants).where(participants.c.case_id == case, ~written))
    await connection.execute(update(case_events).where(_says(case)).values(data={}))
    await sought.forget(connection)
    held = set((await connection.execute(select(files.c.sha256).where(files.c.sha256.in_(gone)))).scalars())
    return gone - held


async def disposed(connection: AsyncConnection, most: int = 200) -> list[tuple[str, str, str, datetime]]:
    """The disposals, the latest first: reference, number and day (ISO) of the decision (or the reason, and ""), and when. Law: nothing personal is in it."""
    query = (
        select(cases.c.reference, case_events.c.data, case_events.c.at)
        .join(cases, cases.c.id == case_events.c.case_id)
        .where(case_events.c.what == GONE.id, ~cases.c.protected)
        .order_by(case_events.c.id.desc())
        .limit(most)
    )
    rows = (await connection.execute(query)).all()
    return [
        (row.reference, row.data.get("number") or row.data.get("reason", ""), row.data.get("day", ""), row.at)
        for row in rows
    ]
