"""Alive and ready: what a balancer and a process manager are told, and when."""

import contextlib
import json
import signal
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from sqlalchemy import update

from bot.main import metrics_page
from bot.main import readiness as asked
from bot.main.health import Health
from bot.worker.delivery import LADDER
from dialogs.language.replies import Tell
from dialogs.language.words import Words
from storage.database.database import Database
from storage.database.tables import outbox as rows
from storage.migrations import behind, migrate, revision
from storage.outbox import outbox
from storage.outbox.backlog import Backlog, backlog
from storage.outbox.outbox import About
from storage.people.people import Address
from tests.clock import Clock, now
from tests.house import SEAL, SECRET
from tests.main.answer import answer
from tests.postgres import Postgres
from tests.process.program import Program

SAID = Tell((Words("Hello"),), lasting=True)


async def test_ready(database: Database) -> None:
    async with database.write() as connection:
        await outbox.put(
            connection, Address("mail", "a@example.se"), None, About(), SAID, "sv", now() - timedelta(minutes=3)
        )
    status, said = await answer(Health(database, Clock()))
    assert status == 200
    assert said["checks"] == dict.fromkeys(
        ("database", "migrations", "tables", "rights", "encoding", "key", "write", "draining"), "ok"
    )
    assert isinstance(told := said["outbox"], dict)
    assert (told["due"], told["failed"]) == (1, 0)
    assert 179 < told["oldest_seconds"] < 200
    assert "example.se" not in json.dumps(said)


async def test_a_stranger_hears_whether_and_not_why_or_how_much(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await outbox.put(connection, Address("mail", "a@example.se"), None, About(), SAID, "sv", now())
    bare = Database(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    for one, status in ((database, 200), (bare, 503)):
        application = web.Application()
        application.add_routes(Health(one, Clock()).routes())
        async with (
            TestServer(application) as server,
            ClientSession() as session,
            session.get(server.make_url("/readyz")) as response,
        ):
            assert (response.status, await response.json()) == (status, {"ready": status == 200})
    await bare.close()


async def test_a_database_that_is_away_makes_unready_and_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database("postgresql://nobody:hush@127.0.0.1:1/nothing")
    health = Health(database, Clock())
    async with TestServer(metrics_page.application(health)) as server, ClientSession() as session:
        async with session.get(server.make_url("/readyz")) as response:
            said = await response.text()
            assert response.status == 503
        async with session.get(server.make_url("/healthz")) as response:
            assert response.status == 200
        async with session.get(server.make_url("/metrics")) as response:
            metrics = await response.text()
    assert json.loads(said)["checks"]["database"] not in ("ok", "")
    assert "hush" not in said
    assert "samverkansguiden_database_up 0.0" in metrics
    await database.close()


async def test_a_database_without_our_tables(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    status, said = await answer(Health(database, Clock()))
    assert status == 503
    assert said["checks"] == {"database": "ok", "migrations": "behind: python -m bot migrate", "draining": "ok"}
    await database.close()


async def test_a_newer_programs_database_is_served_and_left_alone(database: Database) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert not await behind(database)
    await migrate(database, SEAL)
    assert await revision(database) == "9999"
    assert (await answer(Health(database, Clock())))[0] == 200


async def test_an_older_one_is_not(database: Database) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert await behind(database)


async def test_asking_often_costs_the_database_one_look(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    async def counted(database: Database) -> bool:
        nonlocal looks
        looks += 1
        return await behind(database)

    monkeypatch.setattr(asked, "behind", counted)
    health = Health(database, Clock())
    for _ in range(50):
        await health.found()
    assert looks == 1


async def test_since_when_something_is_due(database: Database) -> None:
    at = now()

    async def put(channel: str, made: timedelta, due: timedelta, **values: object) -> None:
        async with database.write() as connection:
            await outbox.put(connection, Address(channel, "x"), None, About(), SAID, "sv", at - made, due_at=at - due)
            if values:
                newest = (await connection.execute(rows.select().order_by(rows.c.id.desc()).limit(1))).one()
                await connection.execute(update(rows).where(rows.c.id == newest.id).values(**values))

    hour = timedelta(hours=1)
    await put("telegram_staff", made=12 * hour, due=-hour)
    async with database.read() as connection:
        assert await backlog(connection, at, LADDER) == [], "what waits for the morning is not due"
    await put("telegram_staff", made=12 * hour, due=timedelta(minutes=1))
    # Tried five times; the fifth put it off by ten minutes, of which one has passed.
    await put("mail", made=12 * hour, due=-timedelta(minutes=9), attempts=5, trouble="mail: refused")
    await put("telegram", made=hour, due=-timedelta(seconds=5), trouble="asked to wait")
    await put("mail", made=hour, due=hour, state="failed", trouble="mail: 550")
    async with database.read() as connection:
        found = {one.channel: one for one in await backlog(connection, at, LADDER)}
    assert found["telegram_staff"] == Backlog("telegram_staff", 1, 60.0, 0)
    assert found["mail"] == Backlog("mail", 1, (1 + 5 + 30 + 120 + 600) - 540, 1)
    assert found["telegram"] == Backlog("telegram", 1, 3600.0, 0)


def test_told_to_stop_it_says_so_and_goes_on_for_a_while(tmp_path: Path, postgres: Postgres) -> None:
    program = Program(tmp_path, "web", DATABASE_URL=postgres.fresh(), SECRET_KEY=SECRET, DRAIN_SECONDS="2").start()
    with httpx.Client(base_url=program.url, timeout=10) as client:
        assert client.get("/readyz").status_code == 200
        program.signal(signal.SIGTERM)
        while (ready := client.get("/readyz")).status_code == 200:
            time.sleep(0.02)
        assert ready.json() == {"ready": False}, "a stranger is not told why"
        page = client.get("/")
        assert page.status_code == 200, "who is still sent here is still served"
        assert page.headers.get("Connection") == "close", f"and goes elsewhere for the next one: {page.headers}"
    assert program.stop() == 0
    with contextlib.suppress(httpx.TransportError):
        httpx.get(program.url + "/readyz", timeout=2)
        raise AssertionError("it has ended")
