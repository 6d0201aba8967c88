"""What stands to be shown at a web address: the outbox rows that are kept there instead of being sent."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.replies import Reply
from storage.outbox import readable
from storage.people import Address
from storage.tables import outbox


async def shown(connection: AsyncConnection, to: Address) -> list[Reply]:
    """What stands to be shown at a web address, in order."""
    rows = (
        await connection.execute(
            select(outbox.c.reply)
            .where(outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state.in_(("kept", "read")))
            .order_by(outbox.c.id)
        )
    ).scalars()
    return [reply for row in rows if (reply := readable(row))]


async def read(connection: AsyncConnection, to: Address) -> None:
    """The person has seen what stood there."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state == "kept")
        .values(state="read")
    )


async def clear(connection: AsyncConnection, to: Collection[Address]) -> None:
    """New turns at web addresses: what was said there before goes, but for notices not yet seen."""
    mine = (outbox.c.channel == "web") & outbox.c.address.in_([one.address for one in to])
    await connection.execute(
        delete(outbox).where(mine, (outbox.c.state == "read") | ((outbox.c.state == "kept") & ~outbox.c.lasting))
    )
