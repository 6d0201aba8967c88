"""The rows of those who write a case. Law: each is sealed, so that `verify` finds whom the program did not let in."""

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases.chain import Seal
from storage.database.insert import insert_or
from storage.database.tables import participants


async def come_in(
    connection: AsyncConnection, seal: Seal, case: int, person: int, now: datetime, link_for: str = ""
) -> None:
    """From now on this person writes the case; whoever does so already goes on."""
    made = seal.writer(case, person, now)
    row = {"case_id": case, "person_id": person, "since": now, "seal": made, "link_for": link_for}
    await connection.execute(_unless_there(connection.dialect.name), row)


@cache
def _unless_there(dialect: str) -> Executable:
    return insert_or(dialect, participants).on_conflict_do_nothing()


async def seal_anew(connection: AsyncConnection, seal: Seal, *, unsealed: bool = False) -> None:
    """Seal who writes which case as it stands now, and so vouch for it; only the rows that have no seal if `unsealed`."""
    query = select(participants.c.case_id, participants.c.person_id, participants.c.since)
    found = await connection.execute(query.where(participants.c.seal.is_(None)) if unsealed else query)
    rows = [{"case": one.case_id, "person": one.person_id, "made": seal.writer(*one)} for one in found]
    if rows:
        await connection.execute(SEALED, rows)


SEALED = (
    update(participants)
    .where(participants.c.case_id == bindparam("case"), participants.c.person_id == bindparam("person"))
    .values(seal=bindparam("made"))
)
