"""The queue: cases in which something was sent, as far as one contact person may see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.case.state import SENT
from dialogs.desk.filter import Filter
from dialogs.language.ids import number_of
from dialogs.phases.initiation.copied import copied, scopes_stored
from storage.database.json import TEXT
from storage.database.tables import TURN, cases, following, named, outbox

PAGE = 50
"""Cases on one page."""
ALL = Filter()
NOBODY = -1
"""An id that nobody has."""
ORDERS: dict[str, tuple[tuple[ColumnElement[Any], ...], bool]] = {
    "waiting": ((literal_column(TURN), cases.c.waiting_since, cases.c.id), False),
    "newest": ((cases.c.id,), True),
    "area": ((cases.c.district, cases.c.waiting_since, cases.c.id), False),
    "state": ((cases.c.state, cases.c.waiting_since, cases.c.id), False),
}
"""For each sort, its columns, and whether it descends. Law: the last column is the id, so that no two cases change places between pages."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A case in the queue, as much of it as a list shows; whether something has happened since this contact person read it,
    whether they follow it, and whether a notice about it did not arrive.
    """

    case: Case
    unread: bool
    followed: bool
    trouble: bool = False


def visible(who: ContactPerson) -> ColumnElement[bool]:
    """The cases that this contact person may see (dialogs.case.rights.may_see, as SQL)."""
    is_named = exists().where(named.c.case_id == cases.c.id, named.c.person_id == who.id)
    is_named = is_named if who.administrator else is_named.where(~named.c.by_role)
    return and_(cases.c.reference.is_not(None), or_(~cases.c.protected, is_named))


async def id_of(connection: AsyncConnection, who: ContactPerson, reference: str) -> int | None:
    """The id of a case by its reference, if this contact person may see it.

    Law: this is asked before anything of the case is read or locked, so that what may not be seen takes as long as what is not there.
    """
    query = select(cases.c.id).where(cases.c.reference == reference, visible(who))
    found: int | None = (await connection.execute(query)).scalar()
    return found


async def sees(connection: AsyncConnection, who: ContactPerson, id: int) -> bool:
    """The same by a case's id: whether this contact person may see it."""
    return (await connection.execute(select(cases.c.id).where(cases.c.id == id, visible(who)))).first() is not None


async def find(
    connection: AsyncConnection,
    who: ContactPerson,
    wanted: Filter,
    now: datetime,
    page: int = 1,
    most: int = PAGE,
    *,
    of: int | None = None,
) -> tuple[list[Queued], int]:
    """A page of the matching cases, and how many match in all. Untaken cases come first, the longest wait on top, and cases that wait for nobody last.

    A caller who has already counted them passes the number as `of`, and they are not counted again.
    """
    if of is None:
        fitting = _fitting(select(func.count()).select_from(cases), who, wanted, now)
        of = int((await connection.execute(fitting)).scalar_one())
    start = max(page - 1, 0) * most
    if start >= of:
        return [], of
    columns, downwards = ORDERS.get(wanted.sort, ORDERS["waiting"])
    # For the second half, counting from the end is shorter.
    from_the_end, many = start > of // 2, min(most, of - start)
    asked = _fitting(select(*(column.label(f"by_{at}") for at, column in enumerate(columns))), who, wanted, now)
    chosen = (
        asked.add_columns(cases.c.id)
        .order_by(*_directed(columns, downwards != from_the_end))
        .limit(many)
        .offset(of - start - many if from_the_end else start)
        .subquery("chosen")
    )
    mine = and_(following.c.case_id == cases.c.id, following.c.person_id == who.id)
    failed = exists().where(outbox.c.case_id == cases.c.id, outbox.c.state == "failed")
    rows = await connection.execute(
        select(cases, following.c.read_to, following.c.follows, failed.label("trouble"))
        .select_from(chosen.join(cases, cases.c.id == chosen.c.id).outerjoin(following, mine))
        .order_by(*_directed(tuple(chosen.c)[: len(columns)], downwards))
    )
    return [_queued(row) for row in rows.all()], of


def _directed(columns: tuple[ColumnElement[Any], ...], downwards: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if downwards else column.asc() for column in columns]


def _fitting(query: Select[Any], who: ContactPerson, wanted: Filter, now: datetime | None) -> Select[Any]:
    """`query`, limited to the matching cases, without further columns: what is only shown is looked up for the cases on one page."""
    query = query.where(visible(who))
    for column, value in (
        (cases.c.state, wanted.state),
        (cases.c.district, wanted.district),
        (cases.c.waits_for, wanted.waits),
        (cases.c.locale, wanted.locale),
    ):
        query = query.where(column == value) if value else query
    if wanted.scope:
        query = query.where(cases.c.scope.in_(scopes_stored(wanted.scope)))
    query = query.where(_sought(wanted)) if wanted.words else query
    # Keeps the index on this column out of it: in that index, cases that were never sent also belong to nobody.
    taken_by = func.coalesce(cases.c.taken_by, NOBODY)
    if wanted.has == "nobody":
        query = query.where(taken_by == NOBODY)
    elif wanted.has:
        holders = {who.id, *who.stands_in_for} if wanted.has == "me" else {number_of(wanted.has)}
        query = query.where(taken_by.in_(holders))
    if wanted.days and now:
        query = query.where(cases.c.waits_for == "city", cases.c.waiting_since <= now - timedelta(days=wanted.days))
    mine = following.c.person_id == who.id
    if wanted.unread:
        read = exists().where(following.c.case_id == cases.c.id, mine, following.c.read_to >= cases.c.latest)
        query = query.where(cases.c.latest > 0, ~read)
    if wanted.followed:
        query = query.where(cases.c.id.in_(select(following.c.case_id).where(mine, following.c.follows)))
    if wanted.trouble:
        failed = select(outbox.c.case_id).where(outbox.c.state == "failed", outbox.c.case_id.is_not(None))
        query = query.where(cases.c.id.in_(failed))
    return query


def _sought(wanted: Filter) -> ColumnElement[bool]:
    words = wanted.words.casefold()
    anywhere = cases.c.sought.contains(words, autoescape=True)
    by_number = func.lower(cases.c.reference).contains(words, autoescape=True)
    return and_(anywhere, or_(~cases.c.protected, by_number)) if wanted.openly else anywhere


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
        district=row.district,
        sent_at=row.sent_at,
        protected=row.protected,
        latest=row.latest,
    )
    found = copied(found, scope=row.scope, actors=row.actors, established=row.established)
    return Queued(found, (row.read_to or 0) < row.latest, bool(row.follows), bool(row.trouble))


async def counts(
    connection: AsyncConnection, who: ContactPerson, wanted: Filter = ALL, now: datetime | None = None
) -> dict[str, int]:
    """How many cases are in each state, among those that this contact person may see and that match in everything but their state."""
    fitting = _fitting(select(cases.c.state, func.count()), who, wanted.without("state"), now)
    rows = await connection.execute(fitting.group_by(cases.c.state))
    return {row[0]: int(row[1]) for row in rows.all()}


async def waiting(connection: AsyncConnection) -> int:
    """How many cases nobody has taken, protected ones included: a count, and nothing else about them."""
    query = select(func.count()).select_from(cases).where(cases.c.state == SENT.id, cases.c.taken_by.is_(None))
    return int((await connection.execute(query)).scalar_one())
