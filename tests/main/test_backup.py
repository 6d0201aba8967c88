"""The drill: backed up while people write, something erased, put back into a fresh place; everything acknowledged is there, the erased is not."""

import asyncio
import json
import stat
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.main.backup import MANIFEST, backup, backups
from bot.main.restore import restore, verified
from bot.turns.turns import Turns
from bot.worker.erasure_log import ErasureLog
from bot.worker.register import InFile, read
from dialogs.language.events import Attach, Filed, Press, Say
from storage.cases import disposal
from storage.cases.verify import verify
from storage.database.database import Database
from storage.database.tables import case_events, counters, drafts, submissions
from storage.database.tables import cases as case_rows
from storage.database.tables import erasures as erasures_rows
from storage.erasure.erasures import Erasure, remember
from storage.migrations.programs import Unusable
from storage.migrations.snapshot import GAP
from storage.outbox import alarms
from tests.clock import now
from tests.house import SEAL, SECRET, Caller, Composed, compose, folder_of
from tests.main.place import Place
from tests.main.planted import ENCLOSED, PLANTED, TO_PAPERS, erases
from tests.postgres import Postgres
from tests.process.program import Program
from tests.samples import PDF
from tests.ways import BEGUN, SENT, WRITTEN, everything, goes, rows
from tests.web.conftest import serve
from tests.web.visitor import Visitor


@pytest.fixture
def fresh(request: pytest.FixtureRequest, database_url: str, tmp_path: Path, tools: str) -> Place:
    """Another place with nothing in it, of the same kind as `database_url`."""
    directory = tmp_path / "fresh"
    directory.mkdir()
    if database_url.startswith("sqlite"):
        return Place(directory, f"sqlite:///{directory / 'guide.sqlite3'}")
    postgres: Postgres = request.getfixturevalue("postgres")
    return Place(directory, postgres.bare())


@pytest.fixture
def place(database_url: str, tmp_path: Path, tools: str) -> Place:
    return Place(tmp_path, database_url)


async def encloses(parts: Composed, name: str, content: bytes) -> Caller:
    """Somebody writes an application up to a file, and encloses it."""
    caller = await goes(Caller(parts.turns, name), *TO_PAPERS)
    filed = Filed(await parts.files.put(content), "plan.pdf", "application/pdf", len(content))
    await caller.does(Attach((filed,)))
    return caller


async def drafted(database: Database) -> dict[int, tuple[int, Any]]:
    """The version and the answers of each draft."""
    return {row.id: (row.version, row.answers) for row in await rows(database, drafts)}


async def writes(parts: Composed, name: str) -> None:
    """Somebody writes and rewrites an answer until cancelled."""
    caller = await goes(Caller(parts.turns, name), *BEGUN, Press("meeting"))
    for turn in range(10_000):
        await goes(caller, Say(f"answer {turn}"), Press("back"))


