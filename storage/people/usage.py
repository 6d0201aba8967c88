"""Usage: how often something was done on a day, by a keyed hash of who did it, and nothing else about them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.kinds.day import STOCKHOLM
from storage.database.any_of import AnyOf
from storage.database.door_tables import usage
from storage.database.insert import insert_or


def day_key(at: datetime) -> str:
    """The day in Stockholm to which `at` counts (ISO)."""
    return at.astimezone(STOCKHOLM).date().isoformat()


async def most(connection: AsyncConnection, what: str, keys: Collection[str], at: datetime) -> int:
    """The highest count of `what` on the day of `at` among these keys; 0 when there is none."""
    query = select(func.coalesce(func.max(usage.c.count), 0)).where(
        usage.c.what == what, AnyOf(usage.c.key, "keys"), usage.c.day == day_key(at)
    )
    return int((await connection.execute(query, {"keys": list(keys)})).scalar_one())


async def count(connection: AsyncConnection, what: str, key: str, at: datetime, times: int = 1) -> int:
    """Add `times` to the count of `what` by `key` on the day of `at`. Returns the new count."""
    given = {"what": what, "key": key, "day": day_key(at), "count": times}
    return int((await connection.execute(_count(connection.dialect.name), given)).scalar_one())


@cache
def _count(dialect: str) -> Executable:
    row = insert_or(dialect, usage)
    more = row.on_conflict_do_update(
        index_elements=["what", "key", "day"], set_={"count": usage.c.count + row.excluded.count}
    )
    return more.returning(usage.c.count)
