"""Sessions: the browsers in which applicants have their chat open. Law: only hashes of tokens are kept, and no token of a session is one of a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS, WEB, applicant_channels
from storage.database.any_of import AnyOf
from storage.database.door_tables import links, sessions
from storage.database.tables import addresses, erasures, people
from storage.database.trouble import Conflict
from storage.people.people import Address, Person, new_person

MOST = 20
"""Sessions of one person: every browser that they ever use, and no endless list."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """A browser's session: its number, whose it is, where that person is reached on the web, and when it was last used, as far as that was noted."""

    id: int
    token_hash: str
    person: int
    at: Address
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser in which a chat is open: the number of its session, when it came, and when it was last used."""

    id: int
    since: datetime
    used_at: datetime


async def found(connection: AsyncConnection, hashes: list[str], after: datetime) -> WebSession | None:
    """The session whose token has one of these hashes, if it was used after then."""
    row = (await connection.execute(FOUND, {"hashes": hashes, "after": after})).first()
    return (
        WebSession(row.id, row.token_hash, row.person_id, Address(WEB.name, row.address), row.used_at) if row else None
    )


FOUND = (
    select(sessions.c.id, sessions.c.token_hash, sessions.c.person_id, sessions.c.used_at, addresses.c.address)
    .join(addresses, addresses.c.person_id == sessions.c.person_id)
    .where(AnyOf(sessions.c.token_hash, "hashes"), sessions.c.used_at > bindparam("after"))
    .where(addresses.c.channel == WEB.name)
)


async def begin(connection: AsyncConnection, person: int, token_hash: str, now: datetime) -> None:
    """From now on the browser that has this token has the person's chat open."""
    await connection.execute(BEGIN, {"person_id": person, "token_hash": token_hash, "since": now, "used_at": now})


BEGIN = sessions.insert()


async def newcomer(
    connection: AsyncConnection, address: Address, locale: str, now: datetime, token_hash: str
) -> Person:
    """Create a person at a new address, with the session of their browser; "" where they have none. Conflict when somebody was there first."""
    person = await new_person(connection, address, locale, now)
    if person is None:
        raise Conflict
    if token_hash:
        await begin(connection, person.id, token_hash, now)
    return person


async def going_on(connection: AsyncConnection, persons: Collection[int]) -> set[int]:
    """The sessions of these persons. Nobody else ends one of them until this transaction is over."""
    return set((await connection.execute(GOING_ON, {"persons": sorted(persons)})).scalars()) if persons else set()


# All of them, in one order: two browsers that end each other do not wait for each other.
GOING_ON = (
    select(sessions.c.id)
    .where(AnyOf(sessions.c.person_id, "persons"))
    .order_by(sessions.c.id)
    .with_for_update(key_share=True)
)


async def renew(connection: AsyncConnection, session: int, token_hash: str, now: datetime) -> None:
    """Note that a session is used; its token is known by this hash from now on."""
    await connection.execute(RENEW, {"session": session, "anew": token_hash, "now": now})


RENEW = (
    update(sessions)
    .where(sessions.c.id == bindparam("session"))
    .values(token_hash=bindparam("anew"), used_at=bindparam("now"))
)


async def unadopted(connection: AsyncConnection, hashes: list[str]) -> bool:
    """Whether one of these is the hash of a token from before there were sessions, which has not become one yet."""
    return (await connection.execute(UNADOPTED, {"hashes": hashes})).first() is not None


_OLD = (addresses.c.channel == WEB.name) & AnyOf(addresses.c.address, "hashes") & addresses.c.since.is_(None)
UNADOPTED = select(addresses.c.id).where(_OLD)


