"""What an address shows: the outbox rows that are kept there instead of being sent, or remembered after it (`Channel.remembers`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS
from dialogs.language.replies import Reply
from storage.database.any_of import AnyOf
from storage.database.tables import outbox
from storage.outbox.outbox import readable
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows, in order; the number of the last notice in it, 0 for none; and the rows that nobody has seen yet."""

    replies: list[Reply]
    upto: int
    unread: tuple[int, ...]


async def shown(connection: AsyncConnection, to: Address) -> Shown:
    """What an address shows now."""
    rows = (
        await connection.execute(
            select(outbox.c.id, outbox.c.reply, outbox.c.lasting, outbox.c.state)
            .where(outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state.in_(("kept", "read")))
            .order_by(outbox.c.id)
        )
    ).all()
    replies = [reply for row in rows if (reply := readable(row.reply))]
    last = max((row.id for row in rows if row.lasting), default=0)
    return Shown(replies, last, tuple(row.id for row in rows if row.state == "kept"))


async def read(connection: AsyncConnection, rows: tuple[int, ...]) -> None:
    """Note that the person has seen these rows."""
    await connection.execute(READ, {"rows": list(rows)})


READ = update(outbox).where(AnyOf(outbox.c.id, "rows"), outbox.c.state == "kept").values(state="read")


async def clear(connection: AsyncConnection, come: Mapping[Address, int | None]) -> None:
    """When turns come from these addresses, delete what was said there before, except notices not yet seen; where nothing stays, there is none.

    `come` gives for each address the number of the last notice certainly seen there, or None if everything read was: a page can get lost on its way.
    """
    to = {one: seen for one, seen in come.items() if CHANNELS[one.channel].remembers}
    if not to:
        return
    mine = outbox.c.channel.in_({one.channel for one in to}) & outbox.c.address.in_([one.address for one in to])
    said = outbox.c.state.in_(("kept", "read")) & ~outbox.c.lasting
    sure = [one.address for one, seen in to.items() if seen is None]
    await connection.execute(
        delete(outbox).where(mine, said | ((outbox.c.state == "read") & outbox.c.address.in_(sure)))
    )
    if upto := [{"by": one.channel, "whose": one.address, "seen": seen} for one, seen in to.items() if seen]:
        await connection.execute(SEEN, upto)


SEEN = delete(outbox).where(
    outbox.c.channel == bindparam("by"),
    outbox.c.address == bindparam("whose"),
    outbox.c.id <= bindparam("seen"),
    # A notice with a smaller number may be committed later than its successor, and no page has shown it yet.
    outbox.c.state == "read",
)
