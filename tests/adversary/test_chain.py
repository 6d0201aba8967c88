"""Whoever writes into the database behind the program's back, without its secret, is found by `verify`; on either database."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Table, delete, inspect, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.main import case_commands
from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from storage.cases import cases, chain
from storage.cases.verify import ChainNote, still, verify
from storage.database.database import Database
from storage.database.tables import case_events, metadata, participants, seals, submissions
from storage.database.tables import cases as case_rows
from storage.migrations import _config, migrate
from tests.applicant import sends_an_application
from tests.clock import now
from tests.house import SEAL, SECRET, Caller, Composed, compose
from tests.postgres import Postgres
from tests.process.program import Program
from tests.ways import SENT, WISHED, goes, rows

Tampering = Callable[[AsyncConnection], Awaitable[object]]
DATA = {"text": "Words.", "number": 1e16, "place": [55.25, -0.0, None], "ok": True}


async def lived(url: str, directory: Path) -> None:
    """Three cases; the first has an application and three events more."""
    parts = compose(url, directory)
    await sends_an_application(Caller(parts.turns, "sara"))
    for name in ("nour", "kim"):
        await goes(Caller(parts.turns, name), *WISHED, *SENT)
    for what in ("taken", "note", "follow"):
        await happens(parts.database, what)
    assert await findings(parts.database) == []
    await parts.close()


@pytest.fixture(scope="session")
def life_on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an SQLite database that was lived in."""
    directory = tmp_path_factory.mktemp("life")
    shutil.copy(sqlite_template, directory / "guide.sqlite3")
    asyncio.run(lived(f"sqlite:///{directory / 'guide.sqlite3'}", directory))
    return directory


@pytest.fixture(scope="session")
def life_on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The plain address of a PostgreSQL database that was lived in."""
    url = postgres.fresh()
    asyncio.run(lived(url, tmp_path_factory.mktemp("life")))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The plain address of a copy of the one, and then of the other."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("life_on_sqlite"), tmp_path, dirs_exist_ok=True)
        return f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.copy(request.getfixturevalue("life_on_postgres"))


@pytest.fixture
async def lived_in(composed: Composed) -> Composed:
    """What was lived in (see `lived`), to do with as one likes."""
    return composed


async def happens(database: Database, what: str, case: int = 1, seal: chain.Seal = SEAL, **data: object) -> None:
    async with database.write() as connection:
        await cases.happened(connection, seal, case, what, None, data or DATA, now())


async def findings(database: Database, noted: ChainNote | None = None, seal: chain.Seal = SEAL) -> list[str]:
    async with database.read() as connection:
        await still(connection)
        return [f"{one.where}: {one.what}" for one in (await verify(connection, seal, noted)).findings]


async def tampered(database: Database, *with_it: Tampering) -> list[str]:
    """What is found after that, which is then undone."""
    try:
        async with database.write() as connection:
            for act in with_it:
                await act(connection)
            raise Undone([f"{one.where}: {one.what}" for one in (await verify(connection, SEAL)).findings])  # noqa: TRY301
    except Undone as undone:
        return undone.found


class Undone(Exception):
    """Takes a transaction back."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self.found = found


def done(statement: Any) -> Tampering:
    return lambda connection: connection.execute(statement)


def changed(event: int, **values: object) -> Tampering:
    return done(update(case_events).where(case_events.c.id == event).values(values))


def gone(id: int) -> Tampering:
    return lambda connection: connection.execute(delete(case_events).where(case_events.c.id == id))


def last_said(case: int, **values: object) -> Tampering:
    return lambda connection: connection.execute(update(seals).where(seals.c.case_id == case).values(values))


async def ids(database: Database, case: int = 1) -> list[int]:
    return [row.id for row in await rows(database, case_events, case_id=case)]


CHANGES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"data": {"text": "Other words."}}, "what it says was changed"),
    ({"data": {}}, "what it says was changed"),
    ({"what": "withdrawal_sent"}, "is not as it was written"),
    ({"person_id": 1}, "is not as it was written"),
    ({"at": now() - timedelta(days=3)}, "is not as it was written"),
    ({"case_id": 2}, "is not as it was written"),
    ({"digest": chain.digest({})}, "is not as it was written"),
    ({"data": {}, "digest": chain.digest({})}, "is not as it was written"),
    ({"chain": "0" * 64}, "is not as it was written"),
    ({"chain": None}, "was put in past the program"),
)


