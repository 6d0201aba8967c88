"""The access log: every opening of a case, of one of its files, and of its package."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.tables import openings, staff


@dataclass(frozen=True, slots=True)
class Opening:
    """Who ("" for the command line) opened what ("case", "package", "calendar", or a file by the first digits of its hash), and when."""

    name: str
    what: str
    at: datetime


async def opened(connection: AsyncConnection, case: int, person: int | None, what: str, now: datetime) -> None:
    """Note that somebody opened something."""
    await connection.execute(openings.insert().values(case_id=case, person_id=person, what=what, at=now))


async def of(connection: AsyncConnection, case: int) -> list[Opening]:
    """The openings of a case, the latest first, a thousand at most."""
    rows = await connection.execute(
        select(staff.c.name, openings.c.what, openings.c.at)
        .outerjoin(staff, staff.c.person_id == openings.c.person_id)
        .where(openings.c.case_id == case)
        .order_by(openings.c.id.desc())
        .limit(1000)
    )
    return [Opening(row.name or "", row.what, row.at) for row in rows.all()]
