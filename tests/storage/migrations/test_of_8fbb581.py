"""A database that version 8fbb581 left: it is migrated, verified, and everybody in it goes on where they were, on both databases."""

import asyncio
import re
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Table, select, text, update
from yarl import URL

from bot.turns.sign_in import at_the_queue
from bot.web.http.cookies import DESK
from dialogs.desk.screens import SHOWN
from dialogs.language.channels import CHANNELS
from storage.cases.verify import verify
from storage.database.database import Database
from storage.database.door_tables import held_updates
from storage.database.tables import addresses, case_events, cases, outbox, people, seen_updates
from storage.migrations import migrate, restoring, revision, snapshot
from storage.migrations.move import move
from storage.people.people import unseen
from tests.clock import now
from tests.house import SEAL, SECRET, compose, lain
from tests.process.program import ROOT, Program
from tests.samples import PDF
from tests.storage.migrations.left import KINDS, SESSION, Left, of_sqlite, said
from tests.storage.migrations.revisions import versions
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, on_telegram
from tests.ways import number_of, rows
from tests.web.conftest import serve
from tests.web.visitor import Visitor

QUEUE = {kind: said()["queue"][kind]["Karin"]["waiting"] for kind in KINDS}
"""What Karin saw in the queue, in its order, in each kind of database."""
OF_SARA = "SAM-2026-0001"
SEEN = 1
"""The number of an update that both programs have seen."""
NAMED = (addresses, outbox, held_updates, seen_updates)
"""The tables that name channels."""


@pytest.fixture
async def migrated(brought_up: str) -> str:
    """What was left, brought to today's tables, as if it had been left a moment ago."""
    database = Database(brought_up)
    async with database.write() as connection:
        await connection.execute(update(outbox).values(due_at=now()))
        await connection.execute(update(addresses).where(addresses.c.expires_at.is_not(None)).values(expires_at=None))
    await database.close()
    return brought_up


