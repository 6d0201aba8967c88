"""What a page of the desk costs with many cases: python -m tests.benchmarks.queue [--cases 100000]. Server time of the whole request, over HTTP."""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar
from sqlalchemy import Table, select, text

from dialogs.case.case import CaseEvent
from dialogs.phases.steps import replay
from storage.cases import cases
from storage.cases.cases import row_of
from storage.database.database import Database
from storage.database.tables import case_events, counters, drafts, following, submissions
from storage.database.tables import cases as case_rows
from storage.migrations import migrate
from storage.people import staff
from tests.clock import now
from tests.house import SEAL
from tests.postgres import Postgres
from tests.web.cases import applied, case_of
from tests.web.conftest import Served, serve

CASES = 2000
"""Unless others are asked for; a city has some dozens a year."""
AT_ONCE = 1000
"""Cases that are put in together."""
ROUNDS = 15
MOST = 200
"""Milliseconds that a page may take."""
Row = dict[str, Any]
Timings = dict[str, tuple[float, float, float]]
PLACES = ("Möllevångstorget", "Rosengård", "Sorgenfri", "Limhamn", "Kirseberg", "Lindängen", "Holma", "Gamla staden")
DISTRICTS = ("innerstaden", "oster", "norr", "vaster", "norr", "soder", "vaster", "norr")
PAGES = {
    "the first page": "/queue",
    "a page in the middle": "/queue?page={middle}",
    "the last page": "/queue?page={last}",
    "filtered": "/queue?state=taken&district=oster&has=me&unread=1&days=7",
    "searched": "/queue?words=holma",
    "searched, nothing found": "/queue?words=zzz",
    "by area, in the middle": "/queue?sort=area&page={middle}",
    "by area": "/queue?sort=area",
    "the overview": "/queue/overview",
    "a case": "/queue/{reference}",
    "its assessment": "/queue/{reference}/do/assessment",
}


async def fill(served: Served, who: int, count: int) -> str:
    """So many cases with what a case has: a submission, a dozen events. The reference of one of them."""
    pattern = await applied(served)
    first = (await case_of(served, pattern)).id
    database = served.turns.database
    async with database.read() as connection:
        sent = (await connection.execute(select(submissions).where(submissions.c.case_id == first))).one()
        history = await cases.history(connection, first)
    copy = {key: value for key, value in sent._mapping.items() if key != "id"}
    at = now()
    for begin in range(2, count + 1, AT_ONCE):
        rows = Rows()
        for number in range(begin, min(begin + AT_ONCE, count + 1)):
            _case(rows, number, at - timedelta(days=number % 400, minutes=number), history, copy, who)
        async with database.write() as connection:
            for table, found in rows.tables():
                await connection.execute(table.insert(), found)
            await connection.execute(counters.delete())
    await _settled(database)
    return reference_of(count // 2 + 1)


async def _settled(database: Database) -> None:
    """As after an hour: what a server does by itself beside the writing is done."""
    await database.wipe()
    if not database.embedded:
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


@dataclass
class Rows:
    """What goes into each table."""

    cases: list[Row] = field(default_factory=list)
    drafts: list[Row] = field(default_factory=list)
    submissions: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    following: list[Row] = field(default_factory=list)

    def tables(self) -> list[tuple[Table, list[Row]]]:
        """Each table with its rows, in an order that foreign keys allow."""
        return [
            (case_rows, self.cases),
            (drafts, self.drafts),
            (submissions, self.submissions),
            (case_events, self.events),
            (following, self.following),
        ]


def reference_of(number: int) -> str:
    """The reference of a case of that number."""
    return f"SAM-2026-{number:04}"


def _case(rows: Rows, number: int, begun: datetime, history: list[CaseEvent], copy: Row, who: int) -> None:
    events = _events(number, reference_of(number), begun, history, who)
    rows.cases.append({"id": number, "created_at": begun} | row_of(replay(number, events)))
    draft = {"id": number + 10, "case_id": number, "dialog": "application", "answers": {}, "sent": True}
    rows.drafts.append(draft | {"started_at": begun, "touched_at": begun})
    rows.submissions.append(copy | {"case_id": number, "draft_id": number + 10, "sent_at": begun})
    rows.events += [
        {
            "id": one.id,
            "case_id": number,
            "person_id": one.person or None,
            "what": one.what,
            "data": one.data,
            "at": one.at,
        }
        for one in events
    ]
    if number % 3 == 0:
        read = {"case_id": number, "person_id": who, "read_to": events[-1].id, "follows": number % 9 == 0}
        rows.following.append(read)


def _events(number: int, reference: str, begun: datetime, history: list[CaseEvent], who: int) -> list[CaseEvent]:
    title = f"{PLACES[number % 8]} {number}"
    data: dict[str, Any] = history[0].data | {"reference": reference, "title": title, "district": DISTRICTS[number % 8]}
    found = [CaseEvent("application_sent", "", data, begun, number * 20)]
    if number % 4:
        found.append(CaseEvent("taken", "Nadia", {}, begun + timedelta(hours=1), number * 20 + 1, who))
        found += [
            CaseEvent(
                "write" if each % 2 else "message_sent",
                "Nadia" if each % 2 else "",
                {
                    "text": "A message of a few words, as people write them. " * 4,
                    "locale": "sv",
                    "reference": reference,
                },
                begun + timedelta(hours=each),
                number * 20 + each,
                who if each % 2 else 0,
            )
            for each in range(2, 12)
        ]
    return found


async def measure(name: str, url: str, count: int) -> Timings:
    """Milliseconds of each page: the median, the longest, the first."""
    found: Timings = {}
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url)
        await migrate(database, SEAL)
        await database.close()
        served = await serve(url, Path(folder))
        session = await served.session()
        async with served.turns.database.write() as connection:
            who = await staff.contact_person(connection, "Nadia", now())
        reference = await fill(served, who, count)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
            client.cookie_jar.update_cookies({"desk": session}, response_url=served.server.make_url("/queue"))
            for what, path in PAGES.items():
                address = served.url + path.format(reference=reference, middle=count // 100, last=count // 50)
                taken = [await _once(client, address) for _round in range(ROUNDS)]
                median, worst, first = found[what] = statistics.median(taken[1:]), max(taken[1:]), taken[0]
                print(
                    f"{name:<11} {what:<24} {median:6.1f} ms, at worst {worst:6.1f} ms, the first time {first:6.1f} ms"
                )
        await served.close()
    return found


async def _once(client: ClientSession, address: str) -> float:
    begun = time.perf_counter()
    async with client.get(address) as answer:
        assert answer.status == 200, address
        await answer.read()
    return (time.perf_counter() - begun) * 1000


def both(count: int) -> dict[str, Timings]:
    """Both databases, with so many cases."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": asyncio.run(measure("SQLite", f"sqlite:///{folder}/bench.sqlite3", count))}
    server = Postgres()
    found["PostgreSQL"] = asyncio.run(measure("PostgreSQL", server.fresh(), count))
    server.close()
    return found


def main() -> None:
    """Print a line for each page, and whether each took less than MOST."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.queue", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    count = parser.parse_args().cases
    print(f"{datetime.now(UTC):%Y-%m-%d}, {count} cases, median of {ROUNDS - 1} requests one after the other")
    good = all(page[0] < MOST for pages in both(count).values() for page in pages.values())
    print(f"every page under {MOST} ms" if good else f"*** a page takes {MOST} ms or more ***")


if __name__ == "__main__":
    main()
