"""Where a person stands: one load for a turn."""

from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.phases import DIALOGS
from dialogs.standing import Arrived, House, Open, Sent, Standing
from storage.drafts import read
from storage.json import TEXT
from storage.people import Person
from storage.tables import cases, drafts, participants, submissions


async def load(connection: AsyncConnection, person: Person, house: House) -> Standing:
    """The standing of `person`: open drafts (the latest first), what was sent, and receipts."""
    opened, arrived = [], []
    rows = (
        await connection.execute(
            select(
                drafts.c.id,
                drafts.c.case_id,
                drafts.c.dialog,
                drafts.c.answers,
                drafts.c.changing,
                drafts.c.version,
                drafts.c.started_at,
                submissions.c.sent_at,
                cases.c.reference,
            )
            .join(participants, participants.c.case_id == drafts.c.case_id)
            .join(cases, cases.c.id == drafts.c.case_id)
            .outerjoin(submissions, submissions.c.draft_id == drafts.c.id)
            .where(participants.c.person_id == person.id, drafts.c.dialog.in_(DIALOGS))
            .order_by(drafts.c.touched_at.desc(), drafts.c.id.desc())
        )
    ).all()
    for row in rows:
        if row.sent_at:
            arrived.append(Arrived(row.id, row.dialog, row.reference, row.sent_at))
        else:
            opened.append(Open(read(row), row.dialog, row.case_id, row.started_at))
    return Standing(
        person.id,
        person.locale,
        person.terms,
        person.at_hand,
        tuple(opened),
        await _sent(connection, person.id) if arrived else (),
        tuple(arrived),
        house,
    )


async def _sent(connection: AsyncConnection, person: int) -> tuple[Sent, ...]:
    rows = (
        await connection.execute(
            select(
                cases.c.id, cases.c.reference, cases.c.title, cases.c.state, submissions.c.sent_at, submissions.c.dialog
            )
            .join(participants, participants.c.case_id == cases.c.id)
            .join(submissions, submissions.c.case_id == cases.c.id)
            .where(participants.c.person_id == person)
            .order_by(submissions.c.sent_at)
        )
    ).all()
    found: dict[int, Sent] = {}
    for row in rows:
        first = found.get(row.id)
        applied = row.dialog == "application" or bool(first and first.application)
        at = row.sent_at if not first or row.dialog == "application" else first.at
        found[row.id] = Sent(
            row.id,
            row.reference,
            TEXT.validate_python(row.title or ""),
            at,
            cast("Literal['sent', 'taken', 'withdrawn']", row.state),
            applied,
        )
    return tuple(reversed(found.values()))
