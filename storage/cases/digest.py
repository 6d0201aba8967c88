"""What waits for a contact person, in numbers: only from cases that they may see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.desk.filter import UNTAKEN, Filter
from storage.cases import queue


@dataclass(frozen=True, slots=True)
class WaitingCases:
    """How many cases nobody has taken, since when the first of them has waited, and how many of their own have something unread."""

    untaken: int
    since: datetime | None
    unread: int


async def waiting(connection: AsyncConnection, who: ContactPerson, now: datetime) -> WaitingCases:
    """What waits for them now; cases of colleagues for whom they stand in count as their own."""
    first, untaken = await queue.find(connection, who, UNTAKEN, now, most=1)
    _first, unread = await queue.find(connection, who, Filter(has="me", unread=True), now, most=1)
    return WaitingCases(untaken, first[0].case.waiting_since if first else None, unread)
