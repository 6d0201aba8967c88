"""Retention: deletes what has been kept long enough, a few rows in each transaction; and keeps the counts that staff read."""

from datetime import datetime

from sqlalchemy import Table, delete, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.kinds.day import STOCKHOLM
from storage.database import desk_tables, door_tables
from storage.database.insert import insert_or
from storage.database.tables import (
    addresses,
    case_invitations,
    deletions,
    desk_drafts,
    drafts,
    invitations,
    outbox,
    seen_updates,
)


async def _delete(connection: AsyncConnection, table: Table, where: object, most: int) -> int:
    keys = tuple(table.primary_key.columns)
    chosen = select(*keys).where(where).limit(most)  # type: ignore[arg-type]
    of_them = keys[0].in_(chosen) if len(keys) == 1 else tuple_(*keys).in_(chosen)
    return len((await connection.execute(delete(table).where(of_them).returning(keys[0]))).all())


async def updates(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget the numbers of updates that we took before then; Telegram keeps its updates for 24 hours (Bot API, getUpdates)."""
    return await _delete(connection, seen_updates, seen_updates.c.at < before, most)


async def held(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete messages that have waited for a file since before then: nobody ever took them up again."""
    return await _delete(connection, door_tables.held_updates, door_tables.held_updates.c.at < before, most)


async def failed(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete undeliverable messages that were put into the outbox before then. The text went when delivery failed; the address goes now."""
    return await _delete(connection, outbox, (outbox.c.state == "failed") & (outbox.c.created_at < before), most)


async def read(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete messages on the web that were written before then and have been read."""
    return await _delete(connection, outbox, (outbox.c.state == "read") & (outbox.c.created_at < before), most)


async def told(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget messages in contact persons' chats that were sent before then: nothing can be done about them any more."""
    return await _delete(connection, desk_tables.told, desk_tables.told.c.at < before, most)


async def links(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete invitations that were used, or expired, before then."""
    count = 0
    for table in (invitations, case_invitations):
        over = or_(table.c.expires_at < before, table.c.used_at < before)
        count += await _delete(connection, table, over, most - count)
    return count


async def confirmations(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget which e-mail addresses have waited since before then to be confirmed."""
    waiting = door_tables.confirmations.c.confirmed_at.is_(None)
    table = door_tables.confirmations
    return await _delete(connection, table, waiting & (table.c.created_at < before), most)


async def usage(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete the counts of usage on days before then."""
    table = door_tables.usage
    return await _delete(connection, table, table.c.day < before.astimezone(STOCKHOLM).date().isoformat(), most)


async def sessions(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete the addresses of sessions that ended before then."""
    return await _delete(connection, addresses, addresses.c.expires_at < before, most)


async def at_the_desk(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete contact persons' drafts that were last touched before then."""
    return await _delete(connection, desk_drafts, desk_drafts.c.touched_at < before, most)


async def counted(connection: AsyncConnection, what: str, count: int, now: datetime) -> None:
    """Note how much was deleted, for staff: a number for each day, and nothing about whose data it was."""
    day = now.astimezone(STOCKHOLM).date().isoformat()
    row = insert_or(connection.dialect.name, deletions).values(day=day, what=what, count=count)
    more = row.on_conflict_do_update(index_elements=["day", "what"], set_={"count": deletions.c.count + count})
    await connection.execute(more)


async def counts(connection: AsyncConnection, most: int = 200) -> list[tuple[str, str, int]]:
    """What was deleted: day (ISO), what, how many; the latest first."""
    query = select(deletions).order_by(deletions.c.day.desc(), deletions.c.what).limit(most)
    return [(day, what, count) for day, what, count in (await connection.execute(query)).all()]


async def forget_counts(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete the counts of what was deleted on days before then."""
    return await _delete(connection, deletions, deletions.c.day < before.astimezone(STOCKHOLM).date().isoformat(), most)


async def untouched(connection: AsyncConnection, before: datetime) -> int:
    """How many open drafts nobody has touched since `before`: a count, and nothing else about them."""
    query = select(func.count()).select_from(drafts).where(~drafts.c.sent, drafts.c.touched_at < before)
    return int((await connection.execute(query)).scalar_one())
