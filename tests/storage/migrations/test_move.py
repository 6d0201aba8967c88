"""From SQLite to PostgreSQL: every value as it was, numbers that go on, or nothing at all."""

import asyncio
import shutil
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, insert, make_url, text

from bot.main.backup import backup
from bot.main.restore import restore
from dialogs.language.events import Attach, Filed, Press, Say
from storage.cases import case_invitations
from storage.cases.verify import verify
from storage.database.database import Database
from storage.database.process_tables import installation
from storage.database.tables import case_events, cases, drafts, metadata, people, submissions
from storage.migrations import _config
from storage.migrations.move import TABLES, move
from storage.migrations.programs import Unusable
from tests.clock import now
from tests.house import SEAL, Caller, compose
from tests.main.place import Place
from tests.main.planted import erases
from tests.postgres import Postgres
from tests.ways import BEGUN, SENT, WRITTEN, everything, goes, rows, up_to

ODD = '0 \\u0000 ✓ 𝄞 العربية "\\" \u200d'
"""What a person may write: the look of an escape, an astral character, quotes, a joiner."""


@pytest.fixture
def bare_url(postgres: Postgres) -> str:
    """The plain address of a PostgreSQL database without any table."""
    return postgres.bare()


async def kept(url: str) -> dict[str, list[Any]]:
    """Every row of what is kept, by its table."""
    database = Database(url)
    found = {table.name: await rows(database, table) for table in TABLES}
    await database.close()
    return found


async def filled(url: str, directory: Path) -> None:
    """Somebody has sent, somebody writes, somebody has deleted the last draft there was."""
    parts = compose(url, directory)
    await goes(Caller(parts.turns, "sent"), *WRITTEN, *SENT)
    await goes(Caller(parts.turns, "writes", "ar"), *BEGUN, up_to("area"), Say(ODD))
    await erases(await goes(Caller(parts.turns, "erases"), *BEGUN, "yes"))
    async with parts.database.write() as connection:
        await case_invitations.invite(connection, 1, parts.keys.hash("token"), now())
        await connection.execute(insert(installation).values(name="files", value="the old store's"))
        odd = {"whole": 1e16, "half": 0.1, "small": 5e-324, "many": 2**63, "none": None, "list": [True, "", {}]}
        await connection.execute(insert(case_events).values(case_id=1, what="note", data=odd, at=now()))
    await parts.close()


