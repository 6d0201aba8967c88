"""Private links: the way back to a chat from another browser. Law: only hashes are kept; a link makes a session of its own each time, and can be ended."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.any_of import AnyOf
from storage.database.door_tables import links
from storage.people.sessions import ended, old_token_too

MOST = 10
"""Links of one person."""


async def make(connection: AsyncConnection, person: int, token_hash: str, now: datetime) -> bool:
    """Store a link back to a person's chat. False when there are MOST already."""
    there = select(func.count()).where(links.c.person_id == person)
    if (await connection.execute(there)).scalar_one() >= MOST:
        return False
    await connection.execute(links.insert().values(person_id=person, token_hash=token_hash, since=now))
    return True


async def leads(connection: AsyncConnection, hashes: list[str]) -> int | None:
    """The person to whose chat the link whose token has one of these hashes leads; None when it leads nowhere. Nothing is noted."""
    found: int | None = (await connection.execute(LEADS, {"hashes": hashes})).scalar()
    return found


_MEANT = AnyOf(links.c.token_hash, "hashes")
LEADS = select(links.c.person_id).where(_MEANT)


async def used(connection: AsyncConnection, hashes: list[str], token_hash: str, now: datetime) -> int | None:
    """Use a link: whose chat it opens, or None. Its token is known by `token_hash` from now on."""
    given = {"hashes": hashes, "anew": token_hash, "now": now}
    found: int | None = (await connection.execute(USED, given)).scalar()
    return found


USED = (
    update(links)
    .where(_MEANT)
    .values(token_hash=bindparam("anew"), used_at=bindparam("now"))
    .returning(links.c.person_id)
)


async def of_person(connection: AsyncConnection, person: int) -> list[datetime]:
    """When the links of a person were made, the latest first."""
    query = select(links.c.since).where(links.c.person_id == person).order_by(links.c.since.desc())
    return list((await connection.execute(query)).scalars())


async def end(connection: AsyncConnection, person: int, now: datetime) -> None:
    """End every link of a person, also one from before there were sessions. No backup brings them back."""
    gone = delete(links).where(links.c.person_id == person).returning(links.c.id)
    if ids := list((await connection.execute(gone)).scalars()):
        await ended(connection, "link", ids, now)
    await old_token_too(connection, person, now)
