"""Cases one by one, as the overview counted them before the database did: what it must say all the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from dialogs.case.city import City
from dialogs.case.criterion import MET
from dialogs.case.rights import ContactPerson
from dialogs.desk.spread import ESTABLISHED, IN_OVERVIEW, NOT_YET, UNKNOWN, Overview, Tally, Totals
from dialogs.kinds.day import STOCKHOLM
from dialogs.phases.initiation.criteria import ACTOR_KINDS
from storage.cases.queue import visible
from storage.database.database import Database
from storage.database.tables import case_events, cases

UNSENT = ("draft", "started", "")
ENDED = ("closed", "disposed")


@dataclass(frozen=True, slots=True)
class Row:
    """One case that was sent: `month` of sending (2026-11), the kinds of its actors, the verdict on established cooperation."""

    district: str
    month: str
    state: str
    actors: tuple[str, ...] = ()
    locale: str = ""
    established: str = ""


def grouped(rows: Iterable[Row]) -> Iterator[Tally]:
    """Each case as a group of one in each thing."""
    for row in rows:
        yield Tally(row.district, "state", row.state)
        yield Tally(row.district, "month", row.month)
        yield Tally(row.district, "language", row.locale)
        yield Tally(row.district, "established", row.established)
        for kind in set(row.actors):
            yield Tally(row.district, "actors", kind)


async def rows(database: Database, who: ContactPerson) -> list[Row]:
    """The cases of which something was sent, each looked at."""
    first = select(func.min(case_events.c.at)).where(case_events.c.case_id == cases.c.id).scalar_subquery()
    query = select(cases, first.label("first")).where(visible(who))
    async with database.read() as connection:
        found = [(one, one.counted if one.state in ENDED else one.state) for one in await connection.execute(query)]
    return [
        Row(one.district, month(one.sent_at or one.first), state, tuple(one.actors), one.locale, one.established)
        for one, state in found
        if state not in UNSENT
    ]


async def begun(database: Database, who: ContactPerson) -> dict[str, int]:
    """How many cases were begun in each month, each looked at."""
    query = select(cases.c.created_at).where(~cases.c.protected | visible(who))
    async with database.read() as connection:
        return dict(sorted(Counter(map(month, (await connection.execute(query)).scalars())).items()))


def month(at: datetime) -> str:
    """The month in Stockholm."""
    return at.astimezone(STOCKHOLM).strftime("%Y-%m")


def one_by_one(found: tuple[Row, ...], begun: Mapping[str, int], city: City) -> Overview:
    """The overview of these cases."""
    named = {row.month for row in found} | set(begun)
    ends = [int(one[:4]) * 12 + int(one[5:]) - 1 for one in (min(named), max(named))] if named else [0, -1]
    months = tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(ends[0], ends[1] + 1))
    known = [district.id for district in city.districts]
    elsewhere = tuple(row for row in found if row.district not in known)
    of = [_counted(id, tuple(row for row in found if row.district == id), months, found) for id in known]
    return Overview(
        (*of, *((_counted(UNKNOWN, elsewhere, months, found),) if elsewhere else ())),
        _counted(UNKNOWN, found, months, found),
        {month: begun.get(month, 0) for month in months},
    )


def _counted(district: str, rows: tuple[Row, ...], months: tuple[str, ...], among: tuple[Row, ...]) -> Totals:
    states, sent_in = Counter(row.state for row in rows), Counter(row.month for row in rows)
    actors = Counter(kind for row in rows for kind in set(row.actors))
    languages, standing = Counter(row.locale for row in rows), Counter(_standing(row) for row in rows)
    kinds: list[Any] = [option.id for option in ACTOR_KINDS]
    kinds += sorted({kind for row in among for kind in row.actors} - set(kinds))
    return Totals(
        district,
        len(rows),
        {state: states[state] for state in IN_OVERVIEW if any(row.state == state for row in among)},
        {month: sent_in[month] for month in months},
        {kind: actors[kind] for kind in kinds},
        {locale: languages[locale] for locale in sorted({row.locale for row in among})},
        {one: standing[one] for one in ESTABLISHED},
    )


def _standing(row: Row) -> str:
    return "yes" if row.established in MET else "not_yet" if row.established in NOT_YET else "unknown"
