"""Cases as contact persons see them: only what was sent, and the events of each. Law: the events are the truth, the row is a copy for lists."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.case import Case, CaseEvent
from dialogs.case.state import CLOSED, DISPOSED, SENT
from dialogs.phases.always.taken import TAKEN
from dialogs.phases.always.unprotect import UNPROTECT
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import STATES, event_today, replay
from storage.cases import chain
from storage.database.any_of import AnyOf
from storage.database.json import TEXT, as_json
from storage.database.tables import case_events, cases, erasures, named, participants, staff
from storage.people.people import count_up

if TYPE_CHECKING:
    from dialogs.language.words import Text, Words


async def happened(  # noqa: PLR0917 what happened, in the natural order
    connection: AsyncConnection,
    seal: chain.Seal,
    case: int,
    what: str,
    person: int | None,
    data: dict[str, Any],
    now: datetime,
) -> Case:
    """Append a sealed event to the history of a case, and update its row. No event is ever removed. Returns the case, including this event."""
    # Two events at once would each copy a case without the other event, so they go one after the other.
    await lock(connection, case)
    links = await chain.linked(connection, seal, case, person, what, now, data=chain.digest(data))
    values = {"case_id": case, "what": what, "person_id": person, "data": data, "at": now, **links}
    await connection.execute(WRITE, values)
    events = await history(connection, case)
    after = replay(case, events)
    await _copy(connection, after)
    if after.protected and not _protects(replay(case, events[:-1]), after):
        row = {"what": "protected", "key": case, "data": named_in(after), "at": now}
        await connection.execute(erasures.insert(), row)
    if what == UNPROTECT.id:
        await connection.execute(erasures.insert(), {"what": "protected", "key": case, "data": {}, "at": now})
    return after


def _protects(before: Case, after: Case) -> bool:
    """Whether a case was already protected like this; otherwise a restore of an older backup must not take it off (storage/erasure/kept_shut.py)."""
    return before.protected and named_in(before) == named_in(after)


def named_in(case: Case) -> dict[str, list[int]]:
    """Who may see a protected case, for the register of erasures."""
    return {"named": sorted(case.named), "by_role": sorted(case.by_role)}


WRITE = case_events.insert()
LOCK = select(cases.c.id).where(cases.c.id == bindparam("case")).with_for_update()
COPY = update(cases).where(cases.c.id == bindparam("case"))
NOBODY_NAMED = delete(named).where(named.c.case_id == bindparam("case"))
NEW = cases.insert().returning(cases.c.id)
REFERENCE = select(cases.c.reference).where(cases.c.id == bindparam("case")).with_for_update()


async def before(connection: AsyncConnection, case: int) -> Case:
    """A case as it was before the last thing that happened in it."""
    return replay(case, (await history(connection, case))[:-1])


async def lock(connection: AsyncConnection, case: int) -> None:
    """Lock this case: nobody else writes into it until this transaction is over."""
    await connection.execute(LOCK, {"case": case})


async def _copy(connection: AsyncConnection, case: Case) -> None:
    await connection.execute(COPY, {"case": case.id, **row_of(case)})
    await connection.execute(NOBODY_NAMED, {"case": case.id})
    if case.named:
        rows = [{"case_id": case.id, "person_id": one, "by_role": one in case.by_role} for one in sorted(case.named)]
        await connection.execute(named.insert(), rows)


def row_of(case: Case) -> dict[str, Any]:
    """The columns of a case's row, the copy from which lists are made."""
    title, begun = case.title if isinstance(case.title, str) else "", initiation(case)
    return {
        "reference": case.reference or None,
        "state": case.state,
        "title": as_json(TEXT, case.title) if case.title else None,
        "waits_for": case.waits_for,
        "waiting_since": case.waiting_since,
        "taken_by": case.holder or None,
        "taker": case.taken_by,
        "registration": case.registration,
        "locale": case.locale,
        "kinds": list(case.kinds),
        "scope": begun.scope,
        "district": case.district,
        "actors": list(begun.actors),
        "established": begun.established,
        "sent_at": case.sent_at,
        "protected": case.protected,
        "sought": f"{case.reference}\n{title}\n{case.registration}".casefold(),
        "latest": case.latest,
        "counted": _counted(case),
    }


