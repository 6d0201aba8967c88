"""The outbox: everything that leaves the process. Rows are written in the transaction that causes them, and sent after it is committed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import bindparam, case, delete, exists, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.language.channels import CHANNELS, NOWHERE, chats_of_staff
from dialogs.language.replies import Appointment, Ask, Reply, Tell
from storage.cases.queue import visible
from storage.database.any_of import AnyOf
from storage.database.json import REPLY, as_json
from storage.database.tables import cases, outbox
from storage.people.people import Address, by_channel

LEASE = timedelta(seconds=15)
"""How long a row stays with a silent sender; one that is still sending renews its lease. After a crash, people wait no longer than this."""


@dataclass(frozen=True, slots=True)
class Post:
    """A reply on its way to an address. `replaces` is the channel's name for the message that it replaces. An `id` below zero belongs to no row:
    that reply bypasses the outbox.
    """

    id: int
    to: Address
    person: int | None
    reply: Reply
    locale: str
    replaces: str
    attempts: int
    created_at: datetime
    case: int | None = None
    """The case that this is a notice about, or None."""
    lost: int = 0
    """How many attempts to send it were lost."""


@dataclass(frozen=True, slots=True)
class About:
    """The case or draft that a reply is about: the reply is deleted with it."""

    case: int | None = None
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply that is to go to an address, at once or at `due_at`; on the web it is kept to be shown there."""

    to: Address
    person: int | None
    about: About
    reply: Reply
    locale: str
    replaces: str = ""
    due_at: datetime | None = None


async def put(  # noqa: PLR0913, PLR0917 the columns of a row, and the time
    connection: AsyncConnection,
    to: Address,
    person: int | None,
    about: About,
    reply: Reply,
    locale: str,
    now: datetime,
    *,
    replaces: str = "",
    due_at: datetime | None = None,
) -> None:
    """Put one reply into the outbox."""
    await put_all(connection, [Outgoing(to, person, about, reply, locale, replaces, due_at)], now)


PUT = outbox.insert()
PUT_NUMBERED = PUT.returning(outbox.c.id, sort_by_parameter_order=True)


async def put_all(
    connection: AsyncConnection, letters: list[Outgoing], now: datetime, ours: Collection[Address] = ()
) -> list[Post]:
    """Put replies into the outbox, in order. Those to an address among `ours` are leased to the caller, and returned as posts."""
    rows = [
        {
            "channel": one.to.channel,
            "address": one.to.address,
            "person_id": one.person,
            "case_id": one.about.case,
            "draft_id": one.about.draft,
            "reply": as_json(REPLY, one.reply),
            "lasting": isinstance(one.reply, Tell | Appointment) and one.reply.lasting,
            "locale": one.locale,
            "replaces": one.replaces if isinstance(one.reply, Ask) and CHANNELS[one.to.channel].edits else "",
            "state": _state(one.to),
            "due_at": one.due_at or now,
            "created_at": now,
            "leased_until": now + LEASE if one.to in ours else None,
            "attempts": 1 if one.to in ours else 0,
        }
        for one in letters
    ]
    if not ours:
        await connection.execute(PUT, rows)
        return []
    ids = (await connection.execute(PUT_NUMBERED, rows)).scalars()
    return [
        Post(id, one.to, one.person, one.reply, one.locale, row["replaces"], 1, now, one.about.case)
        for id, one, row in zip(ids, letters, rows, strict=True)
        if one.to in ours
    ]


def _state(to: Address) -> str:
    return "kept" if CHANNELS[to.channel].way == "kept" else "due"


async def waiting(
    connection: AsyncConnection, addresses: Collection[Address], now: datetime
) -> dict[Address, set[int]]:
    """The ids of what still has to go to each of these addresses and is not put off: nothing new may overtake it."""
    found: dict[Address, set[int]] = {}
    for channel, names in by_channel(addresses).items():
        for address, id in await connection.execute(WAITING, {"among": channel, "names": names, "now": now}):
            found.setdefault(Address(channel, address), set()).add(id)
    return found


BEGUN = (outbox.c.due_at <= bindparam("now")) | (outbox.c.trouble != "")
"""A row that we retry holds up what comes after it; a row put off until the morning does not."""
WAITING = select(outbox.c.address, outbox.c.id).where(
    outbox.c.channel == bindparam("among"),
    AnyOf(outbox.c.address, "names"),
    # Keeps the index on states out of it: when Telegram is down, everything is due.
    outbox.c.state.concat("") == "due",
    BEGUN,
)