async def adopt(connection: AsyncConnection, hashes: list[str], token_hash: str, now: datetime) -> None:
    """Make a session and a link of a token from before there were any, which was both at once. Of two requests at a time one does it."""
    came = select(people.c.created_at).where(people.c.id == addresses.c.person_id).scalar_subquery()
    adopted = update(addresses).where(_OLD).values(since=came).returning(addresses.c.person_id, addresses.c.since)
    row = (await connection.execute(adopted, {"hashes": hashes})).first()
    if row:
        both = {"person_id": row.person_id, "token_hash": token_hash, "since": row.since, "used_at": now}
        await connection.execute(sessions.insert(), both)
        await connection.execute(links.insert(), both)


async def of_person(connection: AsyncConnection, person: int, after: datetime) -> list[Browser]:
    """The browsers in which a person's chat is open, by their sessions used after then; the one used last first."""
    query = select(sessions.c.id, sessions.c.since, sessions.c.used_at)
    query = query.where(sessions.c.person_id == person, sessions.c.used_at > after)
    rows = await connection.execute(query.order_by(sessions.c.used_at.desc(), sessions.c.id.desc()))
    return [Browser(*row) for row in rows]


async def end(
    connection: AsyncConnection, person: int, now: datetime, *, session: int | None = None, but: int = 0
) -> None:
    """End one session of a person, or all of them `but` one. What has ended is in the register: no backup brings it back."""
    which = sessions.c.id == session if session is not None else sessions.c.id != but
    gone = delete(sessions).where(sessions.c.person_id == person, which).returning(sessions.c.id)
    ids = list((await connection.execute(gone)).scalars())
    if ids:
        await ended(connection, "session", ids, now)
        await elsewhere(connection, [person])
    if ids or session is None:
        await old_token_too(connection, person, now, opens=session is not None)


async def end_beyond(connection: AsyncConnection, person: int, now: datetime) -> None:
    """End those of a person's sessions that are more than MOST, unused longest first."""
    query = select(sessions.c.id).where(sessions.c.person_id == person)
    ids = (await connection.execute(query.order_by(sessions.c.used_at.desc(), sessions.c.id.desc()))).scalars()
    for one in list(ids)[MOST:]:
        await end(connection, person, now, session=one)


async def ended(connection: AsyncConnection, what: str, ids: Collection[int], now: datetime) -> None:
    """Put into the register of erasures what opens no chat any more."""
    await connection.execute(erasures.insert(), [{"what": what, "key": id, "data": {}, "at": now} for id in ids])


async def old_token_too(connection: AsyncConnection, person: int, now: datetime, *, opens: bool = False) -> None:
    """A token from before there were sessions would be one again in an older backup, and a link: the register has its address.

    One that has not become a session yet ends as well, or still `opens` their chat.
    """
    theirs = (addresses.c.person_id == person) & (addresses.c.channel == WEB.name)
    if not opens:
        await connection.execute(update(addresses).where(theirs, addresses.c.since.is_(None)).values(since=now))
    query = select(addresses.c.id).where(theirs)
    if ids := list((await connection.execute(query)).scalars()):
        await ended(connection, "address", ids, now)


async def elsewhere(connection: AsyncConnection, persons: Collection[int]) -> None:
    """Whoever has no browser left hears of news where they are reached besides, if they are; otherwise news wait for them on the web."""
    beside = addresses.alias()
    pushed = [name for name in applicant_channels() if CHANNELS[name].way == "pushed"]
    here = (addresses.c.channel == WEB.name) & addresses.c.person_id.in_(persons)
    left = exists().where(sessions.c.person_id == addresses.c.person_id)
    reached = exists().where(
        beside.c.person_id == addresses.c.person_id, beside.c.channel.in_(pushed), beside.c.reachable
    )
    await connection.execute(update(addresses).where(here, ~left, reached).values(reachable=False))


async def unused(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete up to `most` sessions that nobody has used since before then: they had ended. Returns how many."""
    old = select(sessions.c.id).where(sessions.c.used_at < before).limit(most)
    gone = delete(sessions).where(sessions.c.id.in_(old)).returning(sessions.c.person_id)
    whose = list((await connection.execute(gone)).scalars())
    if whose:
        await elsewhere(connection, whose)
    return len(whose)
