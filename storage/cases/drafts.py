"""Drafts, which belong to their writers. No function here or elsewhere gives one to staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.acts import Begin
from dialogs.engine.draft import Draft, files_of, revive
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import DIALOGS
from storage.cases import cases as case_rows
from storage.cases import writers
from storage.cases.chain import Seal
from storage.cases.said import unsay
from storage.database.json import ANSWERS, as_json
from storage.database.tables import (
    case_events,
    cases,
    drafts,
    erasures,
    files,
    outbox,
    participants,
)
from storage.database.trouble import Conflict


def read(row: Any) -> Draft:
    """The draft in a row of the table, as the current dialog reads it."""
    draft = Draft(row.id, row.version, ANSWERS.validate_python(row.answers), row.changing)
    return revive(DIALOGS[row.dialog], draft) if row.dialog in DIALOGS else draft


async def begin(connection: AsyncConnection, seal: Seal, act: Begin, person: int, now: datetime) -> int:
    """Begin a draft by `person`, who writes its case from now on; without a case, in a new one. Returns its id."""
    case = act.case or await case_rows.new(connection, now)
    await writers.come_in(connection, seal, case, person, now)
    row = {
        "case_id": case,
        "dialog": act.dialog,
        "answers": as_json(ANSWERS, act.answers),
        "changing": act.changing,
        "started_at": now,
        "touched_at": now,
    }
    return int((await connection.execute(BEGIN, row)).scalar_one())


BEGIN = drafts.insert().returning(drafts.c.id)


async def prepare(connection: AsyncConnection, case: int, now: datetime) -> None:
    """Store an application that nobody writes yet, in a case that the city has started: it belongs to those who come in by an invitation."""
    row = {"case_id": case, "dialog": APPLICATION.key, "answers": {}}
    await connection.execute(drafts.insert().values(**row, started_at=now, touched_at=now))


async def join(
    connection: AsyncConnection, seal: Seal, case: int, person: int, now: datetime, link_for: str = ""
) -> int:
    """Make this person a writer of the case as well, by the link for `link_for`. Returns the id of the application being written in it, 0 for none."""
    await writers.come_in(connection, seal, case, person, now, link_for)
    await connection.execute(
        update(drafts).where(drafts.c.case_id == case, ~drafts.c.sent).values(touched_at=now, reminded_at=None)
    )
    query = select(drafts.c.id).where(drafts.c.case_id == case, drafts.c.dialog == APPLICATION.key, ~drafts.c.sent)
    return int((await connection.execute(query.order_by(drafts.c.id.desc()).limit(1))).scalar() or 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn did to a draft: the draft as it was loaded, and as it is now."""

    before: Draft
    after: Draft
    case: int


KEEP = (
    update(drafts)
    .where(drafts.c.id == bindparam("draft"), drafts.c.version == bindparam("before"), ~drafts.c.sent)
    .values(
        answers=bindparam("now_answers"),
        changing=bindparam("now_changing"),
        version=bindparam("now_version"),
        touched_at=bindparam("now_touched_at"),
    )
)


async def keep(connection: AsyncConnection, kept: list[Kept], now: datetime) -> set[str]:
    """Store drafts, and their files' names. Returns the SHA-256 of files that nobody holds any more.

    Law: they were loaded in this transaction, and locked; no two of them are the same. Conflict when one is no longer there.
    """
    rows = [
        {
            "draft": one.after.id,
            "before": one.before.version,
            "now_answers": as_json(ANSWERS, one.after.answers),
            "now_changing": one.after.changing,
            "now_version": one.after.version,
            "now_touched_at": now,
        }
        for one in kept
    ]
    done = await connection.execute(KEEP, rows)
    if 0 <= done.rowcount < len(rows):
        raise Conflict
    gone: set[str] = set()
    for one in kept:
        if files_of(one.before) != files_of(one.after):
            gone |= await _keep_files(connection, one.after, one.case, now)
    return gone