def readable(stored: Any) -> Reply | None:
    """A stored reply, or None if another version stored it in a different form: it must not hold up the others."""
    try:
        return REPLY.validate_python(stored)
    except ValidationError:
        return None


async def sent(connection: AsyncConnection, posts: Collection[Post], now: datetime) -> set[int]:
    """Delete the rows of what has arrived, and with them its texts; but where people choose by numbers, remember what was said last, and since when.

    Returns the ids of the rows that were there to be deleted: a missing one was withdrawn while it was on its way.
    """
    if not posts:
        return set()
    if remembered := [post.id for post in posts if CHANNELS[post.to.channel].numbers and post.person is not None]:
        await connection.execute(REMEMBERED, {"ids": remembered, "now": now})
    return set((await connection.execute(SENT, {"ids": [post.id for post in posts]})).scalars())


SENT = delete(outbox).where(AnyOf(outbox.c.id, "ids"), outbox.c.state == "due").returning(outbox.c.id)
_SINCE = outbox.alias()
_OVERTAKEN = exists().where(
    _SINCE.c.channel == outbox.c.channel,
    _SINCE.c.address == outbox.c.address,
    _SINCE.c.state == "due",
    _SINCE.c.created_at > outbox.c.created_at,
    ~_SINCE.c.lasting,
)
"""They wrote while it was on its way, and its numbers went on from what is not remembered any more."""
REMEMBERED = (
    update(outbox)
    .where(AnyOf(outbox.c.id, "ids"), ~_OVERTAKEN)
    .values(state="read", leased_until=None, due_at=bindparam("now"))
    .execution_options(synchronize_session=False)
)


async def later(connection: AsyncConnection, id: int, due_at: datetime, trouble: str, counted: bool = True) -> None:
    """Retry at `due_at`. Unless `counted`, the attempt was no failure. `trouble` names what was in the way, never what was to be sent."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == id)
        .values(due_at=due_at, leased_until=None, trouble=trouble, attempts=outbox.c.attempts - (0 if counted else 1))
    )


async def failed(connection: AsyncConnection, id: int, trouble: str) -> None:
    """Give up on a row: staff see that it did not arrive, and what kind of notice it was. Its text is deleted.

    What answered a contact person in a chat belongs to no case any more: whoever asked can ask again.
    """
    of_case = case((outbox.c.lasting | outbox.c.channel.not_in(chats_of_staff()), outbox.c.case_id), else_=None)
    stored = (await connection.execute(select(outbox.c.reply).where(outbox.c.id == id))).scalar()
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == id)
        .values(state="failed", reply=_heading(stored), leased_until=None, trouble=trouble, case_id=of_case)
    )


def _heading(stored: Any) -> dict[str, Any]:
    """Only the title of a stored reply, and only if it is the same for everybody: which notice it was, and nothing of what it said."""
    title = stored.get("title") if isinstance(stored, dict) else None
    return {"title": title["id"]} if isinstance(title, dict) and title.get("id") and not title.get("values") else {}


async def nowhere(connection: AsyncConnection, about: About, reply: Reply, now: datetime) -> None:
    """Record a notice for which there is no address: staff see that it reached nobody."""
    heading = _heading(as_json(REPLY, reply))
    row = {"channel": NOWHERE.name, "address": "", "case_id": about.case, "locale": "", "reply": heading}
    await connection.execute(
        outbox.insert().values(**row, state="failed", trouble="no address", due_at=now, created_at=now)
    )


async def redirect(
    connection: AsyncConnection, id: int, to: Address, now: datetime, reply: Reply | None = None
) -> None:
    """Send a row to another address instead; with `reply`, in the form for that address."""
    said = {"reply": as_json(REPLY, reply)} if reply else {}
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == id)
        .values(
            channel=to.channel,
            address=to.address,
            state=_state(to),
            due_at=now,
            leased_until=None,
            attempts=0,
            replaces="",
            **said,
        )
    )


async def undelivered(connection: AsyncConnection, who: ContactPerson | None = None) -> list[tuple[str, str, datetime]]:
    """What could not be delivered: channel, kind of failure, when; the latest first, a hundred at most. With `who`, none in cases that they may not see."""
    theirs = exists().where(cases.c.id == outbox.c.case_id, visible(who)) if who else true()
    rows = (
        await connection.execute(
            select(outbox.c.channel, outbox.c.trouble, outbox.c.created_at)
            .where(outbox.c.state == "failed", or_(outbox.c.case_id.is_(None), theirs))
            .order_by(outbox.c.id.desc())
            .limit(100)
        )
    ).all()
    return [(row.channel, row.trouble, row.created_at) for row in rows]
