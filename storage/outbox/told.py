"""What stands of cases in contact persons' chats, which somebody else keeps: it is taken back where that is possible. Law: of what was on its way
just then as well.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.desk.on_the_web import named_in
from dialogs.language.channels import CHANNELS, chats_of_staff
from dialogs.language.replies import Retraction
from storage.database.insert import insert_or
from storage.database.tables import cases, outbox, staff, told
from storage.outbox.outbox import About, Outgoing, Post, put_all, readable
from storage.people.people import Address

WITHIN = timedelta(hours=48)
"""How long after it was sent a message can be deleted (Bot API, deleteMessage)."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A notice that waited for a contact person, and does so no more."""

    to: Address
    person: int
    locale: str
    due_at: datetime


def about(post: Post) -> set[int]:
    """The cases that a post to a contact person's chat is about; none of any other post."""
    if post.to.channel not in chats_of_staff():
        return set()
    return named_in(post.reply) | ({post.case} if post.case else set())


async def there(connection: AsyncConnection, posts: Collection[Post]) -> set[int]:
    """The ids of these posts' rows that have not been withdrawn; nobody withdraws one before this transaction is over."""
    if not posts:
        return set()
    query = select(outbox.c.id).where(outbox.c.id.in_([post.id for post in posts]), outbox.c.state == "due")
    return set((await connection.execute(query.order_by(outbox.c.id).with_for_update())).scalars())


async def note(
    connection: AsyncConnection, arrived: Iterable[tuple[Post, tuple[str, ...]]], there: set[int], now: datetime
) -> None:
    """Note which messages stand there of posts, also of one that went in part, to contact persons' chats; those whose row is
    not `there` any more were withdrawn meanwhile: they are taken back.
    """
    for post, messages in arrived:
        if not messages or post.person is None or not (wanted := about(post)):
            continue
        if post.id not in there:
            await _take_back(connection, [(post.to, message) for message in messages], now)
            continue
        known = (await connection.execute(select(cases.c.id).where(cases.c.id.in_(wanted)))).scalars()
        to = {"channel": post.to.channel, "address": post.to.address, "person_id": post.person, "at": now}
        rows = [to | {"message": message, "case_id": case} for case in known for message in messages]
        if rows:
            await connection.execute(insert_or(connection.dialect.name, told).on_conflict_do_nothing(), rows)


async def withdraw(connection: AsyncConnection, case: int, person: int = 0) -> list[Withdrawn]:
    """Delete what waits to be said to contact persons, or to this `person` alone, about a case where somebody else carries it. Returns the notices
    among it.
    """
    carried = [one.name for one in CHANNELS.values() if one.carried]
    of_it = or_(outbox.c.case_id == case, and_(outbox.c.case_id.is_(None), outbox.c.channel.in_(chats_of_staff())))
    theirs = outbox.c.person_id == person if person else outbox.c.person_id.in_(select(staff.c.person_id))
    waiting = select(outbox).where(outbox.c.state == "due", outbox.c.channel.in_(carried), theirs, of_it)
    rows = [row for row in (await connection.execute(waiting.order_by(outbox.c.id))).all() if _names(row, case)]
    await connection.execute(delete(outbox).where(outbox.c.id.in_([row.id for row in rows])))
    return [
        Withdrawn(Address(row.channel, row.address), row.person_id, row.locale, row.due_at)
        for row in rows
        if row.lasting
    ]


def _names(row: Any, case: int) -> bool:
    reply = readable(row.reply)
    return row.case_id == case or (reply is not None and case in named_in(reply))


async def retract(connection: AsyncConnection, now: datetime, *, case: int | None = None, person: int = 0) -> None:
    """Have the messages about a case, in everybody's chat or in this `person`'s, deleted where they stand; without a case, all of this person's.

    Only what is not older than WITHIN: nothing is promised of the rest.
    """
    of_case = (told.c.case_id == case,) if case else ()
    of_person = (told.c.person_id == person,) if person else ()
    if not of_case and not of_person:
        return
    gone = delete(told).where(*of_case, *of_person)
    rows = (await connection.execute(gone.returning(told.c.channel, told.c.address, told.c.message, told.c.at))).all()
    fresh = {(Address(row.channel, row.address), row.message) for row in rows if row.at > now - WITHIN}
    await _take_back(
        connection, sorted(fresh, key=lambda one: (one[0].channel, one[0].address, len(one[1]), one[1])), now
    )


async def _take_back(connection: AsyncConnection, messages: list[tuple[Address, str]], now: datetime) -> None:
    rows = [Outgoing(to, None, About(), Retraction(message), "sv") for to, message in messages]
    if rows:
        await put_all(connection, rows, now)
