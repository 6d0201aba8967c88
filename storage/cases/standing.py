"""Where a person stands: one load for a turn."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.co_writer import CoWriter
from dialogs.applicants.where import Arrived, House, Open, SentCase, Standing
from dialogs.case.background import Background
from dialogs.case.case import Case
from dialogs.case.state import CLOSED, STARTED
from dialogs.engine.draft import path
from dialogs.engine.prefilled import Saying
from dialogs.engine.record import Record
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import DIALOGS, SENT, open_to_applicants
from storage.cases import writers
from storage.cases.cases import cases_by_id
from storage.cases.drafts import read
from storage.cases.submissions import nameless, of_case
from storage.database.any_of import AnyOf
from storage.database.door_tables import confirmations
from storage.database.tables import cases, drafts, participants, submissions
from storage.database.trouble import Conflict
from storage.people.people import Person

BESIDE = participants.alias()
MANY = (
    exists()
    .where(BESIDE.c.case_id == participants.c.case_id, BESIDE.c.person_id != participants.c.person_id)
    .correlate(participants)
)
"""Whether others write it, too."""
DRAFTS = (
    select(
        participants.c.person_id,
        drafts.c.id,
        drafts.c.case_id,
        drafts.c.dialog,
        drafts.c.answers,
        drafts.c.changing,
        drafts.c.version,
        drafts.c.started_at,
        submissions.c.sent_at,
        cases.c.reference,
        cases.c.state,
        drafts.c.sent,
        MANY.label("many"),
    )
    .join(participants, participants.c.case_id == drafts.c.case_id)
    .join(cases, cases.c.id == drafts.c.case_id)
    .outerjoin(submissions, submissions.c.draft_id == drafts.c.id)
    .where(AnyOf(participants.c.person_id, "there"), drafts.c.dialog.in_(DIALOGS))
    .order_by(drafts.c.touched_at.desc(), drafts.c.id.desc())
)
DRAFTS_LOCKED = DRAFTS.with_for_update(of=drafts)


async def load(connection: AsyncConnection, person: Person, house: House) -> Standing:
    """The standing of `person`: open drafts (the latest first), what was sent, and receipts."""
    return (await load_all(connection, [person], house))[person.id]


def nothing_yet(person: Person, house: House) -> Standing:
    """The standing of somebody who has just arrived."""
    return Standing(person.id, person.locale, person.terms, person.at_hand, (), (), (), house)


async def load_all(
    connection: AsyncConnection, there: Collection[Person], house: House, lock: bool = False
) -> dict[int, Standing]:
    """The standing of each of these people, by id. `lock` keeps their drafts as they are until the transaction ends (PostgreSQL)."""
    by_person: dict[int, list[Any]] = {person.id: [] for person in there}
    for row in await connection.execute(DRAFTS_LOCKED if lock else DRAFTS, {"there": list(by_person)}):
        by_person[row.person_id].append(row)
    return {person.id: await _standing(connection, person, by_person[person.id], house) for person in there}


async def _standing(connection: AsyncConnection, person: Person, rows: list[Any], house: House) -> Standing:
    opened, arrived = [], []
    started: dict[int, datetime] = {}
    for row in rows:
        if row.sent_at:
            arrived.append(Arrived(row.id, row.dialog, row.reference, row.sent_at, row.case_id))
        elif row.sent:
            raise Conflict  # while this turn waited for the draft, somebody who writes it, too, has sent it
        else:
            opened.append(Open(read(row), row.dialog, row.case_id, row.started_at))
        if row.state in (STARTED.id, CLOSED.id):
            started[row.case_id] = row.started_at
    together = {row.case_id for row in rows if row.many and not row.sent_at}
    beside = await writers.of_cases(connection, together) if together else {}
    opened = [
        _with_others(one, beside.get(one.case, ()))
        for one in opened
        if one.case not in together or _still(person, one, beside)
    ]
    whole, sent = await _sent(connection, person.id, started) if arrived or started else ({}, ())
    records = await _records(connection, {one.case for one in sent if one.request} | _wanted(opened, whole))
    return Standing(
        person.id,
        person.locale,
        person.terms,
        person.at_hand,
        tuple(_informed(one, opened, whole, records, lambda words: house.say(words, person.locale)) for one in opened),
        tuple([await _as_sent(connection, one, whole[one.case], records.get(one.case)) for one in sent]),
        tuple(arrived),
        house,
    )


async def _as_sent(connection: AsyncConnection, one: SentCase, case: Case, record: Record | None) -> SentCase:
    return replace(one, record=record, nameless=await nameless(connection, case))


def _still(person: Person, one: Open, beside: Mapping[int, tuple[CoWriter, ...]]) -> bool:
    """Whether they write it still: while this turn waited for the draft, somebody may have taken them out."""
    return person.id in {writer.person for writer in beside.get(one.case, ())}


def _with_others(one: Open, there: tuple[CoWriter, ...]) -> Open:
    return replace(one, writers=there) if len(there) > 1 else one


async def _records(connection: AsyncConnection, wanted: set[int]) -> dict[int, Record | None]:
    """The application as it stands, in each of these cases."""
    return {case: as_it_stands(await of_case(connection, case)) for case in wanted}


def _wanted(opened: list[Open], whole: Mapping[int, Case]) -> set[int]:
    """The cases whose application is looked at to prefill what is being written in them."""
    return {
        one.case for one in opened if one.case in whole and one.dialog != APPLICATION.key and SENT[one.dialog].prefilled
    }


def _informed(
    one: Open, opened: list[Open], whole: Mapping[int, Case], records: Mapping[int, Record | None], say: Saying
) -> Open:
    """The draft with what its case knows, and what the same people are writing beside it."""
    step = SENT[one.dialog]
    beside = next((other for other in opened if other.case == one.case and other.dialog == APPLICATION.key), one)
    if not step.prefilled or (one.case not in whole and beside is one):
        return one
    writing = path(APPLICATION, beside.draft).known if beside is not one else {}
    background = Background(whole.get(one.case, Case(one.case)), records.get(one.case), writing=writing)
    return replace(one, draft=step.informed(one.draft, background, say))


async def _sent(
    connection: AsyncConnection, person: int, started: dict[int, datetime]
) -> tuple[dict[int, Case], tuple[SentCase, ...]]:
    """The cases that are loaded for it, by id; and as applicants know them: those that the city `started` with this person, also if it closed
    them since, where times are offered and messages written too; then what was sent, the latest first.
    """
    rows = (await connection.execute(SENT_BY, {"person": person})).all()
    whole = await cases_by_id(connection, {row.case_id for row in rows} | started.keys())
    found: dict[int, SentCase] = {}
    for row in rows:
        first = found.get(row.case_id)
        applied = row.dialog == APPLICATION.key or bool(first and first.application)
        at = row.sent_at if not first or row.dialog == APPLICATION.key else first.at
        found[row.case_id] = replace(_of_case(whole[row.case_id], at, applied), unconfirmed=bool(row.unconfirmed))
    for case, at in started.items():
        found.setdefault(case, _of_case(whole[case], at, False))
    return whole, tuple(reversed(found.values()))


UNCONFIRMED = (
    exists()
    .where(confirmations.c.case_id == submissions.c.case_id, confirmations.c.confirmed_at.is_(None))
    .correlate(submissions)
)
"""Whether an e-mail address waits to be confirmed."""
SENT_BY = (
    select(submissions.c.case_id, submissions.c.sent_at, submissions.c.dialog, UNCONFIRMED.label("unconfirmed"))
    .join(participants, participants.c.case_id == submissions.c.case_id)
    .where(participants.c.person_id == bindparam("person"))
    .order_by(submissions.c.sent_at)
)


def _of_case(case: Case, at: datetime, applied: bool) -> SentCase:
    return SentCase(
        case.id,
        case.reference,
        case.title,
        at,
        case.state,
        applied,
        case.taken_by,
        initiation(case).request,
        case.offer,
        case.meeting,
        tuple(part for part in case.away if part.kind != "view"),
        initiation(case).ready,
        initiation(case).decision,
        ways=open_to_applicants(case),
        closing=case.closing,
    )