async def test_a_changed_event(lived_in: Composed) -> None:
    _sent, _taken, note, _follow = await ids(lived_in.database)
    for values, said in CHANGES:
        found = await tampered(lived_in.database, changed(note, **values))
        assert any(f"event {note} " in one and said in one for one in found), (values, found)
        assert found[0].startswith("SAM-")


async def test_a_whole_chain_reckoned_with_another_secret(lived_in: Composed) -> None:
    async with lived_in.database.write() as connection:
        await chain.seal_anew(connection, chain.Seal("what they take for the secret"))
    found = await findings(lived_in.database)
    assert sum("is not as it was written" in one for one in found) == 6
    assert "the register: it was changed: whether cases are missing cannot be told" in found


async def test_an_event_taken_out_of_the_middle(lived_in: Composed) -> None:
    for id in (await ids(lived_in.database))[:3]:
        found = await tampered(lived_in.database, gone(id))
        assert any("does not follow" in one or "is not as it was written" in one for one in found), found
        assert any("1 of 4 events are gone" in one for one in found)


async def test_events_cut_off_at_the_end(lived_in: Composed) -> None:
    _sent, taken, note, follow = await rows(lived_in.database, case_events, case_id=1)
    cut = (gone(follow.id), gone(note.id))
    for more, said in (
        ((), "2 of 4 events are gone"),
        ((last_said(1, events=2, chain=taken.chain),), "its last seal was changed"),
        ((last_said(1, events=2, chain=taken.chain, seal=taken.chain),), "its last seal was changed"),
    ):
        found = await tampered(lived_in.database, *cut, *more)
        assert [one.partition(": ")[2] for one in found] == [said]
    found = await tampered(lived_in.database, *cut, done(delete(seals).where(seals.c.case_id == 1)))
    assert any("it has no last seal" in one for one in found)
    assert "the register: of 3 cases, number 1 is gone" in found


async def test_an_event_put_in(lived_in: Composed) -> None:
    """With nothing, with the digest, and with another event's seal."""
    row = {"case_id": 1, "what": "note", "data": DATA, "at": now(), "digest": chain.digest(DATA)}
    last = (await rows(lived_in.database, case_events, case_id=1))[-1]
    for link, said in (
        ({"digest": None, "chain": None}, "was put in past the program"),
        ({"chain": "0" * 64}, "is not as it was written, or was put in"),
        ({"chain": last.chain}, "is not as it was written, or was put in"),
    ):
        found = await tampered(lived_in.database, done(case_events.insert().values(row | link)))
        assert any(said in one for one in found), (link, found)
        assert any("1 events are there that were never sealed" in one for one in found), found


async def test_an_event_of_before_said_again(lived_in: Composed) -> None:
    """A copy of a lawful event, seal and all, at the end."""
    note = (await rows(lived_in.database, case_events, case_id=1))[2]._asdict()
    del note["id"]
    found = await tampered(lived_in.database, done(case_events.insert().values(note)))
    assert any("does not follow on the event before it" in one for one in found), found


async def test_events_that_changed_places(lived_in: Composed) -> None:
    _sent, taken, note, _follow = await ids(lived_in.database)
    found = await tampered(lived_in.database, changed(taken, id=9999), changed(note, id=taken), changed(9999, id=note))
    assert sum("does not follow on the event before it" in one for one in found) >= 2, found


async def test_a_submission(lived_in: Composed) -> None:
    (first, second, _third) = await rows(lived_in.database, submissions)
    for values in ({"record": first.record | {"title": "Another"}}, {"locale": "so"}, {"shared": first.record}):
        act = update(submissions).where(submissions.c.id == first.id).values(values)
        (found,) = await tampered(lived_in.database, done(act))
        assert found.startswith("SAM-")
        assert "(application_sent, " in found
        assert found.endswith(" was changed")
    (found,) = await tampered(lived_in.database, done(delete(submissions).where(submissions.c.id == second.id)))
    assert found.endswith(" is gone")
    draft = text(
        "INSERT INTO drafts (id, case_id, dialog, answers, sent, started_at, touched_at) "
        "SELECT 1000, case_id, dialog, answers, sent, started_at, touched_at FROM drafts WHERE id = 1"
    )
    copy = second._asdict() | {"id": 77, "draft_id": 1_000}
    (found,) = await tampered(lived_in.database, done(draft), done(submissions.insert().values(copy)))
    assert "submission 77 has no event" in found