async def test_the_drill(place: Place, fresh: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    await goes(Caller(parts.turns, "sent"), *WRITTEN, *SENT)
    erased = await encloses(parts, "erased", ENCLOSED)
    writing = [asyncio.create_task(writes(parts, f"writer-{number}")) for number in range(5)]
    await asyncio.sleep(1)
    for _time in range(20):  # until somebody wrote while one was made
        before = await drafted(parts.database)
        made = await backup(place.settings, tmp_path / "backups", now())
        after = await drafted(parts.database)
        if any(after[id] != before[id] for id in before):
            break
    assert any(after[id] != before[id] for id in before), "people went on writing while it was made"
    for one in writing:
        one.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    assert (made.files, made.damaged, made.erased) == (1, [], [])

    # After the backup somebody deletes a draft with its file. The ledger outlives the database.
    await erases(erased)
    await ErasureLog(parts.database, InFile(place.settings.erased_log)).once()
    await parts.close()

    done = await restore(fresh.settings, made.path, now(), ledgers=(place.settings.erased_log,))
    back = compose(fresh.url, fresh.directory)
    restored = await drafted(back.database)
    gone = before.keys() - restored.keys()
    assert len(gone) == 1, "the one that was deleted"
    for id, (version, answers) in restored.items():
        assert id not in before or version > before[id][0] or answers == before[id][1], "acknowledged before, and there"
    assert done.erased >= 1
    assert (await Caller(back.turns, "sent").sees())[0].sent
    assert PLANTED not in await everything(back.database)
    await back.close()
    assert planted_in(fresh.directory) == []

    served = await serve(fresh.url, fresh.directory)
    async with Visitor(served.url) as visitor:
        async with visitor.session.post(f"{served.url}/sign-in/{await served.link()}") as answer:
            assert answer.status == 200
        assert "SAM-" in (await visitor.open("/queue")).html
    await served.close()


DECISION = {"number": "TN-2031-77", "day": "2031-05-06"}


@pytest.mark.parametrize("disposed_before", [True, False])
async def test_a_disposed_case_comes_back_disposed_and_verifies(
    sqlite_url: str, tmp_path: Path, disposed_before: bool
) -> None:
    """Disposed of before the backup, it is in there as such; after it, the restore disposes of it again. Either way `verify` finds nothing."""
    place, there = Place(tmp_path, sqlite_url), tmp_path / "fresh"
    fresh = Place(there, f"sqlite:///{there / 'guide.sqlite3'}")
    parts = compose(place.url, place.directory)
    caller = await goes(Caller(parts.turns, "sent"), *WRITTEN, *SENT)
    await goes(Caller(parts.turns, "another"), *WRITTEN, *SENT)
    (case, _another) = [row.id for row in await rows(parts.database, case_rows)]
    await goes(caller, Press(f"withdraw:{case}"), Say(PLANTED), *SENT)
    before = await backup(place.settings, tmp_path / "backups", now())
    async with parts.database.write() as connection:
        assert await disposal.dispose(connection, SEAL, case, DECISION, None, now()) == set()
    if disposed_before:
        await asyncio.sleep(1.1)  # a backup's name is its second
        before = await backup(place.settings, tmp_path / "backups", now())
    await ErasureLog(parts.database, InFile(place.settings.erased_log)).once()
    await parts.close()
    await restore(fresh.settings, before.path, now(), ledgers=(place.settings.erased_log,))
    back = compose(fresh.url, fresh.directory)
    assert PLANTED not in await everything(back.database)
    (found,) = await rows(back.database, case_events, case_id=case, what="disposed")
    assert found.data["number"] == DECISION["number"]
    assert len(await rows(back.database, submissions)) == 1, "the other one's"
    async with back.database.read() as connection:
        assert (await verify(connection, SEAL)).findings == []
    await back.close()
    given = {"DATABASE_URL": fresh.url, "SECRET_KEY": SECRET, "FILES_DIR": str(fresh.directory / "files")}
    assert Program(fresh.directory, **given).run("verify")


def planted_in(directory: Path) -> list[Path]:
    """The files in which something planted still stands."""
    return [
        path
        for path in directory.rglob("*")
        if path.is_file() and (PLANTED.encode() in (content := path.read_bytes()) or content == ENCLOSED)
    ]


async def test_without_the_ledger_it_would_come_back(place: Place, fresh: Place, tmp_path: Path) -> None:
    """The drill above can fail: what it finds nothing of is in the backup, and comes back when nobody says that it was deleted."""
    parts = compose(place.url, place.directory)
    erased = await encloses(parts, "erased", ENCLOSED)
    made = await backup(place.settings, tmp_path / "backups", now())
    await erases(erased)
    await parts.close()
    assert (await restore(fresh.settings, made.path, now())).files == 1
    back = compose(fresh.url, fresh.directory)
    assert PLANTED in await everything(back.database)
    await back.close()
    assert planted_in(fresh.directory)


async def test_a_later_backup_or_the_replaced_database_knows_as_well(
    place: Place, fresh: Place, tmp_path: Path
) -> None:
    parts = compose(place.url, place.directory)
    erased = await encloses(parts, "erased", ENCLOSED)
    first = await backup(place.settings, tmp_path / "backups", now())
    await erases(erased)
    await asyncio.sleep(1.1)  # a backup's name is its second
    await backup(place.settings, tmp_path / "backups", now())
    await parts.close()
    assert first.path in list(backups(tmp_path / "backups"))[1:]
    for there, force in ((fresh, False), (place, True)):
        done = await restore(there.settings, first.path, now(), force)
        assert (done.files, done.erased) == (0, 1)
        back = compose(there.url, there.directory)
        assert PLANTED not in await everything(back.database)
        assert await rows(back.database, erasures_rows), "and the next backup says so, too"
        await back.close()


async def test_numbers_go_on_above_what_was_given_since(place: Place, fresh: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    await goes(Caller(parts.turns, "sent"), *WRITTEN, *SENT)
    async with parts.database.write() as connection:
        assert await alarms.to_be_told(connection, "failed", now())
    told = await rows(parts.database, counters, name="alarm:failed")
    made = await backup(place.settings, tmp_path / "backups", now())
    await parts.close()
    await restore(fresh.settings, made.path, now())
    back = compose(fresh.url, fresh.directory)
    await goes(Caller(back.turns, "another"), *WRITTEN, *SENT)
    first, second = await rows(back.database, case_rows)
    assert second.id > first.id + GAP, "an old button must not meet a new draft"
    assert (first.reference[-4:], second.reference[-4:]) == ("0001", "1002"), "a reference is given to one case"
    assert await rows(back.database, counters, name="alarm:failed") == told, "a time, and no number to go on from"
    await back.close()


async def test_what_is_there_is_not_overwritten(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    await goes(Caller(parts.turns, "somebody"), *BEGUN)
    made = await backup(place.settings, tmp_path / "backups", now())
    await goes(Caller(parts.turns, "another"), *BEGUN)
    before = await everything(parts.database)
    with pytest.raises(Unusable, match="--force"):
        await restore(place.settings, made.path, now())
    assert await everything(parts.database) == before
    await parts.close()


async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    place: Place, fresh: Place, tmp_path: Path
) -> None:
    parts = compose(place.url, place.directory)
    await encloses(parts, "somebody", ENCLOSED)
    made = await backup(place.settings, tmp_path / "backups", now())
    await parts.close()
    (stored,) = (made.path / "files").glob("*/*")
    stored.write_bytes(b"something else")
    with pytest.raises(Unusable, match="is damaged"):
        await restore(fresh.settings, made.path, now())
    (made.path / MANIFEST).unlink()
    with pytest.raises(Unusable, match="is no backup"):
        await restore(fresh.settings, made.path, now())


async def test_files_are_verified_and_shared_with_the_backup_before(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    erased = await encloses(parts, "somebody", ENCLOSED)
    await encloses(parts, "another", PDF)
    first = await backup(place.settings, tmp_path / "backups", now())
    await asyncio.sleep(1.1)
    second = await backup(place.settings, tmp_path / "backups", now())
    assert (first.linked, second.linked, second.files) == (0, 2, 2)
    assert verified(second.path)["files"] == 2
    # One file goes with its draft while the next backup is made, the other one goes without leave.
    (lying,) = [path for path in folder_of(parts.files).directory.glob("*/*") if path.read_bytes() == PDF]
    lying.write_bytes(b"rotten")
    for one in (first, second):
        (one.path / MANIFEST).unlink()
    third = await backup(place.settings, tmp_path / "elsewhere", now())
    assert [third.files, third.damaged] == [1, [lying.parent.name + lying.name]]
    await erases(erased)
    await parts.close()


def test_the_commands(database_url: str, tmp_path: Path, tools: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    sqlite = database_url.startswith("sqlite")
    more = {"PATH": tools} | ({} if sqlite else {"DATABASE_URL": database_url, "SECRET_KEY": SECRET})
    Program(here, **more).run("invite", "Karin")
    said = Program(here, **more).run("backup", "../backups")
    (made,) = backups(tmp_path / "backups")
    assert made.name in said
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=made, check=True)
    manifest = json.loads((made / MANIFEST).read_text())
    assert manifest["tables"]
    assert (manifest["secret_key"] == "in here") == sqlite
    assert SECRET not in "".join(path.read_text(errors="replace") for path in made.glob("*"))
    with pytest.raises(subprocess.CalledProcessError) as refused:
        Program(here, **more).run("restore", str(made))
    assert "--force" in refused.value.stderr
    assert "Traceback" not in refused.value.stderr
    said = Program(there if sqlite else here, **more).run("restore", str(made), *([] if sqlite else ["--force"]))
    assert "Contact persons: Karin" in said
    if sqlite:
        assert (there / "var/secret_key").read_text() == (here / "var/secret_key").read_text()
    with pytest.raises(subprocess.CalledProcessError) as refused:
        Program(here, **(more | {"PATH": "/nowhere", "FILES_DIR": "files"})).run("restore", "nothing")
    assert "nothing is no backup" in refused.value.stderr


async def test_without_postgresqls_programs_it_says_which(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unusable, match="pg_dump is not there"):
        await backup(Place(tmp_path, postgres_url).settings, tmp_path / "backups", now())
    assert list((tmp_path / "backups").iterdir()) == [], "nothing half is left"


async def test_the_ledger_is_appended_to_and_survives_half_a_line(
    database: Database, turns: Turns, tmp_path: Path
) -> None:
    path = tmp_path / "erased.jsonl"
    log = ErasureLog(database, InFile(path))
    for number in range(3):
        caller = await goes(Caller(turns, f"somebody {number}"), *BEGUN, "yes")
        await erases(caller)
        assert await log.once() == 1
        assert await log.once() == 0
        with path.open("a") as file:
            file.write('\n{"what":"draft","numb')
        log = ErasureLog(database, InFile(path))
    assert [(one.what, one.key) for one in read(path)] == [("draft", 1), ("draft", 2), ("draft", 3)]
    assert path.read_text().count("somebody") == 0


async def test_a_clock_that_was_a_day_ahead_keeps_no_erasure_out_of_the_register(
    database: Database, tmp_path: Path
) -> None:
    path, right = tmp_path / "erased.jsonl", now()

    async def erased(key: int, at: datetime) -> None:
        async with database.write() as connection:
            await remember(connection, [Erasure("draft", key, at)])

    log = ErasureLog(database, InFile(path))
    for key, at in ((1, right), (2, right + timedelta(days=1)), (3, right + timedelta(minutes=1))):
        await erased(key, at)
        assert await log.once() == 1
    await erased(4, right - timedelta(days=1))
    assert await ErasureLog(database, InFile(path)).once() == 1, "nor does a process that is started anew miss one"
    assert await log.once() == 1, "which others wrote already, and that does no harm"
    assert {one.key for one in read(path)} == {1, 2, 3, 4}


async def test_of_two_erasures_at_once_the_one_that_ends_later_is_registered_too(
    postgres_url: str, tmp_path: Path
) -> None:
    database = Database(postgres_url)
    log = ErasureLog(database, InFile(tmp_path / "erased.jsonl"))
    async with database.write() as slow:
        await remember(slow, [Erasure("draft", 1, now())])
        async with database.write() as quick:
            await remember(quick, [Erasure("draft", 2, now())])
        assert await log.once() == 1
    assert await log.once() == 1
    await database.close()