async def test_every_value_is_the_same_in_both(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    await filled(sqlite_url, tmp_path)
    before = await kept(sqlite_url)
    assert await move(postgres_url, tmp_path / "guide.sqlite3", SEAL) == sum(map(len, before.values()))
    after = await kept(postgres_url)
    for name, found in before.items():
        assert after[name] == found, name
    assert {name for name, found in before.items() if found} >= {"people", "drafts", "case_events", "outbox", "seals"}
    database = Database(postgres_url)
    assert await rows(database, installation) == [], (
        "the marks of the processes that were are not those of the new ones"
    )
    await database.close()


async def test_nothing_and_jsons_null_stay_two_things(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    await filled(sqlite_url, tmp_path)
    with closing(sqlite3.connect(tmp_path / "guide.sqlite3")) as there, there:
        there.execute("UPDATE submissions SET shared = 'null'")
        there.execute("UPDATE cases SET title = NULL")
    await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)
    database = Database(postgres_url)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT shared::text FROM submissions"))).scalars().all() == ["null"]
        assert set((await connection.execute(text("SELECT title IS NULL FROM cases"))).scalars()) == {True}
    await database.close()


async def test_numbers_go_on_above_those_that_were_given_out(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    """Also above that of a draft that is gone: an old button must not meet a new draft."""
    await filled(sqlite_url, tmp_path)
    before = await kept(sqlite_url)
    await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)
    parts = compose(postgres_url, tmp_path)
    await goes(Caller(parts.turns, "new"), *WRITTEN, *SENT)
    gone = max(row.key for row in before["erasures"] if row.what == "draft")
    assert gone == max(row.id for row in before["drafts"]) + 1, "the last draft of all was deleted"
    assert (await rows(parts.database, drafts))[-1].id == gone + 1
    for table in (people, cases, case_events):
        assert (await rows(parts.database, table))[-1].id > max(row.id for row in before[table.name])
    assert [row.reference[-4:] for row in await rows(parts.database, cases) if row.reference] == ["0001", "0002"]
    await parts.close()


async def test_a_backup_of_an_older_version_is_moved_and_its_events_are_sealed(bare_url: str, tmp_path: Path) -> None:
    """From before the chain of events: what is copied is a copy that was brought up to date, and the backup stays what it was."""
    path, config = tmp_path / "old.sqlite3", _config()
    old = Database(f"sqlite:///{path}")

    def upgrade(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(
            "INSERT INTO people (id, locale, created_at) VALUES (7, 'so', '2026-02-01 10:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO cases (id, state, created_at) VALUES (3, 'draft', '2026-02-01 10:00:00.000001')"
        )
        connection.exec_driver_sql(
            "INSERT INTO case_events (case_id, person_id, what, data, at) "
            """VALUES (3, 7, 'note', '{"text": "Torget"}', '2026-02-02 10:00:00')"""
        )

    async with old.write() as connection:
        await connection.run_sync(upgrade)
    await old.close()
    before = path.read_bytes()
    parts = compose(bare_url, tmp_path)
    await move(bare_url, path, SEAL)
    async with parts.database.read() as connection:
        verdict = await verify(connection, SEAL)
    assert (verdict.findings, verdict.events) == ([], 1)
    assert [(row.id, row.locale, row.created_at.isoformat()) for row in await rows(parts.database, people)] == [
        (7, "so", "2026-02-01T10:00:00+00:00")
    ]
    assert path.read_bytes() == before
    await parts.close()


async def test_a_backup_of_a_newer_version_is_refused(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "guide.sqlite3")) as there, there:
        there.execute("ALTER TABLE cases ADD COLUMN of_tomorrow TEXT")
    with pytest.raises(Unusable, match=r"newer version of the program: its table cases is not known here"):
        await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)


@pytest.mark.parametrize("written", ["'Torget' || char(0)", """'{"a": ["\\ud800"]}'"""])
async def test_what_postgresql_has_no_room_for_is_named_by_its_row_and_nothing_is_changed(
    sqlite_url: str, postgres_url: str, tmp_path: Path, written: str
) -> None:
    await filled(sqlite_url, tmp_path)
    there = compose(postgres_url, tmp_path / "there")
    await goes(Caller(there.turns, "somebody"), *BEGUN)
    before = await everything(there.database)
    with closing(sqlite3.connect(tmp_path / "guide.sqlite3")) as spoilt, spoilt:
        spoilt.execute(
            f"UPDATE {'drafts SET answers' if '{' in written else 'people SET terms'} = {written} WHERE id = 1"
        )
    with pytest.raises(
        Unusable, match=r"row 1 of the table (people|drafts): its (terms|answers) holds NUL or half"
    ) as no:
        await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)
    assert "Torget" not in str(no.value)
    assert await everything(there.database) == before
    await there.close()


async def test_a_value_that_is_too_long_for_its_column_is_said_without_it(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    """SQLite takes a text of any length in any column; nothing of ours writes one."""
    await filled(sqlite_url, tmp_path)
    with closing(sqlite3.connect(tmp_path / "guide.sqlite3")) as there, there:
        there.execute("UPDATE people SET locale = 'a locale of nobody at all' WHERE id = 1")
    with pytest.raises(Unusable, match="does not take the table people: StringDataRightTruncation"):
        await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)


async def test_a_role_that_is_not_the_owner_is_told_so_and_changes_nothing(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url, tmp_path)
    there, role = compose(postgres_url, tmp_path / "there"), f"guide_{uuid4().hex}"
    await goes(Caller(there.turns, "somebody"), *BEGUN)
    before = await everything(there.database)
    async with there.database.write() as connection:
        await connection.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD 'x'"))
        await connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"))
    as_role = make_url(postgres_url).set(username=role, password="x").render_as_string(hide_password=False)
    with pytest.raises(Unusable, match="PostgreSQL refuses it: SQLSTATE 42501"):
        await move(as_role, tmp_path / "guide.sqlite3", SEAL)
    assert await everything(there.database) == before
    async with there.database.write() as connection:
        await connection.execute(text(f"DROP OWNED BY {role}"))
        await connection.execute(text(f"DROP ROLE {role}"))
    await there.close()