async def test_a_writer_put_in(lived_in: Composed) -> None:
    """Without a seal, with somebody else's, with one of their own making; and a row of before that says something else."""
    (first, *_others) = await rows(lived_in.database, participants, case_id=1)
    since = now()
    planted = {"case_id": 1, "person_id": 2, "since": since}
    theirs = chain.Seal("what they take for the secret").writer(1, 2, since)
    for made, said in (
        (None, "was put in past the program, or by a version before the seals"),
        (first.seal, "its seal does not fit"),
        (theirs, "its seal does not fit"),
    ):
        (found,) = await tampered(lived_in.database, done(participants.insert().values(planted | {"seal": made})))
        assert found.startswith("SAM-")
        assert "that person 2 writes it " in found
        assert found.endswith(said)
    for values in ({"person_id": 3}, {"case_id": 2}, {"since": now() - timedelta(days=3)}, {"since": None}):
        act = update(participants).where(participants.c.case_id == 1).values(values)
        (found,) = await tampered(lived_in.database, done(act))
        assert found.endswith("its seal does not fit"), values


async def test_a_whole_case(lived_in: Composed) -> None:
    for case in (1, 3):
        await a_case_is_gone(lived_in, case)


async def a_case_is_gone(lived_in: Composed, case: int) -> None:
    acts = [
        done(delete(submissions).where(submissions.c.case_id == case)),
        done(delete(case_rows).where(case_rows.c.id == case)),
    ]
    assert await tampered(lived_in.database, *acts) == [f"case {case}: it is gone, with all that happened in it"]
    acts.append(done(delete(seals).where(seals.c.case_id == case)))
    assert await tampered(lived_in.database, *acts) == [f"the register: of 3 cases, number {case} is gone"]
    untold = "whether cases are missing cannot be told"
    found = await tampered(lived_in.database, *acts, last_said(chain.REGISTER, events=2))
    assert found == [f"the register: it was changed: {untold}"]
    found = await tampered(lived_in.database, *acts, done(delete(seals).where(seals.c.case_id == chain.REGISTER)))
    assert found == [f"the register: it is gone: {untold}"]


async def test_a_database_turned_back_is_found_by_a_note_kept_elsewhere(lived_in: Composed) -> None:
    """Everything as it lawfully was once: no seal is wrong, so only what was kept elsewhere tells."""
    once = {table: await rows(lived_in.database, table) for table in (case_events, seals)}
    await happens(lived_in.database, "note")
    async with lived_in.database.read() as connection:
        note = (await verify(connection, SEAL)).note
    assert await findings(lived_in.database, note) == []
    async with lived_in.database.write() as connection:
        for table, before in once.items():
            await connection.execute(delete(table))
            await connection.execute(table.insert(), [row._asdict() for row in before])
    assert await findings(lived_in.database) == []
    (found,) = await findings(lived_in.database, note)
    assert "what had happened when the note was made is no longer what it says" in found
    there_no_more = "case 99: it was there when the note was made, and is gone"
    assert await findings(lived_in.database, note | {"99": [1, "0" * 64]}) == [found, there_no_more]


async def test_what_a_recorded_decision_disposed_of_leaves_the_chain_whole(lived_in: Composed) -> None:
    sent, _taken, note, _follow = await ids(lived_in.database)
    (row,) = await rows(lived_in.database, submissions, case_id=1)
    emptied = update(submissions).where(submissions.c.id == row.id).values(record={}, shared=None)
    assert len(await tampered(lived_in.database, changed(note, data={}), done(emptied))) == 2
    await happens(lived_in.database, "disposed", events=[note], submissions=[row.id], decision="TN-2030-1")
    assert await tampered(lived_in.database, changed(note, data={}), done(emptied)) == []
    (found,) = await tampered(lived_in.database, changed(sent, data={}), done(emptied))
    assert f"event {sent} " in found, "what was not named in the decision"
    async with lived_in.database.write() as connection:
        await changed(note, data={})(connection)
        await chain.seal_anew(connection, SEAL)
    assert (await rows(lived_in.database, case_events, id=note))[0].digest == chain.digest(DATA), "still vouched for"


async def test_a_hundred_events_at_once_are_one_chain(lived_in: Composed) -> None:
    await asyncio.gather(*(happens(lived_in.database, "note", case) for case in (1, 2, 3) for _one in range(12)))
    assert await findings(lived_in.database) == []
    assert len(await rows(lived_in.database, case_events)) == 6 + 36


@pytest.fixture
def bare_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The plain address of a database of the same kind without any table."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/old.sqlite3"
    return str(request.getfixturevalue("postgres").bare())


