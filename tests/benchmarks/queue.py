"""What a page of the desk costs with 2,000 cases: python -m tests.benchmarks.queue. Server time of the whole request, over HTTP."""

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar
from sqlalchemy import select

from bot.clock import now
from dialogs.case import CaseEvent
from dialogs.replay import replay
from storage import cases, staff
from storage.cases import row_of
from storage.database import Database
from storage.migrations import migrate
from storage.tables import case_events, counters, drafts, following, submissions
from storage.tables import cases as case_rows
from tests.postgres import Postgres
from tests.web.conftest import Served, serve
from tests.web.desk import applied, case_of

CASES = 2000
ROUNDS = 15
MOST = 200
"""Milliseconds that a page may take."""
PLACES = ("Möllevångstorget", "Rosengård", "Sorgenfri", "Limhamn", "Kirseberg", "Lindängen", "Holma", "Gamla staden")
DISTRICTS = ("innerstaden", "oster", "norr", "vaster", "norr", "soder", "vaster", "norr")
PAGES = {
    "the first page": "/queue",
    "the last page": f"/queue?page={CASES // 50}",
    "filtered": "/queue?state=taken&district=oster&has=me&unread=1&days=7",
    "searched": "/queue?words=holma",
    "searched, nothing found": "/queue?words=zzz",
    "by area": "/queue?sort=area",
    "a case": "/queue/{reference}",
    "its assessment": "/queue/{reference}/do/assessment",
}


async def fill(served: Served, who: int) -> str:
    """2,000 cases with what a case has: a submission, a dozen events. The reference of one of them."""
    pattern = await applied(served)
    first = (await case_of(served, pattern)).id
    database = served.turns.database
    async with database.read() as connection:
        sent = (await connection.execute(select(submissions).where(submissions.c.case_id == first))).one()
        history = await cases.history(connection, first)
    async with database.write() as connection:
        at = now()
        for number in range(2, CASES + 1):
            reference, begun = f"SAM-2026-{number:04}", at - timedelta(days=number % 400, minutes=number)
            await connection.execute(case_rows.insert().values(id=number, created_at=begun))
            draft = {"id": number + 10, "case_id": number, "dialog": "application", "answers": {}, "sent": True}
            await connection.execute(drafts.insert().values(draft | {"started_at": begun, "touched_at": begun}))
            copy = {key: value for key, value in sent._mapping.items() if key != "id"}
            await connection.execute(
                submissions.insert().values(copy | {"case_id": number, "draft_id": number + 10, "sent_at": begun})
            )
            events = _events(number, reference, begun, history, who)
            rows = [
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
            await connection.execute(case_events.insert(), rows)
            found = row_of(replay(number, events))
            await connection.execute(case_rows.update().where(case_rows.c.id == number).values(found))
            if number % 3 == 0:
                read = {"case_id": number, "person_id": who, "read_to": events[-1].id, "follows": number % 9 == 0}
                await connection.execute(following.insert().values(read))
        await connection.execute(counters.delete())
    return f"SAM-2026-{CASES // 2 + 1:04}"


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


async def measure(name: str, url: str) -> bool:
    """Print a line for each page; whether each took less than MOST."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url)
        await migrate(database)
        await database.close()
        served = await serve(url, Path(folder))
        session = await served.session()
        async with served.turns.database.write() as connection:
            who = await staff.contact_person(connection, "Nadia", now())
        reference = await fill(served, who)
        good = True
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
            client.cookie_jar.update_cookies({"desk": session}, response_url=served.server.make_url("/queue"))
            for what, path in PAGES.items():
                taken = [await _once(client, served.url + path.format(reference=reference)) for _round in range(ROUNDS)]
                median, worst = statistics.median(taken[1:]), max(taken[1:])
                good = good and median < MOST
                print(
                    f"{name:<11} {what:<24} {median:6.1f} ms, at worst {worst:6.1f} ms, the first time {taken[0]:6.1f} ms"
                )
        await served.close()
        return good


async def _once(client: ClientSession, address: str) -> float:
    begun = time.perf_counter()
    async with client.get(address) as answer:
        assert answer.status == 200, address
        await answer.read()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Both databases."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {CASES} cases, median of {ROUNDS - 1} requests one after the other")
    with tempfile.TemporaryDirectory() as folder:
        good = asyncio.run(measure("SQLite", f"sqlite:///{folder}/bench.sqlite3"))
    server = Postgres()
    good = asyncio.run(measure("PostgreSQL", server.fresh())) and good
    server.close()
    print(f"every page under {MOST} ms" if good else f"*** a page takes {MOST} ms or more ***")


if __name__ == "__main__":
    main()
