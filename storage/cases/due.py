"""Deadlines: the cases in which a day has come, as their events name it. Whether it still counts, the whole case says."""

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.case import OVER
from storage.database.tables import case_events, cases, following


async def meetings(connection: AsyncConnection, since: str, until: str) -> list[int]:
    """Cases with a meeting that was agreed for a time between these (local to Stockholm, "2026-12-03T14:00") and not reminded of."""
    return await _open(connection, "time_chosen", ("meeting_reminded", "times"), "time", (since, until), ("withdrawn",))


async def requests(connection: AsyncConnection, before: str) -> list[int]:
    """Cases with a request for completion by a day before this one (ISO) that nobody answered, and of which nobody was told yet."""
    return await _open(connection, "ask", ("overdue", "ask", "completion_sent"), "due", ("1", before), OVER)


async def _open(
    connection: AsyncConnection,
    what: str,
    ending: tuple[str, ...],
    key: str,
    span: tuple[str, str],
    over: tuple[str, ...],
) -> list[int]:
    """Cases with such an event, whose data says a time in this `span` (from the first until before the second) under `key`, and none of the events
    that end it after it.
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
    """An event that is news to nobody: who had read the case up to `latest` has read this one, too."""
    up_to_date = (following.c.case_id == case) & (following.c.read_to == latest)
    await connection.execute(update(following).where(up_to_date).values(read_to=event))
