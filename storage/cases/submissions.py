"""Submissions: what was sent, frozen. Anything later is a new dated event of the case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.where import Open
from dialogs.case.case import Case, Submission
from dialogs.engine.draft import Draft
from dialogs.engine.record import Record, sha256s_in
from dialogs.kinds.contact import ends_protected
from dialogs.kinds.day import STOCKHOLM
from dialogs.phases import steps
from dialogs.phases.initiation.whom import CONTACT
from storage.cases import cases as case_rows
from storage.cases import chain
from storage.cases import drafts as drafts_rows
from storage.database.json import RECORD, TEXT, as_json
from storage.database.tables import drafts, submissions
from storage.database.trouble import Conflict
from storage.people import staff
from storage.people.people import Person


@dataclass(frozen=True, slots=True)
class Filing:
    """The outcome of a submission: its case as it is now, and the SHA-256 of files that nobody holds any more."""

    case: Case
    gone: set[str]


async def closed(connection: AsyncConnection, dialog: str, one: Open | None) -> Case | None:
    """The case of an open draft, where it was begun in a case that does not take it any more; None where it can be sent.

    The case is locked: it stays as it is until the transaction ends.
    """
    step = steps.SENT[dialog]
    if step.opens is None or one is None:
        return None
    await case_rows.lock(connection, one.case)
    case = await case_rows.case_by_id(connection, one.case)
    return case if case and not steps.opens(step, case) else None


async def submit(  # noqa: PLR0913 what is frozen, by whom, and when
    connection: AsyncConnection,
    seal: chain.Seal,
    draft: Draft,
    record: Record,
    shared: Record | None,
    person: Person,
    *,
    now: datetime,
    district: str = "",
) -> Filing:
    """Freeze a draft as sent. The first thing sent in a case gives it its reference; `district` is where its area lies, as far as the name tells.

    The draft keeps no answers: those on its path are in the record, and the others were never sent.
    Raises Conflict when the draft was sent or changed meanwhile.
    """
    now_sent = {"draft": draft.id, "before": draft.version, "answers": {}, "sent": True, "touched_at": now}
    row = (await connection.execute(SENT, now_sent)).first()
    if row is None:
        raise Conflict
    reference = await case_rows.reference(connection, row.case_id, now.astimezone(STOCKHOLM).year)
    frozen = {
        "case_id": row.case_id,
        "draft_id": draft.id,
        "dialog": record.dialog,
        "record": as_json(RECORD, record),
        "shared": as_json(RECORD, shared) if shared else None,
        "locale": person.locale,
        "terms": person.terms,
        "person_id": person.id,
        "sent_at": now,
    }
    submission = (await connection.execute(FREEZE, frozen)).one()
    gone = await drafts_rows.file_away(connection, draft.id, row.case_id, sha256s_in(record), sha256s_in(shared), now)
    data = {
        "draft": draft.id,
        "submission": submission.id,
        "sha256": chain.frozen(submission),
        "reference": reference,
        "locale": person.locale,
        "district": district,
        **facts_of(record, shared),
    }
    if data.get("protects"):
        data["named"] = await staff.who_administer(connection)
    case = await case_rows.happened(connection, seal, row.case_id, steps.SENT[record.dialog].id, person.id, data, now)
    return Filing(case, gone)


SENT = (
    update(drafts)
    .where(drafts.c.id == bindparam("draft"), drafts.c.version == bindparam("before"), ~drafts.c.sent)
    .returning(drafts.c.case_id)
)
FREEZE = submissions.insert().returning(submissions)


def facts_of(record: Record, shared: Record | None) -> dict[str, Any]:
    """The facts that go into the event of a submission, so that the case can be replayed from its events alone."""
    title = record.title or (shared.title if shared else "")
    facts: dict[str, Any] = {"title": as_json(TEXT, title)} if title else {}
    facts |= {key: record.facts.get(key) for key in ("scope", "established", "actors", "protects")}
    facts |= {"text": record.value("text"), "asked": record.facts.get("asked")}
    return {key: value for key, value in facts.items() if value}


async def of_case(connection: AsyncConnection, case: int) -> list[Submission]:
    """Everything that was sent in a case, the earliest first, under the keys and option ids of today."""
    return await _where(connection, submissions.c.case_id == case)


async def by_person(connection: AsyncConnection, person: int) -> list[Submission]:
    """Everything that this person sent, whether or not they write its case any more."""
    return await _where(connection, submissions.c.person_id == person)


async def _where(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Submission]:
    rows = (await connection.execute(select(submissions).where(which).order_by(submissions.c.id))).all()
    return [
        Submission(
            row.id,
            row.case_id,
            row.dialog,
            steps.record_today(RECORD.validate_python(row.record)),
            steps.record_today(RECORD.validate_python(row.shared)) if row.shared else None,
            row.locale,
            row.draft_id,
            row.sent_at,
        )
        for row in rows
    ]


async def nameless(connection: AsyncConnection, case: Case) -> bool:
    """Whether the sender gave neither name nor address, theirs being protected. Such a case is protected from its first moment: no other is looked at."""
    return case.protected and ends_protected(
        one.record.value(CONTACT.key) for one in await of_case(connection, case.id)
    )


async def contact(connection: AsyncConnection, case: int) -> str:
    """The e-mail address most recently given for answers, or ""."""
    for one in reversed(await of_case(connection, case)):
        given = one.record.value(CONTACT.key)
        if isinstance(given, dict):
            return str(given.get("email") or "")
    return ""