async def _keep_files(connection: AsyncConnection, draft: Draft, case: int, now: datetime) -> set[str]:
    there = set((await connection.execute(select(files.c.sha256).where(files.c.draft_id == draft.id))).scalars())
    now_held = files_of(draft)
    if gone := there - now_held.keys():
        await connection.execute(delete(files).where(files.c.draft_id == draft.id, files.c.sha256.in_(gone)))
    if fresh := [file for sha, file in now_held.items() if sha not in there]:
        rows = [
            {
                "case_id": case,
                "draft_id": draft.id,
                "at": now,
                **{key: file[key] for key in ("sha256", "name", "mime", "size")},
            }
            for file in fresh
        ]
        await connection.execute(files.insert(), rows)
    return await _unheld(connection, gone)


async def file_away(
    connection: AsyncConnection, draft: int, case: int, sent: set[str], shared: set[str], now: datetime
) -> set[str]:
    """When a draft is sent, keep only the files sent with it, and give it its own hold on those shared from another draft of the case.

    Returns the SHA-256 of files that nobody holds any more.
    """
    rows = (await connection.execute(OF_CASE, {"case": case})).all()
    left = {row.sha256 for row in rows if row.draft_id == draft} - sent
    if left:
        await connection.execute(delete(files).where(files.c.draft_id == draft, files.c.sha256.in_(left)))
    for row in {row.sha256: row for row in rows if row.sha256 in shared - sent}.values():
        await connection.execute(
            files.insert().values(
                case_id=case, draft_id=draft, sha256=row.sha256, name=row.name, mime=row.mime, size=row.size, at=now
            )
        )
    return await _unheld(connection, left)


OF_CASE = select(files).where(files.c.case_id == bindparam("case"))


async def _unheld(connection: AsyncConnection, gone: set[str]) -> set[str]:
    if not gone:
        return set()
    held = set((await connection.execute(select(files.c.sha256).where(files.c.sha256.in_(gone)))).scalars())
    return gone - held


async def drop(connection: AsyncConnection, draft: int, now: datetime, before: datetime | None = None) -> set[str]:
    """Delete an unsent draft with its files and everything said about it, and the case too when nothing else is in it.

    With `before`, only when nobody has touched it since then. Returns the SHA-256 of files that nobody holds any more.
    The deletion goes into the register of erasures.
    """
    query = select(drafts.c.case_id).where(drafts.c.id == draft, ~drafts.c.sent)
    query = query.where(drafts.c.touched_at < before) if before else query
    row = (await connection.execute(query.with_for_update())).first()
    if row is None:
        return set()
    await connection.execute(erasures.insert().values(what="draft", key=draft, data={}, at=now))
    gone = set((await connection.execute(select(files.c.sha256).where(files.c.draft_id == draft))).scalars())
    await connection.execute(delete(files).where(files.c.draft_id == draft))
    # What the writers' pages show may also name the draft.
    there = select(participants.c.person_id).where(participants.c.case_id == row.case_id)
    theirs = and_(outbox.c.person_id.in_(there), outbox.c.state.in_(("kept", "read")), ~outbox.c.lasting)
    await unsay(connection, or_(outbox.c.draft_id == draft, theirs))
    await connection.execute(delete(drafts).where(drafts.c.id == draft))
    others = (await connection.execute(select(drafts.c.id).where(drafts.c.case_id == row.case_id).limit(1))).first()
    known = (
        await connection.execute(select(case_events.c.id).where(case_events.c.case_id == row.case_id).limit(1))
    ).first()
    if not others and not known:
        await unsay(connection, outbox.c.case_id == row.case_id)
        await connection.execute(delete(cases).where(cases.c.id == row.case_id))
    elif not others:  # the city started it, and can invite again now that nobody writes in it
        await connection.execute(delete(participants).where(participants.c.case_id == row.case_id))
    return await _unheld(connection, gone)