async def test_what_was_there_before_the_chain_is_sealed_by_the_migration(lived_in: Composed, bare_url: str) -> None:
    old = Database(bare_url)
    lived = {table: await rows(lived_in.database, table) for table in metadata.sorted_tables}
    async with old.write() as connection:
        await connection.run_sync(lambda sync: _as_it_was(sync, lived))
    await migrate(old, SEAL)
    assert await findings(old) == []
    sent = (await rows(old, submissions))[0]
    change = update(submissions).where(submissions.c.id == sent.id).values(locale="so")
    (found,) = await tampered(old, done(change))
    assert found.endswith("was changed")
    await old.close()


def _as_it_was(connection: Connection, lived: dict[Table, list[Any]]) -> None:
    """The version before, with everything in it: without chain, seals, and the digest of what was sent."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0002")
    there = inspect(connection)
    for table, all_rows in lived.items():
        columns = {one["name"] for one in there.get_columns(table.name)} if there.has_table(table.name) else set()
        for row in all_rows if columns else ():
            values = {name: value for name, value in row._asdict().items() if name in columns}
            if table is case_events:
                values["data"] = {key: value for key, value in values["data"].items() if key != "sha256"}
            connection.execute(table.insert().values(values))


async def test_who_writes_a_case_is_sealed_when_the_program_comes_back_after_the_one_before(lived_in: Composed) -> None:
    """Which let somebody in without a seal meanwhile."""
    async with lived_in.database.write() as connection:
        await done(participants.insert().values(case_id=1, person_id=2, since=now()))(connection)
    (found,) = await findings(lived_in.database)
    assert "a version before the seals" in found
    async with lived_in.database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0013'"))
        changed_since = update(participants).where(participants.c.case_id == 3).values(since=None)
        await connection.execute(changed_since)
    await migrate(lived_in.database, SEAL)
    (found,) = await findings(lived_in.database)
    assert found.endswith("its seal does not fit"), "what was changed is not vouched for"
    await case_commands.seal_anew(lived_in.database, SEAL, lived_in.keys.fingerprint)
    assert await findings(lived_in.database) == []


async def test_after_a_new_secret_one_command_seals_anew(lived_in: Composed) -> None:
    seal = seal_of(Keys("another secret, long enough for anyone"))
    assert len(await findings(lived_in.database, seal=seal)) >= 6
    assert await case_commands.seal_anew(lived_in.database, seal, lived_in.keys.fingerprint) == 6
    assert await findings(lived_in.database, seal=seal) == []
    await happens(lived_in.database, "note", seal=seal)
    assert await findings(lived_in.database, seal=seal) == []
    assert len(await findings(lived_in.database)) >= 6, "with the old secret it does not fit any more"


async def test_what_was_sealed_under_the_key_before_holds_beside_the_new_one(lived_in: Composed) -> None:
    new = "another secret, long enough for anyone"
    both, alone = seal_of(Keys(new, [SECRET])), seal_of(Keys(new))
    assert await findings(lived_in.database, seal=both) == []
    await happens(lived_in.database, "note", seal=both)
    assert await findings(lived_in.database, seal=both) == [], "a chain of two keys"
    assert await findings(lived_in.database, seal=alone)
    async with lived_in.database.write() as connection:
        await connection.execute(update(case_events).values(what="withdrawn"))
    assert await findings(lived_in.database, seal=both)


def test_the_command(sqlite_url: str, tmp_path: Path) -> None:
    program = Program(tmp_path, DATABASE_URL=sqlite_url, SECRET_KEY=SECRET, FILES_DIR=str(tmp_path / "files"))

    def runs(*arguments: str) -> tuple[int, str]:
        done = program.ended_by(*arguments)
        return done.returncode, f"{done.stdout}{done.stderr}".strip()

    async def lived() -> None:
        parts = compose(sqlite_url, tmp_path)
        await goes(Caller(parts.turns), *WISHED, *SENT)
        await parts.close()

    async def cut() -> None:
        database = Database(sqlite_url)
        async with database.write() as connection:
            await changed(1, what="withdrawal_sent")(connection)
        await database.close()

    asyncio.run(lived())
    assert runs("verify", "--note", "note.json") == (0, "1 events of 1 cases are as they were written.")
    assert json.loads((tmp_path / "note.json").read_text()).keys() == {"1"}
    asyncio.run(cut())
    status, said = runs("verify", "--against", "note.json")
    assert status == 1
    assert "SAM-" in said
    assert "event 1 (withdrawal_sent, " in said
    assert "1 findings in 1 events of 1 cases." in said
    assert runs("seal") == (0, "1 events are sealed.")
    assert runs("verify", "--against", "nothing.json") == (1, "nothing.json is no note of an earlier verify.")
