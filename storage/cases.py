"""Cases as the contact persons see them: only what was sent, and the events of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case import Case, CaseEvent
from storage.json import TEXT
from storage.tables import case_events, cases, participants, staff, submissions


async def happened(
    connection: AsyncConnection, case: int, what: str, person: int | None, data: dict[str, Any], now: datetime
) -> None:
    """Write an event into the history of a case. Nothing is ever taken out of it."""
    await connection.execute(case_events.insert().values(case_id=case, what=what, person_id=person, data=data, at=now))


async def queue(connection: AsyncConnection) -> list[Case]:
    """Every case of which something was sent: untaken first, what has waited longest at the top, withdrawn ones at the end."""
    return await _cases(connection, select(cases.c.id).where(cases.c.reference.is_not(None)))


async def case(connection: AsyncConnection, reference: str) -> Case | None:
    """One case by its reference, or None."""
    found = await _cases(connection, select(cases.c.id).where(cases.c.reference == reference))
    return found[0] if found else None


async def case_by_id(connection: AsyncConnection, id: int) -> Case | None:
    """One case of which something was sent, or None."""
    found = await _cases(connection, select(cases.c.id).where(cases.c.id == id, cases.c.reference.is_not(None)))
    return found[0] if found else None


async def _cases(connection: AsyncConnection, wanted: Any) -> list[Case]:
    rows = (
        await connection.execute(
            select(cases.c.id, cases.c.reference, cases.c.title, cases.c.state, cases.c.waiting_since, staff.c.name)
            .outerjoin(staff, staff.c.person_id == cases.c.taken_by)
            .where(cases.c.id.in_(wanted))
        )
    ).all()
    sent = (
        await connection.execute(
            select(
                submissions.c.case_id,
                submissions.c.dialog,
                submissions.c.locale,
                submissions.c.record["facts"]["scope"].as_string().label("scope"),
            )
            .where(submissions.c.case_id.in_(wanted))
            .order_by(submissions.c.id)
        )
    ).all()
    found = [_case(row, [one for one in sent if one.case_id == row.id]) for row in rows]
    return sorted(found, key=lambda case: (ORDER.get(case.state, 1), case.waiting_since, case.id))


ORDER = {"sent": 0, "taken": 1, "withdrawn": 2}


def _case(row: Any, sent: list[Any]) -> Case:
    scope = next((one.scope for one in sent if one.dialog == "application"), None) or ""
    return Case(
        row.id,
        row.reference,
        TEXT.validate_python(row.title or ""),
        row.state,
        row.waiting_since,
        row.name or "",
        sent[-1].locale if sent else "",
        tuple(dict.fromkeys(one.dialog for one in sent)),
        scope,
    )


async def history(connection: AsyncConnection, case: int) -> list[CaseEvent]:
    """The events of a case, the earliest first."""
    rows = (
        await connection.execute(
            select(case_events.c.what, staff.c.name, case_events.c.data, case_events.c.at)
            .outerjoin(staff, staff.c.person_id == case_events.c.person_id)
            .where(case_events.c.case_id == case)
            .order_by(case_events.c.id)
        )
    ).all()
    return [CaseEvent(row.what, row.name or "", row.data, row.at) for row in rows]


async def take(connection: AsyncConnection, case: int, person: int, now: datetime) -> bool:
    """The contact person takes a case that nobody has; False when somebody was quicker, or it is withdrawn."""
    taken = await connection.execute(
        update(cases)
        .where(cases.c.id == case, cases.c.taken_by.is_(None), cases.c.state == "sent")
        .values(taken_by=person, state="taken")
        .returning(cases.c.id)
    )
    if taken.first() is None:
        return False
    await happened(connection, case, "taken", person, {}, now)
    return True


async def writers(connection: AsyncConnection, case: int) -> list[int]:
    """The people who write a case."""
    return list(
        (await connection.execute(select(participants.c.person_id).where(participants.c.case_id == case))).scalars()
    )


async def waiting(connection: AsyncConnection) -> int:
    """How many cases nobody has taken."""
    return int(
        (await connection.execute(select(func.count()).select_from(cases).where(cases.c.state == "sent"))).scalar_one()
    )
