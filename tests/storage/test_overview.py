"""What the overview counts: sent cases that this contact person may see; of unsent ones, how many were begun and nothing else."""

from datetime import UTC, datetime

from bot.clock import now
from bot.overview import Period, overview_for
from bot.turns import Turns
from dialogs.city import City, District
from dialogs.desk.people import ContactPerson
from storage import cases, staff
from storage.overview import begun, rows
from tests.house import Caller
from tests.storage.ways import SENT, WISHED, WRITTEN, goes

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
            await cases.happened(connection, case, what, person, data, at)
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
        found, counted = await rows(connection, nadia), await begun(connection, nadia)
    assert [(one.district, one.month, one.state, one.actors, one.locale, one.established) for one in found] == [
        ("north", "2026-10", "sent", ("association",), "ar", "not_yet")
    ], "half past one at night in Stockholm is October; what the city started was not sent by anybody"
    assert counted == {"2026-10": 1, "2026-11": 1, f"{now():%Y-%m}": counted[f"{now():%Y-%m}"]}
    assert sum(counted.values()) == 3


async def test_a_protected_case_is_counted_for_whoever_is_named(turns: Turns) -> None:
    nadia, bo = await contact_person(turns, "Nadia"), await contact_person(turns, "Bo")
    at = datetime(2026, 10, 5, tzinfo=UTC)
    await made(turns, at, application(1), ("protect", nadia.id, {"named": {"ids": []}}))
    async with turns.database.read() as connection:
        assert len(await rows(connection, nadia)) == 1
        assert await rows(connection, bo) == []
        assert (await begun(connection, nadia), await begun(connection, bo)) == ({"2026-10": 1}, {})


async def test_a_wish_for_a_meeting_counts_in_the_month_it_came(turns: Turns) -> None:
    nadia = await contact_person(turns, "Nadia")
    await goes(Caller(turns), *WISHED, *SENT)
    async with turns.database.read() as connection:
        assert [one.month for one in await rows(connection, nadia)] == [f"{now():%Y-%m}"]


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
