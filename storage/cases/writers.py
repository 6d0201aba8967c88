"""Who writes a case together. Each of them reads and changes everything in its drafts, and may send them.

Law: each row is sealed, so that one put in past the program is found by `verify`.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.co_writer import CoWriter
from storage.cases import case_invitations
from storage.cases.chain import Seal
from storage.database.insert import insert_or
from storage.database.tables import drafts, erasures, outbox, participants


async def of_cases(connection: AsyncConnection, cases: Collection[int]) -> dict[int, tuple[CoWriter, ...]]:
    """The writers of each of these cases, in the order in which they came."""
    query = select(participants).where(participants.c.case_id.in_(cases))
    found: dict[int, list[CoWriter]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.case_id, []).append(CoWriter(row.person_id, row.since, row.link_for))
    return {case: tuple(sorted(there, key=CoWriter.place)) for case, there in found.items()}


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


async def leave(connection: AsyncConnection, case: int, person: int, now: datetime) -> None:
    """From now on this person no longer writes the case, and nothing about it waits for them. Their invitations into it end. No restore brings them back."""
    await out(connection, case, person)
    row = {"what": "writer", "key": case, "data": {"person": person}, "at": now}
    await connection.execute(erasures.insert(), row)


async def out(connection: AsyncConnection, case: int, person: int) -> None:
    """The same, of somebody who stands in the register already."""
    theirs = (participants.c.case_id == case) & (participants.c.person_id == person)
    await connection.execute(delete(participants).where(theirs))
    await case_invitations.end(connection, case, person)
    of_it = or_(outbox.c.case_id == case, outbox.c.draft_id.in_(select(drafts.c.id).where(drafts.c.case_id == case)))
    shown = outbox.c.state.in_(("kept", "read")) & ~outbox.c.lasting  # what their page shows may name the draft
    await connection.execute(delete(outbox).where(outbox.c.person_id == person, or_(of_it, shown)))
