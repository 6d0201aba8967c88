"""Deadlines: the cases with a due date that has come, according to their events. Only the whole case tells whether it still counts."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.state import CLOSED, WITHDRAWN
from dialogs.phases.always.kept import KEPT
from dialogs.phases.always.meeting_reminded import MEETING_REMINDED
from dialogs.phases.always.time_chosen import TIME_CHOSEN
from dialogs.phases.always.times import TIMES
from dialogs.phases.initiation.ask import ASK
from dialogs.phases.initiation.completed import COMPLETED
from dialogs.phases.initiation.overdue import OVERDUE
from dialogs.phases.steps import OVER
from storage.database.tables import case_events, cases, following


async def meetings(connection: AsyncConnection, since: str, until: str) -> list[int]:
    """Cases with a meeting agreed for a time between these (local to Stockholm, "2026-12-03T14:00") of which nobody was reminded yet."""
    return await _open(
        connection, TIME_CHOSEN.id, (MEETING_REMINDED.id, TIMES.id), "time", (since, until), (WITHDRAWN.id, CLOSED.id)
    )


async def requests(connection: AsyncConnection, before: str) -> list[int]:
    """Cases with an unanswered request for completion that was due before this day (ISO), and about which nobody was told yet."""
    return await _open(connection, ASK.id, (OVERDUE.id, ASK.id, COMPLETED.id), "due", ("1", before), OVER)


async def kept(connection: AsyncConnection, before: datetime) -> list[int]:
    """Cases that contact persons closed before then and that are still closed, of which it was not said yet that they were kept long enough."""
    said = exists().where(
        case_events.c.case_id == cases.c.id, case_events.c.what == KEPT.id, case_events.c.at >= cases.c.waiting_since
    )
    query = select(cases.c.id).where(cases.c.state == CLOSED.id, cases.c.waiting_since < before, ~said)
    return list((await connection.execute(query.order_by(cases.c.id))).scalars())


async def _open(
    connection: AsyncConnection,
    what: str,
    ending: tuple[str, ...],
    key: str,
    span: tuple[str, str],
    over: tuple[str, ...],
) -> list[int]:
    """Cases with an event of the kind `what` whose data has a time in this `span` (the second excluded) under `key`, with no `ending` event after it.
    Cases in the states `over` are left out.
    """
    later = case_events.alias()
    ended = exists().where(
        later.c.case_id == case_events.c.case_id, later.c.id > case_events.c.id, later.c.what.in_(ending)
    )
    time = case_events.c.data[key].as_string()
    query = (
        select(case_events.c.case_id)
        .join(cases, cases.c.id == case_events.c.case_id)
        .where(case_events.c.what == what, time >= span[0], time < span[1], ~ended, cases.c.state.not_in(over))
        .order_by(case_events.c.id)
    )
    return list(dict.fromkeys((await connection.execute(query)).scalars()))


async def keep_up(connection: AsyncConnection, case: int, latest: int, event: int) -> None:
    """Note an event that is news to nobody: people who had read the case up to `latest` count as having read this one, too."""
    up_to_date = (following.c.case_id == case) & (following.c.read_to == latest)
    await connection.execute(update(following).where(up_to_date).values(read_to=event))
