"""Leases: who sends which row of the outbox. Law: a row whose sender never came back MOST_LOST times fails before it is sent again."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.replies import Reply
from storage.database.any_of import AnyOf
from storage.database.database import Database
from storage.database.tables import outbox
from storage.outbox.outbox import BEGUN, LEASE, Post, failed, later, readable
from storage.people.people import Address

MOST_LOST = 3
"""How many attempts may be lost, for whatever reason: a crash, a kill, a power failure."""
SUSPECT = MOST_LOST - 1
"""After this many lost attempts, a row never goes with another like it: if it kills its sender again, it takes none of them down with it."""
NEVER_BACK = "its sender never came back"
"""The trouble of such a row, as staff read it."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def lease(
    connection: AsyncConnection,
    channels: tuple[str, ...],
    now: datetime,
    ladder: Sequence[timedelta],
    most: int = 20,
    *,
    suspect: bool = True,
) -> list[Post]:
    """Up to `most` due rows, one for each address: the earliest, so that people read things in order. They are ours for LEASE.

    A row whose lease has run out has lost an attempt: we retry at once, the next time after the delay in the `ladder` of retries,
    and then no more. At most one of the rows is a SUSPECT, or none if not `suspect`, because one is already under way.
    """
    rows = await _due(connection, channels, now, most, suspect)
    await _count(connection, [row.id for row in rows if row.leased_until])
    posts, taken = list[Post](), False
    for row in rows:
        lost, reply = row.lost + bool(row.leased_until), readable(row.reply)
        if reply is None:
            await failed(connection, row.id, "unreadable")
        elif lost >= MOST_LOST or row.attempts > len(ladder):
            await failed(connection, row.id, NEVER_BACK if lost >= MOST_LOST else row.trouble or NEVER_BACK)
        elif row.leased_until and lost >= SUSPECT:
            await later(connection, row.id, now + ladder[row.attempts - 1], NEVER_BACK)
        elif lost < SUSPECT or not taken:
            taken = taken or lost >= SUSPECT
            posts.append(_post(row, reply, lost))
    if posts:
        await connection.execute(TAKEN, {"ids": [post.id for post in posts], "until": now + LEASE})
    return posts


async def _due(
    connection: AsyncConnection, channels: tuple[str, ...], now: datetime, most: int, suspect: bool
) -> list[Any]:
    given = {"channels": channels, "now": now, "lost": MOST_LOST if suspect else SUSPECT, "most": most}
    return list((await connection.execute(DUE, given)).all())


# Asked twice a second, and after each turn: statements that are built once.
_FIRST = (
    select(func.min(outbox.c.id))
    .where(outbox.c.state == "due", AnyOf(outbox.c.channel, "channels"), BEGUN)
    .group_by(outbox.c.channel, outbox.c.address)
)
_OTHER = outbox.alias()
_UNDER_WAY = exists().where(
    _OTHER.c.channel == outbox.c.channel,
    _OTHER.c.address == outbox.c.address,
    _OTHER.c.id != outbox.c.id,
    _OTHER.c.state == "due",
    _OTHER.c.leased_until >= bindparam("now"),
)
"""Morning may come while an answer is under way; even then we send one at a time."""
DUE = (
    select(outbox)
    .where(outbox.c.id.in_(_FIRST), outbox.c.due_at <= bindparam("now"), ~_UNDER_WAY)
    .where((outbox.c.leased_until.is_(None)) | (outbox.c.leased_until < bindparam("now")))
    .where(outbox.c.lost < bindparam("lost"))
    .order_by(outbox.c.lost >= SUSPECT, outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
TAKEN = (
    update(outbox)
    .where(AnyOf(outbox.c.id, "ids"))
    .values(leased_until=bindparam("until"), attempts=outbox.c.attempts + 1)
)


async def _count(connection: AsyncConnection, lost: list[int]) -> None:
    """Count one more lost attempt for each of these. Rows leased behind them by the same sender, and never begun, are free again."""
    if not lost:
        return
    await connection.execute(update(outbox).where(outbox.c.id.in_(lost)).values(lost=outbox.c.lost + 1))
    before = outbox.alias()
    behind = exists().where(
        before.c.id.in_(lost),
        before.c.id < outbox.c.id,
        before.c.channel == outbox.c.channel,
        before.c.address == outbox.c.address,
    )
    untried = {"leased_until": None, "attempts": outbox.c.attempts - 1}
    await connection.execute(update(outbox).where(outbox.c.leased_until.is_not(None), behind).values(untried))


def _post(row: Any, reply: Reply, lost: int) -> Post:
    return Post(
        row.id,
        Address(row.channel, row.address),
        row.person_id,
        reply,
        row.locale,
        row.replaces,
        row.attempts + 1,
        row.created_at,
        row.case_id,
        lost,
    )


async def as_it_is(database: Database, post: Post) -> Post | None:
    """A leased post as its row says now, just before it goes; None when the row is gone. What is about a case may have been worded again or withdrawn
    while it waited in its sender's hands, because the case was protected.
    """
    if post.case is None:
        return post
    async with database.read() as connection:
        stored = (await connection.execute(select(outbox.c.reply).where(outbox.c.id == post.id))).scalar()
    reply = readable(stored) if stored else None
    return replace(post, reply=reply) if reply else None


async def renew(connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
    """Extend the leases on these rows: their sender is still working on them."""
    await connection.execute(
        update(outbox).where(AnyOf(outbox.c.id, "ids")).values(leased_until=now + LEASE), {"ids": list(ids)}
    )


async def run_out(connection: AsyncConnection) -> None:
    """End all leases. Nobody is sending anything, so a crash left them."""
    await connection.execute(update(outbox).where(outbox.c.leased_until.is_not(None)).values(leased_until=LONG_AGO))


async def give_back(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Release these leased rows, for the next sender. Nothing came of the attempt, which was nobody's failure and does not count."""
    given_back = {"leased_until": None, "attempts": outbox.c.attempts - 1}
    await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(given_back))


async def given_up(connection: AsyncConnection) -> int:
    """How many rows have failed because their senders never came back, and have not been reported in an alarm."""
    query = select(func.count()).select_from(outbox).where(_GIVEN_UP)
    return int((await connection.execute(query)).scalar_one())


async def told(connection: AsyncConnection) -> None:
    """Note that an alarm has reported them: each is reported once, whichever process does it."""
    await connection.execute(update(outbox).where(_GIVEN_UP).values(lost=0))


_GIVEN_UP = (outbox.c.state == "failed") & (outbox.c.lost >= MOST_LOST)
