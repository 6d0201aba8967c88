"""What waits for a contact person, in numbers: of cases that they may see, and of nothing else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.desk.filter import Filter
from storage.cases import queue


@dataclass(frozen=True, slots=True)
class WaitingCases:
    """How many cases nobody has taken, since when the first of them waits, and how many of their own have something unread."""

    untaken: int
    since: datetime | None
    unread: int


async def waiting(connection: AsyncConnection, who: ContactPerson, now: datetime) -> WaitingCases:
    """What waits for them now; the cases of those for whom they stand in count among their own."""
    first, untaken = await queue.find(connection, who, Filter(has="nobody", state="sent"), now, most=1)
    _first, unread = await queue.find(connection, who, Filter(has="me", unread=True), now, most=1)
    return WaitingCases(untaken, first[0].case.waiting_since if first else None, unread)
