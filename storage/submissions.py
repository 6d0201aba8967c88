"""Submissions: what was sent, frozen. What comes later is a new dated event of the case."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case import Submission
from dialogs.draft import Draft
from dialogs.record import Record, files_in
from storage import cases as case_rows
from storage import drafts as drafts_rows
from storage.drafts import Conflict
from storage.json import RECORD, TEXT, as_json
from storage.people import Person, count_up
from storage.tables import cases, drafts, submissions

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Filing:
    """What became of a submission: its case, the reference, and the SHA-256 of files that nobody holds any more."""

    case: int
    reference: str
    gone: set[str]


async def submit(
    connection: AsyncConnection, draft: Draft, record: Record, shared: Record | None, person: Person, now: datetime
) -> Filing:
    """Freeze a draft as sent. A case gets its reference with the first thing sent in it.

    The draft keeps no answers: what was on its path is in the record, and what was not was never sent.
    Raises Conflict when the draft was sent or changed meanwhile.
    """
    sent = await connection.execute(
        update(drafts)
        .where(drafts.c.id == draft.id, drafts.c.version == draft.version, ~drafts.c.sent)
        .values(sent=True, answers={}, touched_at=now)
        .returning(drafts.c.case_id)
    )
    row = sent.first()
    if row is None:
        raise Conflict
    reference = await _reference(connection, row.case_id, now)
    await connection.execute(
        submissions.insert().values(
            case_id=row.case_id,
            draft_id=draft.id,
            dialog=record.dialog,
            record=as_json(RECORD, record),
            shared=as_json(RECORD, shared) if shared else None,
            locale=person.locale,
            terms=person.terms,
            person_id=person.id,
            sent_at=now,
        )
    )
    gone = await drafts_rows.file_away(connection, draft.id, row.case_id, files_in(record), files_in(shared), now)
    await case_rows.happened(connection, row.case_id, f"{record.dialog}_sent", person.id, {"draft": draft.id}, now)
    await _onward(connection, row.case_id, record, shared, now)
    return Filing(row.case_id, reference, gone)


async def _reference(connection: AsyncConnection, case: int, now: datetime) -> str:
    given = (
        await connection.execute(select(cases.c.reference).where(cases.c.id == case).with_for_update())
    ).scalar_one()
    if given:
        return str(given)
    year = now.astimezone(STOCKHOLM).year
    reference = f"SAM-{year}-{await count_up(connection, f'case-{year}'):04}"
    await connection.execute(update(cases).where(cases.c.id == case).values(reference=reference))
    return reference


async def _onward(connection: AsyncConnection, case: int, record: Record, shared: Record | None, now: datetime) -> None:
    if record.dialog == "withdrawal":
        values: dict[str, object] = {"state": "withdrawn"}
    else:
        taken = (await connection.execute(select(cases.c.taken_by).where(cases.c.id == case))).scalar_one()
        title = record.title or (shared.title if shared else "")
        values = {"state": "taken" if taken else "sent", **({"title": as_json(TEXT, title)} if title else {})}
    unanswered = (
        await connection.execute(select(cases.c.waiting_since).where(cases.c.id == case, cases.c.taken_by.is_(None)))
    ).scalar()
    await connection.execute(update(cases).where(cases.c.id == case).values(waiting_since=unanswered or now, **values))


async def of_case(connection: AsyncConnection, case: int) -> list[Submission]:
    """Everything that was sent in a case, the earliest first."""
    rows = (
        await connection.execute(select(submissions).where(submissions.c.case_id == case).order_by(submissions.c.id))
    ).all()
    return [
        Submission(
            row.id,
            row.case_id,
            row.dialog,
            RECORD.validate_python(row.record),
            RECORD.validate_python(row.shared) if row.shared else None,
            row.locale,
            row.draft_id,
            row.sent_at,
        )
        for row in rows
    ]
