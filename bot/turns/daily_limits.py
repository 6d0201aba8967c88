"""Daily limits: how much may be sent on one day, so that nobody floods the city's queue, or somebody else's mailbox in the city's name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from dialogs.engine.record import Record
from dialogs.phases.steps import SENT
from storage.people import usage

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

IN_A_CASE = tuple(key for key, step in SENT.items() if step.opens)
"""Dialogs that continue a case somebody has in hand. People write to each other there, so TALK times as much may be sent."""
TALK = 10
TRIES_AN_HOUR = 10
"""How many codes one person may type in, in one hour."""


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """The most on one day in Stockholm. `submissions` is for what one person submits, and for letters to an address that nobody
    has confirmed; `from_network` is for submissions from one network address, which a whole house may share.
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
    """Whether this person may send this today, from this network address ("" for none). If so, it is counted."""
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
    """Whether one more letter may go today to an e-mail address that nobody has confirmed. If so, it is counted.

    Without the letter the submission stands all the same: otherwise, naming somebody else's address would keep them from sending anything.
    """
    name, _at, domain = address.casefold().partition("@")
    key = keys.derive(f"email:{name.partition('+')[0]}@{domain}")
    return await _counted(connection, "letter", [key], limits.submissions, now)


async def may_try(connection: "AsyncConnection", keys: Keys, person: int, now: datetime) -> bool:
    """Whether this person may try one more code this hour. If so, it is counted."""
    key = keys.derive(f"person:{person}:{now.astimezone(UTC):%Y-%m-%dT%H}")
    return await _counted(connection, "code", [key], TRIES_AN_HOUR, now)


async def _counted(connection: "AsyncConnection", what: str, keys: list[str], most: int, now: datetime) -> bool:
    if await usage.most(connection, what, keys, now) >= most:
        return False
    for key in keys:
        await usage.count(connection, what, key, now)
    return True
