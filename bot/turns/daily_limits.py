"""Daily limits: how much may be sent on one day, so that nobody floods the city's queue, or somebody else's mailbox in the city's name."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from dialogs.engine.record import Record
from storage.people import usage

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

IN_A_CASE = ("completion", "message", "withdrawal")
"""What continues a case that somebody has in hand: people write to each other there, ten times as often."""
TALK = 10


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """Submissions on a day in Stockholm: of one person; letters to an address that nobody has confirmed;
    submissions from one network address, where a whole house may be.
    """

    submissions: int = 5
    from_network: int = 50


async def may_send(
    connection: "AsyncConnection",
    limits: DailyLimits,
    keys: Keys,
    network: str,
    person: int,
    record: Record,
    *,
    now: datetime,
) -> bool:
    """Whether this person may send this today, from this network address ("" for none); it is counted if so."""
    if record.dialog in IN_A_CASE:
        return await _counted(connection, "message", [keys.derive(f"person:{person}")], TALK * limits.submissions, now)
    place = [keys.derive(f"network:{network}")] if network else []
    if await usage.most(connection, "network", place, now) >= limits.from_network:
        return False
    mine = [keys.derive(f"person:{person}")]
    return await _counted(connection, "submission", mine, limits.submissions, now) and await _counted(
        connection, "network", place, limits.from_network, now
    )


async def may_write(
    connection: "AsyncConnection", limits: DailyLimits, keys: Keys, address: str, now: datetime
) -> bool:
    """Whether one more letter may go today to an e-mail address that nobody has confirmed; it is counted if so.

    What was sent counts all the same: or whoever names somebody else's address would keep them from sending anything.
    """
    name, _at, domain = address.casefold().partition("@")
    key = keys.derive(f"email:{name.partition('+')[0]}@{domain}")
    return await _counted(connection, "letter", [key], limits.submissions, now)


async def _counted(connection: "AsyncConnection", what: str, keys: list[str], most: int, now: datetime) -> bool:
    if await usage.most(connection, what, keys, now) >= most:
        return False
    for key in keys:
        await usage.count(connection, what, key, now)
    return True
