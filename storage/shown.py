"""What stands to be shown at a web address: the outbox rows that are kept there instead of being sent."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.replies import Reply
from storage.outbox import readable
from storage.people import Address
from storage.tables import outbox


async def shown(connection: AsyncConnection, to: Address) -> tuple[list[Reply], int]:
    """What stands to be shown at a web address, in order; and the number of the last notice among it, 0 for none."""
    rows = (
        await connection.execute(
            select(outbox.c.id, outbox.c.reply, outbox.c.lasting)
            .where(outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state.in_(("kept", "read")))
            .order_by(outbox.c.id)
        )
    ).all()
    replies = [reply for row in rows if (reply := readable(row.reply))]
    return replies, max((row.id for row in rows if row.lasting), default=0)


async def read(connection: AsyncConnection, to: Address) -> None:
    """The person has seen what stood there."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state == "kept")
        .values(state="read")
    )


async def clear(connection: AsyncConnection, to: Mapping[Address, int | None]) -> None:
    """New turns at web addresses: what was said there before goes, but for notices not yet seen.

    By address the number of the last notice that has surely been seen there; None where whatever was read has: a page can get lost on its way to a browser.
    """
    mine = (outbox.c.channel == "web") & outbox.c.address.in_([one.address for one in to])
    said = outbox.c.state.in_(("kept", "read")) & ~outbox.c.lasting
    sure = [one.address for one, seen in to.items() if seen is None]
    await connection.execute(
        delete(outbox).where(mine, said | ((outbox.c.state == "read") & outbox.c.address.in_(sure)))
    )
    if upto := [{"whose": one.address, "seen": seen} for one, seen in to.items() if seen]:
        await connection.execute(SEEN, upto)


SEEN = delete(outbox).where(
    outbox.c.channel == "web",
    outbox.c.address == bindparam("whose"),
    outbox.c.id <= bindparam("seen"),
    # Of two notices the one with the smaller number may be committed later, and no page has shown it yet.
    outbox.c.state == "read",
)
