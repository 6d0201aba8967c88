"""Pages of the queue hold the same as one list that is cut in pieces, and are chosen by the index over the queue's order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import event, text

from dialogs.case.rights import ContactPerson
from dialogs.desk.filter import SORTS, Filter
from storage.cases import queue
from storage.cases.queue import Queued
from storage.database.database import Database
from storage.database.tables import cases, following, named, outbox
from storage.people import staff

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
CASES = 97
PAGE = 8
TURNS = {("sent", "city"): 0, ("taken", "city"): 1, ("taken", "applicants"): 2, ("taken", "nobody"): 3}
"""Of each state and whose turn it is: how soon it stands in the queue."""
FILTERS = (
    Filter(),
    Filter(state="taken"),
    Filter(state="sent", district="norr"),
    Filter(unread=True),
    Filter(followed=True),
    Filter(trouble=True),
    Filter(words="torg 4"),
    Filter(has="me", unread=True),
    Filter(has="nobody"),
    Filter(days=3, locale="sv"),
)


@pytest.fixture
async def nadia(database: Database) -> ContactPerson:
    """A contact person; beside her Bo, and cases of every kind, many of which have waited equally long."""
    async with database.write() as connection:
        mine, bo = [await staff.contact_person(connection, name, AT) for name in ("Nadia", "Bo")]
        holders = (None, mine, bo)
        for number in range(1, CASES + 1):
            state, waits = list(TURNS)[number % 4]
            row = {
                "reference": None if number % 11 == 0 else f"SAM-2026-{number:04}",
                "state": state,
                "waits_for": waits,
                "waiting_since": AT - timedelta(days=number % 7),
                "taken_by": None if state == "sent" else holders[number % 3],
                "district": ("norr", "oster", "")[number % 3],
                "locale": "sv" if number % 5 else "ar",
                "protected": number % 13 == 0,
                "sought": f"torg {number}",
                "latest": number,
            }
            await connection.execute(cases.insert().values(id=number, created_at=AT, **row))
            if number % 2:
                read = {"read_to": number - number % 5 // 4, "follows": number % 3 == 0}
                await connection.execute(following.insert().values(case_id=number, person_id=mine, **read))
            if number % 39 == 0:
                await connection.execute(named.insert().values(case_id=number, person_id=mine))
            for side in range(2 if number % 10 == 0 else 0):
                failed = {"channel": "mail", "address": str(side), "reply": {}, "locale": "sv", "state": "failed"}
                await connection.execute(outbox.insert().values(case_id=number, due_at=AT, created_at=AT, **failed))
    return ContactPerson(mine, "Nadia", "sv", False)


async def pages(database: Database, who: ContactPerson, wanted: Filter, most: int) -> list[list[Queued]]:
    """Every page, each asked for by its number, until one is empty."""
    found: list[list[Queued]] = []
    async with database.read() as connection:
        while not found or found[-1]:
            shown, total = await queue.find(connection, who, wanted, AT, len(found) + 1, most)
            again = await queue.find(connection, who, wanted, AT, len(found) + 1, most, of=total)
            assert again == (shown, total)
            found.append(shown)
    assert sum(map(len, found)) == total
    return found[:-1]


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda one: "-".join(one.narrowing) or "all")
async def test_pages_are_one_list_cut_in_pieces(database: Database, nadia: ContactPerson, wanted: Filter) -> None:
    for sort in SORTS:
        sorted_so = replace(wanted, sort=sort)
        (whole,) = await pages(database, nadia, sorted_so, CASES)
        cut = await pages(database, nadia, sorted_so, PAGE)
        assert [one for page in cut for one in page] == whole, sort
        assert {len(page) for page in cut[:-1]} <= {PAGE}
        assert len({one.case.id for one in whole}) == len(whole)


async def test_the_whole_list_in_its_order_and_nothing_that_is_not_hers_to_see(
    database: Database, nadia: ContactPerson
) -> None:
    hers = [n for n in range(1, CASES + 1) if n % 11 and (n % 13 or n % 39 == 0)]
    (whole,) = await pages(database, nadia, Filter(), CASES)
    ordered = sorted(hers, key=lambda n: (n % 4, -(n % 7), n))
    assert [one.case.id for one in whole] == ordered
    assert {one.case.id for one in whole if one.trouble} == {n for n in hers if n % 10 == 0}
    assert {one.case.id for one in whole if one.followed} == {n for n in hers if n % 2 and n % 3 == 0}
    assert {one.case.id for one in whole if one.unread} == {n for n in hers if n % 2 == 0 or n % 5 == 4}
    for wanted, fits in (
        (Filter(unread=True), lambda one: one.unread),
        (Filter(followed=True), lambda one: one.followed),
        (Filter(trouble=True), lambda one: one.trouble),
        (Filter(has="nobody"), lambda one: not one.case.holder),
        (Filter(has="me"), lambda one: one.case.holder == nadia.id),
        (Filter(has=f"p{nadia.id}", state="taken"), lambda one: one.case.holder == nadia.id),
    ):
        (found,) = await pages(database, nadia, wanted, CASES)
        assert found == [one for one in whole if fits(one)], wanted
    async with database.read() as connection:
        assert await queue.find(connection, nadia, Filter(has="p0"), AT) == ([], 0)


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda one: "-".join(one.narrowing) or "all")
async def test_counts_are_those_of_the_list(database: Database, nadia: ContactPerson, wanted: Filter) -> None:
    async with database.read() as connection:
        counts = await queue.counts(connection, nadia, wanted, AT)
        for state in ("sent", "taken"):
            _found, total = await queue.find(connection, nadia, replace(wanted, state=state), AT)
            assert counts.get(state, 0) == total


async def test_choosing_a_page_and_counting_read_the_index_alone(database: Database, nadia: ContactPerson) -> None:
    asked: list[tuple[str, Any]] = []

    def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", heard)
    async with database.read() as connection:
        for wanted, page in product((Filter(), Filter(state="taken", district="oster", has="me")), (1, 2)):
            await queue.find(connection, nadia, wanted, AT, page, 2)
            await queue.counts(connection, nadia, wanted, AT)
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", heard)
    assert len(asked) == 12
    explain, by_index = ("EXPLAIN QUERY PLAN", "COVERING INDEX ix_cases_queue")
    async with database.write() as connection:
        if not database.embedded:
            explain, by_index = ("EXPLAIN", "using ix_cases_queue")
            for other in ("seqscan", "bitmapscan", "sort"):  # what is best for so few
                await connection.execute(text(f"SET LOCAL enable_{other} = off"))
            # Counting is the planner's own choice: a table with nothing unsent in it is read as quickly.
            asked = [one for one in asked if "LIMIT" in one[0]]
            assert len(asked) == 4
        for statement, parameters in asked:
            rows = (await connection.exec_driver_sql(f"{explain} {statement}", parameters)).all()
            assert by_index in str(rows), statement
