"""The queue: cases of which something was sent, as one contact person may see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case import Case
from dialogs.desk.filter import Filter
from dialogs.desk.people import ContactPerson
from storage.json import TEXT
from storage.tables import cases, following, named, outbox

PAGE = 50
"""Cases on one page."""
ALL = Filter()


@dataclass(frozen=True, slots=True)
class Queued:
    """A case in the queue, as much of it as a list shows; whether something happened since this contact person read it,
    whether they follow it, and whether something in it did not arrive.
    """

    case: Case
    unread: bool
    followed: bool
    trouble: bool = False


def visible(who: ContactPerson) -> ColumnElement[bool]:
    """The cases that this contact person may see (dialogs.desk.people.may_see, as SQL)."""
    is_named = exists().where(named.c.case_id == cases.c.id, named.c.person_id == who.id)
    return and_(cases.c.reference.is_not(None), or_(~cases.c.protected, is_named))


async def find(
    connection: AsyncConnection, who: ContactPerson, wanted: Filter, now: datetime, page: int = 1, most: int = PAGE
) -> tuple[list[Queued], int]:
    """A page of the cases that fit, and how many there are in all. Untaken first, what has waited longest at the top, what waits for nobody at the end."""
    fitting = _fitting(who, wanted, now)
    total = (await connection.execute(select(func.count()).select_from(fitting.subquery()))).scalar_one()
    rows = await connection.execute(fitting.order_by(*_order(wanted.sort)).limit(most).offset(max(page - 1, 0) * most))
    return [_queued(row) for row in rows.all()], int(total)


def _fitting(who: ContactPerson, wanted: Filter, now: datetime | None) -> Select[Any]:
    mine = and_(following.c.case_id == cases.c.id, following.c.person_id == who.id)
    failed = exists().where(outbox.c.case_id == cases.c.id, outbox.c.state == "failed")
    query = select(cases, following.c.read_to, following.c.follows, failed.label("trouble"))
    query = query.outerjoin(following, mine).where(visible(who))
    for column, value in (
        (cases.c.state, wanted.state),
        (cases.c.district, wanted.district),
        (cases.c.waits_for, wanted.waits),
        (cases.c.locale, wanted.locale),
        (cases.c.scope, wanted.scope),
    ):
        query = query.where(column == value) if value else query
    if wanted.words:
        query = query.where(cases.c.sought.contains(wanted.words.casefold(), autoescape=True))
    if wanted.has == "nobody":
        query = query.where(cases.c.taken_by.is_(None))
    elif wanted.has:
        holders = {who.id, *who.stands_in_for} if wanted.has == "me" else {_number(wanted.has)}
        query = query.where(cases.c.taken_by.in_(holders))
    if wanted.days and now:
        query = query.where(cases.c.waits_for == "city", cases.c.waiting_since <= now - timedelta(days=wanted.days))
    if wanted.unread:
        query = query.where(func.coalesce(following.c.read_to, 0) < cases.c.latest)
    if wanted.followed:
        query = query.where(following.c.follows)
    if wanted.trouble:
        query = query.where(failed)
    return query


def _number(id: str) -> int:
    digits = id.removeprefix("p")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0


def _order(sort: str) -> tuple[Any, ...]:
    turn = case(
        (cases.c.state == "sent", 0),
        (cases.c.waits_for == "city", 1),
        (cases.c.waits_for == "nobody", 3),
        else_=2,
    )
    match sort:
        case "newest":
            return (cases.c.id.desc(),)
        case "area":
            return (cases.c.district, cases.c.waiting_since, cases.c.id)
        case "state":
            return (cases.c.state, cases.c.waiting_since, cases.c.id)
        case _:
            return (turn, cases.c.waiting_since, cases.c.id)


def _queued(row: Any) -> Queued:
    found = Case(
        id=row.id,
        reference=row.reference,
        title=TEXT.validate_python(row.title or ""),
        state=row.state,
        waits_for=row.waits_for,
        waiting_since=row.waiting_since,
        taken_by=row.taker,
        holder=row.taken_by or 0,
        locale=row.locale,
        kinds=tuple(row.kinds),
        scope=row.scope,
        district=row.district,
        actors=tuple(row.actors),
        established=row.established,
        sent_at=row.sent_at,
        protected=row.protected,
        latest=row.latest,
    )
    return Queued(found, (row.read_to or 0) < row.latest, bool(row.follows), bool(row.trouble))


async def counts(
    connection: AsyncConnection, who: ContactPerson, wanted: Filter = ALL, now: datetime | None = None
) -> dict[str, int]:
    """How many cases there are in each state, of those that this contact person may see and that fit but for their state."""
    fitting = _fitting(who, wanted.without("state"), now).subquery()
    rows = await connection.execute(select(fitting.c.state, func.count()).group_by(fitting.c.state))
    return {row[0]: int(row[1]) for row in rows.all()}


async def waiting(connection: AsyncConnection) -> int:
    """How many cases nobody has taken, protected ones too: a count, and nothing of them."""
    query = select(func.count()).select_from(cases).where(cases.c.state == "sent", cases.c.taken_by.is_(None))
    return int((await connection.execute(query)).scalar_one())
