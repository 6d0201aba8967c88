"""What the overview counts: sent cases that this contact person may see; of unsent ones, how many were begun and nothing else."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select

from bot.documents.overview import Period, months_for, overview_for
from bot.turns.turns import Turns
from dialogs.case.city import City, District
from dialogs.case.rights import ContactPerson
from dialogs.desk.spread import IN_OVERVIEW
from storage.cases import cases
from storage.cases.overview import begun, groups, months
from storage.database import tables
from storage.database.database import Database
from storage.people import staff
from tests import overview_rows
from tests.clock import now
from tests.house import SEAL, Caller
from tests.overview_rows import Row, one_by_one
from tests.ways import SENT, WISHED, WRITTEN, goes

CITY = City((), (District("north", "Norr"), District("south", "Söder")))


async def contact_person(turns: Turns, name: str) -> ContactPerson:
    async with turns.database.write() as connection:
        id = await staff.contact_person(connection, name, now())
    return ContactPerson(id, name, "en")


async def made(turns: Turns, at: datetime, *events: tuple[str, int | None, dict[str, object]]) -> int:
    """A case of that time, with these events."""
    async with turns.database.write() as connection:
        case = await cases.new(connection, at)
        for what, person, data in events:
            await cases.happened(connection, SEAL, case, what, person, data, at)
    return case


def application(number: int, district: str = "north") -> tuple[str, None, dict[str, object]]:
    return (
        "application_sent",
        None,
        {
            "reference": f"SAM-2026-{number:04}",
            "district": district,
            "locale": "ar",
            "actors": ["association"],
            "established": "not_yet",
            "title": "Torget",
        },
    )


async def test_what_was_sent_is_a_row_and_what_was_not_only_a_number(turns: Turns) -> None:
    nadia = await contact_person(turns, "Nadia")
    await made(turns, datetime(2026, 9, 30, 23, 30, tzinfo=UTC), application(1))
    await made(
        turns,
        datetime(2026, 11, 2, tzinfo=UTC),
        ("start", nadia.id, {"reference": "SAM-2026-0002", "district": "south"}),
    )
    await goes(Caller(turns, "a draft"), *WRITTEN)
    async with turns.database.read() as connection:
        found, counted = await groups(connection, nadia), await begun(connection, nadia)
    assert sorted((one.district, one.thing, one.value, one.number) for one in found) == [
        ("north", "actors", "association", 1),
        ("north", "established", "not_yet", 1),
        ("north", "language", "ar", 1),
        ("north", "month", "2026-10", 1),
        ("north", "state", "sent", 1),
    ], "half past one at night in Stockholm is October; what the city started was not sent by anybody"
    assert counted == {"2026-10": 1, "2026-11": 1, f"{now():%Y-%m}": counted[f"{now():%Y-%m}"]}
    assert sum(counted.values()) == 3


async def test_a_protected_case_is_counted_for_whoever_is_named(turns: Turns) -> None:
    nadia, bo = await contact_person(turns, "Nadia"), await contact_person(turns, "Bo")
    at = datetime(2026, 10, 5, tzinfo=UTC)
    await made(turns, at, application(1), ("protect", nadia.id, {"named": {"ids": []}}))
    async with turns.database.read() as connection:
        assert len(await groups(connection, nadia)) == 5
        assert await groups(connection, bo) == []
        assert (await begun(connection, nadia), await begun(connection, bo)) == ({"2026-10": 1}, {})


async def test_a_wish_for_a_meeting_counts_in_the_month_it_came(turns: Turns) -> None:
    nadia = await contact_person(turns, "Nadia")
    await goes(Caller(turns), *WISHED, *SENT)
    async with turns.database.read() as connection:
        assert [one.value for one in await groups(connection, nadia) if one.thing == "month"] == [f"{now():%Y-%m}"]


async def test_a_period_leaves_the_rest_out(turns: Turns) -> None:
    nadia = await contact_person(turns, "Nadia")
    for number, month in enumerate((8, 9, 10), 1):
        await made(turns, datetime(2026, month, 5, tzinfo=UTC), application(number))
    async with turns.database.read() as connection:
        for period, count in (
            (Period(), 3),
            (Period("2026-09"), 2),
            (Period("", "2026-08"), 1),
            (Period("2027-01"), 0),
        ):
            found = await overview_for(connection, CITY, nadia, period)
            assert (found.all.sent, sum(found.begun.values())) == (count, count)


ODD_HOURS = ("2025-12-31T22:59:59.999999", "2025-12-31T23:00:00", "2026-03-31T21:59:59", "2026-03-31T22:00:00.000001")
"""Around the ends of months in Stockholm, in winter and in summer time, and the change on the last Sunday of March."""
LATE = (
    "2026-03-29T00:59:59",
    "2026-03-29T01:00:00",
    "2024-03-31T21:30:00",
    "2024-03-31T22:30:00",
    "2026-10-25T01:00:00",
)


async def scattered(database: Database, who: ContactPerson) -> None:
    """A thousand cases of every kind, at odd hours and at others; some protected, and of those some that `who` may see."""
    chance, states = random.Random(24), list(IN_OVERVIEW)
    async with database.write() as connection:
        for id in range(1, 1001):
            at = datetime.fromisoformat(chance.choice((*ODD_HOURS, *LATE))).replace(tzinfo=UTC)
            if chance.random() < 0.7:
                at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(3 * 365 * 86400))
            kinds = chance.choices(["association", "company", "choir", 'odd "kind"'], k=chance.randrange(4))
            row = {
                "reference": f"SAM-2026-{id:04}" if chance.random() < 0.9 else None,
                "state": chance.choice(states),
                "counted": chance.choice(["decided", "closed", ""]),
                "district": chance.choice(["north", "south", "gone", ""]),
                "actors": kinds,
                "locale": chance.choice(["sv", "ar", ""]),
                "established": chance.choice(["met", "partly", "not_yet", "dont_know", ""]),
                "sent_at": at if chance.random() < 0.8 else None,
                "protected": chance.random() < 0.2,
                "created_at": at - timedelta(hours=chance.randrange(2000)),
            }
            await connection.execute(insert(tables.cases).values(id=id, **row))
            for later in range(2):
                event = {"case_id": id, "what": "note", "data": {}, "at": at + timedelta(days=later)}
                await connection.execute(insert(tables.case_events).values(event))
            if row["protected"] and chance.random() < 0.5:
                await connection.execute(insert(tables.named).values(case_id=id, person_id=who.id))


async def test_the_database_counts_as_somebody_who_looks_at_each_case(turns: Turns) -> None:
    """At the ends of months in Stockholm, in both time zones, for whoever may see what."""
    nadia = await contact_person(turns, "Nadia")
    await scattered(turns.database, nadia)
    found, started = await overview_rows.rows(turns.database, nadia), await overview_rows.begun(turns.database, nadia)
    assert len(found) > 400
    periods = (
        Period(),
        Period("2026-01", "2026-03"),
        Period("2026-04"),
        Period("", "2025-12"),
        Period("2024-03", "2024-04"),
    )
    for period in (*periods, Period("0000-01", "0000-12"), Period("9999-12"), Period("0000-01", "9999-12")):
        within: tuple[Row, ...] = tuple(row for row in found if period.holds(row.month))
        of_it = {month: count for month, count in started.items() if period.holds(month)}
        async with turns.database.read() as connection:
            assert await overview_for(connection, CITY, nadia, period) == one_by_one(within, of_it, CITY), period
    async with turns.database.read() as connection:
        assert await months_for(connection, nadia) == one_by_one(tuple(found), started, CITY).months
        assert len(await months(connection, nadia)) <= 4


async def test_what_the_database_says_does_not_grow_with_the_cases(turns: Turns) -> None:
    nadia = await contact_person(turns, "Nadia")
    await scattered(turns.database, nadia)
    async with turns.database.write() as connection:
        before = len(await groups(connection, nadia))
        columns = [column for column in tables.cases.columns if column.name not in ("id", "reference")]
        again = select(tables.cases.c.id + 1000, tables.cases.c.reference + "b", *columns)
        again = again.where(tables.cases.c.sent_at.is_not(None))
        names = ["id", "reference", *(column.name for column in columns)]
        await connection.execute(insert(tables.cases).from_select(names, again))
        assert len(await groups(connection, nadia)) <= before + 5


async def test_a_contact_persons_overview_is_read_beside_their_turn(turns: Turns) -> None:
    """SQLite's writer is the event loop's own thread: what looks through every case must not run there."""
    async with turns.database.write() as connection, turns.database.beside(connection) as beside:
        assert (beside is connection) == (not turns.database.embedded)
        assert (await beside.execute(select(func.count()).select_from(tables.cases))).scalar() == 0
