"""The overview's counts: sent cases that one contact person may see. The database counts them, with a number for each group.

Law: of what was not sent, only how many were begun.
"""

from collections import Counter
from datetime import datetime
from typing import Any, get_args

from pydantic_core import from_json
from sqlalchemy import CTE, ColumnElement, Select, Text, cast, func, literal_column, or_, select, union_all
from sqlalchemy import case as case_when
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.rights import ContactPerson
from dialogs.case.state import CLOSED, DISPOSED, DRAFT, STARTED
from dialogs.desk.spread import Tally, Thing
from dialogs.phases.initiation.copied import kinds_today, verdict_today
from storage.cases.months import begin_of, month, month_at, month_of
from storage.cases.queue import visible
from storage.database.tables import case_events, cases

UNSENT = (DRAFT.id, STARTED.id, "")
"""States of cases in which nothing was sent, or of which nobody knows any more how they counted."""
STATE: ColumnElement[str] = case_when(
    (cases.c.state.in_((CLOSED.id, DISPOSED.id)), cases.c.counted), else_=cases.c.state
)
"""Law: a case that was disposed of counts as it did before."""
# A case that only asked for a meeting has no application date: its first event counts instead.
FIRST = select(func.min(case_events.c.at)).where(case_events.c.case_id == cases.c.id).scalar_subquery()
AT: ColumnElement[datetime] = func.coalesce(cases.c.sent_at, FIRST)


async def groups(connection: AsyncConnection, who: ContactPerson, first: str = "", last: str = "") -> list[Tally]:
    """How many cases in each district have the same value of each Thing, without anything that tells whose they are;
    only cases that came from the month `first` to the month `last`, "" for an open end.

    One statement, so that the counts by different things add up to the same total. The result does not grow with the number of cases.
    """
    seen = _seen(connection.dialect.name, who, first, last).cte("seen")
    rows = await connection.execute(union_all(*(_counted(seen, thing) for thing in get_args(Thing))))
    return [group for row in rows.all() for group in _read(*row)]


def _seen(dialect: str, who: ContactPerson, first: str, last: str) -> Select[Any]:
    query = select(
        cases.c.district,
        STATE.label("state"),
        month(dialect, AT).label("month"),
        cast(cases.c.actors, Text).label("actors"),
        cases.c.locale.label("language"),
        cases.c.established,
    ).where(visible(who), STATE.not_in(UNSENT))
    if first:
        query = query.where(begin_of(first) <= AT)
    if last:
        query = query.where(begin_of(last, 1) > AT)
    return query


def _counted(seen: CTE, thing: Thing) -> Select[Any]:
    district, value = seen.c.district, seen.c[thing]
    return select(literal_column(f"'{thing}'"), district, cast(value, Text), func.count()).group_by(district, value)


def _read(thing: Thing, district: str, said: str, number: int) -> list[Tally]:
    """A row as groups; each kind of actor that cases name together is a group, and counts once even if named twice."""
    match thing:
        case "actors":
            return [Tally(district, thing, kind, number) for kind in sorted(kinds_today(from_json(said)))]
        case "month":
            return [Tally(district, thing, month_of(said), number)]
        case "established":
            return [Tally(district, thing, verdict_today(said), number)]
    return [Tally(district, thing, said, number)]


async def months(connection: AsyncConnection, who: ContactPerson) -> set[str]:
    """The first and last months in which any case was begun, and in which any case that they may see was sent."""
    sent = select(func.min(AT), func.max(AT)).where(visible(who), STATE.not_in(UNSENT))
    begun = select(func.min(cases.c.created_at), func.max(cases.c.created_at)).where(_known(who))
    found = [(await connection.execute(query)).one() for query in (sent, begun)]
    return {month_at(at) for ends in found for at in ends if at}


async def begun(connection: AsyncConnection, who: ContactPerson) -> dict[str, int]:
    """How many cases were begun in each month, sent or not, in the whole city: a count, and nothing else about them.
    Protected cases that they may not see are never counted.
    """
    by = month(connection.dialect.name, cases.c.created_at)
    query = select(cast(by, Text), func.count()).where(_known(who)).group_by(by)
    found: Counter[str] = Counter()
    for said, number in (await connection.execute(query)).all():
        found[month_of(said)] += number
    return dict(sorted(found.items()))


def _known(who: ContactPerson) -> ColumnElement[bool]:
    return or_(~cases.c.protected, visible(who))