@pytest.fixture
async def stage(migrated: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bots on it, listening."""
    api = BotApi()
    await api.start()
    parts = compose(migrated, tmp_path, **on_telegram(api.url))
    lain(parts.files, PDF)
    made = Stage(api, parts)
    for account in api.accounts.values():
        account.update_ids = count(800_000_001)  # Telegram goes on numbering, and has met them
        account.known |= dict.fromkeys((501, 502, 503, 505, 901, 902, 903), "private")
    made.listen()
    yield made
    await made.close()
    await parts.close()
    await api.stop()


async def channels(database: Database, *tables: Table) -> set[str]:
    """Every channel that is named anywhere, or in these tables."""
    async with database.read() as connection:
        found = [await connection.execute(select(table.c.channel).distinct()) for table in tables or NAMED]
    return {name for one in found for name in one.scalars()}


async def test_it_is_migrated_and_verified_by_the_commands(left: str, tmp_path: Path) -> None:
    program = Program(tmp_path, "verify", DATABASE_URL=left, SECRET_KEY=SECRET, FILES_DIR=str(tmp_path / "files"))
    database = Database(left)
    assert await revision(database) == "0005"
    events = await number_of(database, case_events)
    there = await channels(database, addresses, outbox, seen_updates)
    assert there == {"applicants", "contact_persons", "queue", "web", "mail"}
    await database.close()
    assert f"the tables have version {versions()[-1]}" in await asyncio.to_thread(program.run, "migrate")
    assert f"{events} events of {len(said()['cases'])} cases are as they were written" in await asyncio.to_thread(
        program.run, "verify"
    )
    assert await channels(database) == {"telegram", "telegram_staff", "web_staff", "web", "mail"}
    assert await channels(database) <= CHANNELS.keys()
    await database.close()


async def test_people_go_on_in_their_chats(stage: Stage) -> None:
    before = await number_of(stage.parts.database, people)
    omar = stage.phone(502, "ar", "Omar")
    await omar.start()
    await omar.read()
    await omar.say("Möllevångstorget\nBergsgatan")
    await omar.read()
    assert omar.question == "challenges"
    sara = stage.phone(501, "sv", "Sara")
    await sara.start()
    assert OF_SARA in await sara.read()
    assert await number_of(stage.parts.database, people) == before, "nobody is a stranger"


async def test_what_was_on_its_way_arrives_once(stage: Stage) -> None:
    sara = stage.phone(501, "sv", "Sara")
    read = await sara.read()
    assert "Karin" in read
    assert OF_SARA in read
    assert "Grattis!" in read
    assert await rows(stage.parts.database, outbox, channel="telegram") == []
    assert await sara.read() == ""


async def test_contact_persons_go_on_in_their_bot(stage: Stage, each_left: Left) -> None:
    karin = stage.staff_phone()
    await karin.say("/queue")
    shown = await karin.read()
    assert all(reference in shown for reference in QUEUE[each_left.kind][:SHOWN])
    await karin.say("/start")
    assert "Go on with what you began" in await karin.read()


async def test_an_update_that_had_come_is_not_taken_again(stage: Stage) -> None:
    old = await rows(stage.parts.database, seen_updates, channel="telegram")
    assert old
    async with stage.parts.database.write() as connection:
        assert await unseen(connection, [("telegram", (old[0].update_id,))], now()) == set()


async def test_a_session_in_the_queue_goes_on(migrated: str, each_left: Left, tmp_path: Path) -> None:
    served = await serve(migrated, tmp_path)
    async with Visitor(served.url) as karin:
        karin.session.cookie_jar.update_cookies({DESK: SESSION}, URL(served.url))
        page = await karin.open("/queue")
        assert page.status == 200
        there = list(dict.fromkeys(re.findall(r"SAM-2026-\d{4}", page.text)))
        assert there == QUEUE[each_left.kind]
    assert len(await rows(served.turns.database, addresses, address=at_the_queue(served.keys, SESSION).address)) == 1
    await served.close()


async def test_a_snapshot_of_it_moves_to_postgresql(postgres_url: str, tmp_path: Path) -> None:
    await move(postgres_url, of_sqlite(tmp_path), SEAL)
    parts = compose(postgres_url, tmp_path)
    assert await channels(parts.database) == {"telegram", "telegram_staff", "web_staff", "web", "mail"}
    async with parts.database.read() as connection:
        verdict = await verify(connection, SEAL)
    assert (verdict.findings, verdict.cases) == ([], len(said()["cases"]))
    assert {row.reference for row in await rows(parts.database, cases) if row.reference} == said()["cases"].keys()
    await parts.close()


async def test_a_backup_of_it_is_put_back(
    left: str, sqlite_url: str, postgres_url: str, tools: str, tmp_path: Path
) -> None:
    taken = await snapshot.take(left, tmp_path)
    url = sqlite_url if left.startswith("sqlite") else postgres_url
    await snapshot.put_back(url, tmp_path / taken.name, restoring.note([]))
    database = Database(url)
    assert await revision(database) == "0005"
    await migrate(database, SEAL)
    assert await channels(database) == {"telegram", "telegram_staff", "web_staff", "web", "mail"}
    async with database.read() as connection:
        assert (await verify(connection, SEAL)).findings == [], "who wrote which case is sealed on the way"
    await database.close()


async def add_what_the_other_program_wrote(database: Database, channel: str, address: str) -> None:
    """Somebody who was taken for a stranger, and an update that both have seen."""
    async with database.write() as connection:
        (stranger,) = (
            await connection.execute(people.insert().values(locale="sv", created_at=now()).returning(people.c.id))
        ).one()
        row = {"channel": channel, "address": address, "person_id": stranger, "used_at": now()}
        await connection.execute(addresses.insert().values(row))
        await connection.execute(seen_updates.insert().values(channel=channel, update_id=SEEN, at=now()))


def told(embedded: bool) -> list[str]:
    """The statements of the way back that docs/operations.md gives for a kind of database."""
    said = (ROOT / "docs/operations.md").read_text(encoding="utf-8").partition("**Going back** from 0008")[2]
    postgresql, sqlite, both = (one.partition("```")[0].strip() for one in said.split("```sql\n")[1:4])
    return [one for one in f"{sqlite if embedded else postgresql}{both}".split(";") if one.strip()]


async def test_the_way_back_to_the_program_before(migrated: str) -> None:
    """As docs/operations.md says it, from a database in which both programs have written; and forward again, from another such."""
    database = Database(migrated)
    statements = told(database.embedded)
    async with database.write() as connection:
        for statement in statements[:5]:
            await connection.execute(text(statement))
        await connection.execute(seen_updates.insert().values(channel="telegram", update_id=SEEN, at=now()))
    people_by_chat = await whose(database)
    await add_what_the_other_program_wrote(database, "applicants", "501")
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    assert await channels(database) == {"applicants", "contact_persons", "queue", "web", "mail"}
    await add_what_the_other_program_wrote(database, "telegram", "502")
    await migrate(database, SEAL)
    assert await channels(database) == {"telegram", "telegram_staff", "web_staff", "web", "mail"}
    assert await whose(database) == people_by_chat, "whoever was there first"
    assert len(await rows(database, seen_updates, update_id=SEEN)) == 1
    await database.close()


async def whose(database: Database) -> dict[str, int]:
    """Whose a chat on Telegram is."""
    return {row.address: row.person_id for row in await rows(database, addresses, channel="telegram")}
