"""Who writes a case together. Each of them reads and changes everything in its drafts, and may send them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants.co_writer import CoWriter
from storage.cases import case_invitations
from storage.cases import drafts as drafts_rows
from storage.database.tables import drafts, erasures, outbox, participants


async def of_cases(connection: AsyncConnection, cases: Collection[int]) -> dict[int, tuple[CoWriter, ...]]:
    """The writers of each of these cases, in the order in which they came."""
    query = select(participants).where(participants.c.case_id.in_(cases))
    found: dict[int, list[CoWriter]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.case_id, []).append(CoWriter(row.person_id, row.since, row.link_for))
    return {case: tuple(sorted(there, key=CoWriter.place)) for case, there in found.items()}


async def leave(connection: AsyncConnection, case: int, person: int, now: datetime) -> set[str]:
    """From now on this person no longer writes the case, and nothing about it waits for them. Their invitations into it end. No restore brings them back.

    Returns the SHA-256 of files that nobody holds any more.
    """
    row = {"what": "writer", "key": case, "data": {"person": person}, "at": now}
    await connection.execute(erasures.insert(), row)
    return await out(connection, case, person, now)


async def out(connection: AsyncConnection, case: int, person: int, now: datetime) -> set[str]:
    """The same, of somebody who stands in the register already.

    Law: what is not sent goes with the last who writes it. Whoever came in afterwards would read it, and nobody has invited them.
    """
    theirs = (participants.c.case_id == case) & (participants.c.person_id == person)
    await connection.execute(delete(participants).where(theirs))
    await case_invitations.end(connection, case, person)
    of_it = or_(outbox.c.case_id == case, outbox.c.draft_id.in_(select(drafts.c.id).where(drafts.c.case_id == case)))
    shown = outbox.c.state.in_(("kept", "read")) & ~outbox.c.lasting  # what their page shows may name the draft
    await connection.execute(delete(outbox).where(outbox.c.person_id == person, or_(of_it, shown)))
    there = select(participants.c.person_id).where(participants.c.case_id == case).limit(1)
    if (await connection.execute(there)).first():
        return set()
    unsent = select(drafts.c.id).where(drafts.c.case_id == case, ~drafts.c.sent).order_by(drafts.c.id)
    gone: set[str] = set()
    for draft in (await connection.execute(unsent)).scalars().all():
        gone |= await drafts_rows.drop(connection, draft, now)
    return gone