async def test_a_neighbours_table_that_refers_to_ours_is_named_and_nothing_of_either_is_changed(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url, tmp_path)
    there = compose(postgres_url, tmp_path / "there")
    await goes(Caller(there.turns, "somebody"), *BEGUN)
    async with there.database.write() as connection:
        await connection.execute(text("CREATE SCHEMA others"))
        await connection.execute(text("CREATE TABLE others.books (person bigint REFERENCES people(id))"))
        await connection.execute(text("INSERT INTO others.books VALUES (1)"))
    before = await everything(there.database)
    with pytest.raises(Unusable, match=r"others' tables refer to ours; take that away first: others\.books"):
        await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)
    assert await everything(there.database) == before
    async with there.database.read() as connection:
        assert (await connection.execute(text("SELECT person FROM others.books"))).scalars().all() == [1]
    await there.close()


async def test_no_way_in_leaves_text_that_postgresql_refuses(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    parts, bad = compose(sqlite_url, tmp_path), "a\0b\ud800c\udfffd"
    caller = Caller(parts.turns, "somebody", "en")
    await goes(caller, *BEGUN, Press(bad), Press("partly", bad), up_to("area"), Say(bad))
    filed = Filed(await parts.files.put(b"%PDF-"), bad, "application/pdf", 5)
    await goes(caller, Attach((filed,)), Say(bad))
    await parts.close()
    await move(postgres_url, tmp_path / "guide.sqlite3", SEAL)
    moved = compose(postgres_url, tmp_path)
    assert "abcd" in await everything(moved.database), "the rest of it is there"
    await moved.close()


async def test_what_is_copied_is_never_in_memory_at_once(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    """60 megabytes of events, through a few at a time."""
    parts = compose(sqlite_url, tmp_path)
    many = [{"case_id": 1, "what": "note", "data": {"text": "x" * 2000}, "at": now()} for _ in range(30_000)]
    async with parts.database.write() as connection:
        await connection.execute(insert(cases).values(id=1, created_at=now()))
        await connection.execute(insert(case_events), many)
    await parts.close()
    del many
    tracemalloc.start()
    assert await move(postgres_url, tmp_path / "guide.sqlite3", SEAL) == 30_001
    _size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


async def test_there_is_no_way_back(sqlite_url: str, postgres_url: str, tmp_path: Path, tools: str) -> None:
    parts = compose(postgres_url, tmp_path)
    await goes(Caller(parts.turns, "somebody"), *BEGUN)
    made = await backup(Place(tmp_path, postgres_url).settings, tmp_path / "backups", now())
    await parts.close()
    with pytest.raises(Unusable, match="a way from SQLite to PostgreSQL, and none back"):
        await restore(Place(tmp_path, sqlite_url).settings, made.path, now())


async def test_what_was_erased_since_stays_erased(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    place, there = Place(tmp_path, sqlite_url), Place(tmp_path / "there", postgres_url)
    parts = compose(sqlite_url, tmp_path)
    erased = await goes(Caller(parts.turns, "erased"), *BEGUN, up_to("actors"))
    await goes(Caller(parts.turns, "sent"), *WRITTEN, *SENT)
    made = await backup(place.settings, tmp_path / "backups", now())
    await erases(erased)
    await asyncio.sleep(1.1)  # a backup's name is its second
    await backup(place.settings, tmp_path / "backups", now())
    await parts.close()
    done = await restore(there.settings, made.path, now())
    assert (done.erased, done.moved) == (1, done.moved)
    moved = compose(postgres_url, there.directory)
    assert len(await rows(moved.database, submissions)) == 1
    assert len(await rows(moved.database, drafts)) == 1
    with pytest.raises(Unusable, match="--force"):
        await restore(there.settings, made.path, now())
    assert (await restore(there.settings, made.path, now(), force=True)).moved
    await moved.close()
    shutil.rmtree(tmp_path / "backups")


def test_every_table_is_moved_or_left_with_a_reason() -> None:
    left = {table.name for table in metadata.sorted_tables} - {table.name for table in TABLES}
    assert left == {"locks", "installation"}, "a new table is moved unless it is the processes' own"
