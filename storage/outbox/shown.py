"""What an address shows: the outbox rows that are kept there instead of being sent, or remembered after it (`Channel.remembers`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Boolean, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS
from dialogs.language.replies import Reply
from storage.database.any_of import AnyOf
from storage.database.tables import outbox
from storage.outbox.outbox import readable
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows, in order; the number of the last notice in it, 0 for none; the rows that nobody has seen yet; and whether something
    of what was said last, but for notices, is still on its way.
    """

    replies: list[Reply]
    upto: int
    unread: tuple[int, ...]
    coming: bool = False


async def shown(connection: AsyncConnection, to: Address) -> Shown:
    """What an address shows now: where people choose by numbers, in the order in which it arrived, and nothing where not all of it can be read."""
    found = (await connection.execute(SHOWN, {"by": to.channel, "whose": to.address})).all()
    coming = any(row.state == "due" and not row.lasting for row in found)
    rows = [row for row in found if row.state != "due"]
    if CHANNELS[to.channel].numbers:
        rows.sort(key=lambda row: row.due_at)
    replies = [reply for row in rows if (reply := readable(row.reply))]
    if CHANNELS[to.channel].numbers and len(replies) < len(rows):
        replies = []
    last = max((row.id for row in rows if row.lasting), default=0)
    return Shown(replies, last, tuple(row.id for row in rows if row.state == "kept"), coming)


HERE = (outbox.c.channel == bindparam("by")) & (outbox.c.address == bindparam("whose"))
SHOWN = (
    select(outbox.c.id, outbox.c.reply, outbox.c.lasting, outbox.c.state, outbox.c.due_at)
    .where(HERE, outbox.c.state.in_(("kept", "read", "due")))
    .order_by(outbox.c.id)
)


async def read(connection: AsyncConnection, rows: tuple[int, ...]) -> None:
    """Note that the person has seen these rows."""
    await connection.execute(READ, {"rows": list(rows)})


READ = update(outbox).where(AnyOf(outbox.c.id, "rows"), outbox.c.state == "kept").values(state="read")


async def clear(connection: AsyncConnection, come: Mapping[Address, int | None]) -> None:
    """When turns come from these addresses, delete what was said there before, except notices not yet seen; where nothing stays, there is none.

    `come` gives for each address the number of the last notice certainly seen there, or None if everything read was: a page can get lost on its way.
    """
    to = [(one, seen) for one, seen in come.items() if CHANNELS[one.channel].remembers]
    if to:
        mine = [{"by": one.channel, "whose": one.address, "sure": seen is None} for one, seen in to]
        await connection.execute(CLEARED, mine)
    if upto := [{"by": one.channel, "whose": one.address, "seen": seen} for one, seen in to if seen]:
        await connection.execute(SEEN, upto)


CLEARED = delete(outbox).where(
    HERE,
    (outbox.c.state.in_(("kept", "read")) & ~outbox.c.lasting)
    | ((outbox.c.state == "read") & bindparam("sure", type_=Boolean)),
)
SEEN = delete(outbox).where(
    HERE,
    outbox.c.id <= bindparam("seen"),
    # A notice with a smaller number may be committed later than its successor, and no page has shown it yet.
    outbox.c.state == "read",
)
