"""The backlog: what is due in the outbox but has not been sent, and since when. Only numbers, by channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import applicant_channels
from dialogs.language.replies import Tell
from storage.database.tables import outbox
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class Backlog:
    """For one channel: how many messages are due, for how many seconds the oldest has been due, and how many have failed for good."""

    channel: str
    due: int
    seconds: float
    failed: int


async def backlog(connection: AsyncConnection, now: datetime, ladder: Sequence[timedelta]) -> list[Backlog]:
    """The backlog of every channel with something due or failed, by name.

    Each retry moves a row's due date along the `ladder` of retries, so we count back from there to when it was first due.
    A message put off until the morning is not due before then.
    """
    tried = outbox.c.trouble != ""
    columns = (
        outbox.c.channel,
        outbox.c.state,
        outbox.c.attempts,
        outbox.c.leased_until.is_not(None).label("leased"),
        tried.label("tried"),
    )
    query = (
        select(
            *columns,
            func.count().label("number"),
            func.min(outbox.c.due_at).label("due_at"),
            func.min(outbox.c.created_at).label("created_at"),
        )
        .where((outbox.c.state == "failed") | ((outbox.c.state == "due") & ((outbox.c.due_at <= now) | tried)))
        .group_by(*columns)
    )
    found: dict[str, list[float]] = {}
    for row in (await connection.execute(query)).all():
        one = found.setdefault(row.channel, [0, 0.0, 0])
        if row.state == "failed":
            one[2] += row.number
            continue
        rungs = ladder[: max(0, row.attempts - bool(row.leased))] if row.tried else ()
        since = row.due_at - sum(rungs, timedelta())
        # An applicant's chat is never put off; a request to wait does not count as an attempt.
        since = row.created_at if row.channel in applicant_channels() else since
        one[0] += row.number
        one[1] = max(one[1], (now - since).total_seconds())
    return [
        Backlog(channel, int(due), seconds, int(failed)) for channel, (due, seconds, failed) in sorted(found.items())
    ]


async def waits(connection: AsyncConnection, to: Address, like: Tell) -> bool:
    """Whether a message with the same title is already waiting to be sent to this address."""
    query = select(outbox.c.reply).where(
        outbox.c.channel == to.channel, outbox.c.address == to.address, outbox.c.state == "due"
    )
    titles = [(reply.get("title") or {}).get("id") for reply in (await connection.execute(query)).scalars()]
    return like.title is not None and like.title.id in titles
