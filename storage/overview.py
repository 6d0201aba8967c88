"""What the overview counts: a row for each case that was sent and that one contact person may see. Law: of what was not sent, only how many were begun."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.desk.people import ContactPerson
from dialogs.overview import Row
from storage.queue import visible
from storage.submissions import STOCKHOLM
from storage.tables import case_events, cases

UNSENT = ("draft", "started", "disposed")
"""States of cases of which nothing was sent, or nothing is left."""


async def rows(connection: AsyncConnection, who: ContactPerson) -> list[Row]:
    """The cases of which something was sent, without anything that tells whose they are."""
    # What only asked for a meeting has no day of an application: then the first thing that happened counts.
    first = select(func.min(case_events.c.at)).where(case_events.c.case_id == cases.c.id).scalar_subquery()
    found = await connection.execute(
        select(
            cases.c.district,
            cases.c.state,
            cases.c.actors,
            cases.c.locale,
            cases.c.established,
            cases.c.sent_at,
            first.label("first"),
        )
        .where(visible(who), cases.c.state.not_in(UNSENT))
        .order_by(cases.c.id)
    )
    return [
        Row(one.district, _month(one.sent_at or one.first), one.state, tuple(one.actors), one.locale, one.established)
        for one in found.all()
    ]


async def begun(connection: AsyncConnection, who: ContactPerson) -> dict[str, int]:
    """How many cases were begun in each month, sent or not, in the whole city: a count, and nothing of them. A protected one that they may not see is in no count."""
    query = select(cases.c.created_at).where(or_(~cases.c.protected, visible(who)))
    months = Counter(_month(at) for at in (await connection.execute(query)).scalars())
    return dict(sorted(months.items()))


def _month(at: datetime) -> str:
    return at.astimezone(STOCKHOLM).strftime("%Y-%m")