def _counted(case: Case) -> str:
    """The state in which overviews count a case that is closed or disposed of; "" where nothing was sent in it, and for every other case."""
    if case.state == DISPOSED.id:
        return case.was if case.was in STATES else ""
    return CLOSED.id if case.closing and case.kinds else ""


async def new(connection: AsyncConnection, now: datetime) -> int:
    """Create a case, which nobody knows of yet. Returns its id."""
    return int((await connection.execute(NEW, {"created_at": now})).scalar_one())


async def reference(connection: AsyncConnection, case: int, year: int) -> str:
    """The reference of a case, or a new one of this year when it has none. A new one becomes the case's own with the event that names it."""
    given = (await connection.execute(REFERENCE, {"case": case})).scalar_one()
    return str(given) if given else f"SAM-{year}-{await count_up(connection, f'case-{year}'):04}"


async def case(connection: AsyncConnection, reference: str) -> Case | None:
    """One case by its reference, or None."""
    id = (await connection.execute(select(cases.c.id).where(cases.c.reference == reference))).scalar()
    return await _case(connection, id) if id else None


async def written_by(connection: AsyncConnection, person: int, reference: str) -> int | None:
    """The id of a case by its reference, if this person writes it. Asked before anything of the case is read: nobody else's takes longer than none."""
    writes = (participants.c.case_id == cases.c.id) & (participants.c.person_id == person)
    query = select(cases.c.id).join(participants, writes).where(cases.c.reference == reference)
    found: int | None = (await connection.execute(query)).scalar()
    return found


async def case_by_id(connection: AsyncConnection, id: int) -> Case | None:
    """One case by its id, or None when it has no reference."""
    found = await _case(connection, id)
    return found if found.reference else None


async def cases_by_id(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Case]:
    """Several whole cases, by id."""
    found: dict[int, list[CaseEvent]] = {}
    for id, event in await _events(connection, list(ids)):
        found.setdefault(id, []).append(event)
    return {id: replay(id, events) for id, events in found.items()}


async def _case(connection: AsyncConnection, id: int) -> Case:
    return replay(id, await history(connection, id))


async def history(connection: AsyncConnection, case: int) -> list[CaseEvent]:
    """The events of a case, the earliest first."""
    return [event for _id, event in await _events(connection, [case])]


async def _events(connection: AsyncConnection, ids: list[int]) -> list[tuple[int, CaseEvent]]:
    rows = (await connection.execute(EVENTS, {"cases": ids})).all()
    return [
        (
            row.case_id,
            event_today(CaseEvent(row.what, row.name or "", _read(row.data), row.at, row.id, row.person_id or 0)),
        )
        for row in rows
    ]


EVENTS = (
    select(
        case_events.c.case_id,
        case_events.c.id,
        case_events.c.what,
        case_events.c.person_id,
        staff.c.name,
        case_events.c.data,
        case_events.c.at,
    )
    .outerjoin(staff, staff.c.person_id == case_events.c.person_id)
    .where(AnyOf(case_events.c.case_id, "cases"))
    .order_by(case_events.c.id)
)


def _read(data: dict[str, Any]) -> dict[str, Any]:
    """An event's data; its title may be words to translate."""
    title: Text | Words | None = TEXT.validate_python(data["title"]) if data.get("title") else None
    return data | {"title": title} if title else data


async def take(connection: AsyncConnection, seal: chain.Seal, case: int, person: int, now: datetime) -> Case | None:
    """Let the contact person take a case that nobody has; None when somebody was quicker, or it is withdrawn."""
    free = select(cases.c.id).where(cases.c.id == case, cases.c.taken_by.is_(None), cases.c.state == SENT.id)
    if (await connection.execute(free.with_for_update())).first() is None:
        return None
    return await happened(connection, seal, case, TAKEN.id, person, {}, now)


async def writers(connection: AsyncConnection, case: int) -> list[int]:
    """The people who write a case."""
    return list(
        (await connection.execute(select(participants.c.person_id).where(participants.c.case_id == case))).scalars()
    )
