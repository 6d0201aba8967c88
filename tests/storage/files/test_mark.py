"""The mark by which processes know that their files' store is the installation's."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.main.backup import backup
from bot.main.restore import restore
from bot.main.store import belongs, opened, register_of, store_of
from bot.settings.settings import Settings
from bot.worker.erasure_log import ErasureLog
from dialogs.language.events import Attach, Filed
from storage.database.database import Database
from storage.database.process_tables import installation
from storage.files import mark
from storage.files.files import Files
from storage.files.mark import found
from storage.files.store import MARK
from storage.migrations import migrate
from storage.migrations.programs import Unusable
from tests.clock import now
from tests.house import SEAL, SECRET, Caller, Composed, compose
from tests.main.planted import ENCLOSED, erases
from tests.objects import ObjectStore
from tests.samples import PDF
from tests.storage.secret import TO_PAPERS
from tests.ways import BEGUN, goes, rows


class Place:
    """Somewhere the program is installed, with stores of one kind."""

    def __init__(self, kind: str, url: str, directory: Path, objects: ObjectStore) -> None:
        self.kind, self.url, self.directory, self.objects = kind, url, directory, objects

    def settings(self, url: str = "", files: str = "") -> Settings:
        given = {"database_url": url or self.url, "secret_key": SECRET, "files_url": files or self.fresh()}
        if self.kind == "folder":
            given["erased_log"] = str(self.directory / "erased.jsonl")
        return Settings.model_validate(given | self.objects.known)

    def fresh(self) -> str:
        """A store with nothing in it."""
        if self.kind == "objects":
            return self.objects.fresh()
        return str(self.directory / f"files-{time.monotonic_ns()}")


@pytest.fixture(params=["folder", "objects"])
def place(request: pytest.FixtureRequest, database_url: str, tmp_path: Path, objects: ObjectStore) -> Place:
    return Place(request.param, database_url, tmp_path, objects)


@pytest.fixture
async def parts(place: Place) -> AsyncIterator[tuple[Composed, Settings]]:
    settings = place.settings()
    database = Database(place.url)
    parts = compose(place.url, place.directory, store=opened(settings, database).store)
    await database.close()
    yield parts, settings
    await parts.close()


async def encloses(parts: Composed, content: bytes = PDF, name: str = "one") -> Caller:
    """Somebody writes up to the papers, and encloses one."""
    caller = await goes(Caller(parts.turns, name), *BEGUN, TO_PAPERS)
    filed = Filed(await parts.files.put(content), "a.pdf", "application/pdf", len(content))
    await caller.does(Attach((filed,)))
    return caller


async def test_a_new_installation_gets_a_mark_and_knows_it_again(parts: tuple[Composed, Settings]) -> None:
    composed, settings = parts
    await belongs(composed.files, settings, composed.clock)
    first = composed.files.mark
    assert (await composed.files.store.note(MARK) or b"").decode().strip() == first
    await belongs(composed.files, settings, composed.clock)
    assert composed.files.mark == first
    assert await composed.files.reachable() == ""


async def test_an_installation_from_before_is_taken_over_with_its_files(parts: tuple[Composed, Settings]) -> None:
    composed, settings = parts
    await encloses(composed)
    await belongs(composed.files, settings, composed.clock)
    assert await composed.files.reachable() == ""


async def test_another_disk_is_refused_and_so_is_another_ones(parts: tuple[Composed, Settings], place: Place) -> None:
    composed, settings = parts
    await encloses(composed)
    await belongs(composed.files, settings, composed.clock)
    empty = Files(composed.database, opened(place.settings(), composed.database).store)
    with pytest.raises(Unusable, match=f"it has no mark.*{composed.files.mark}"):
        await belongs(empty, settings, composed.clock)
    assert await empty.store.note(MARK) is None
    await empty.store.write(MARK, b"of another one")
    with pytest.raises(Unusable, match="has another mark"):
        await belongs(empty, settings, composed.clock)
    empty.belongs_by(composed.files.mark)
    assert "another mark" in await empty.reachable()


async def test_a_fresh_database_does_not_take_over_somebody_elses_files(
    parts: tuple[Composed, Settings], place: Place, sqlite_template: Path
) -> None:
    """A wrong DATABASE_URL: the sweep would delete everything."""
    composed, settings = parts
    await encloses(composed)
    await belongs(composed.files, settings, composed.clock)
    database = Database(f"sqlite:///{place.directory / 'fresh.sqlite3'}")
    await migrate(database, SEAL)
    with pytest.raises(Unusable, match="belongs to another database"):
        await belongs(Files(database, composed.files.store), settings, composed.clock)
    await database.close()


async def test_of_two_installations_that_share_an_empty_place_the_second_is_refused(
    parts: tuple[Composed, Settings], place: Place
) -> None:
    """Two fresh databases: the sweep of the one would delete the other one's files. The first one goes on, with its mark."""
    composed, settings = parts
    database = Database(f"sqlite:///{place.directory / 'second.sqlite3'}")
    await migrate(database, SEAL)
    second = Files(database, composed.files.store)
    await belongs(composed.files, settings, composed.clock)
    for _start in range(2):
        with pytest.raises(Unusable, match="belongs to another database") as refused:
            await belongs(second, settings, composed.clock)
        assert "into that file" not in str(refused.value), "whose it is is not for them to say"
    await belongs(composed.files, settings, composed.clock)
    assert await composed.files.reachable() == ""
    await database.close()


async def test_of_two_installations_that_start_at_once_in_one_place_one_is_refused(
    parts: tuple[Composed, Settings], place: Place
) -> None:
    composed, settings = parts
    database = Database(f"sqlite:///{place.directory / 'second.sqlite3'}")
    await migrate(database, SEAL)
    both = (composed.files, Files(database, composed.files.store))
    said = await asyncio.gather(*(belongs(one, settings, composed.clock) for one in both), return_exceptions=True)
    assert sorted(type(one).__name__ for one in said) == ["NoneType", "Unusable"]
    await database.close()


@pytest.mark.parametrize("files", [True, False])
@pytest.mark.parametrize("before", ["store", "database"])
async def test_a_first_start_that_was_killed_before_store_or_database_knew_the_mark_goes_on(
    parts: tuple[Composed, Settings], files: bool, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed, settings = parts
    if files:
        await encloses(composed)

    async def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as kill, pytest.raises(KeyboardInterrupt):
        kill.setattr(mark, "write" if before == "store" else "expect", killed)
        await belongs(composed.files, settings, composed.clock)
    there = await found(composed.files.store)
    assert bool(there) is (before == "database")
    await belongs(composed.files, settings, composed.clock)
    assert composed.files.mark == there or before == "store"
    assert composed.files.mark in [row.value for row in await rows(composed.database, installation)]
    assert await composed.files.reachable() == ""


async def test_a_database_that_lost_its_mark_says_how_its_files_are_its_own_again(
    parts: tuple[Composed, Settings],
) -> None:
    """As a copy of one from before there were marks: nobody but whoever runs both can say that the other one is stopped."""
    composed, settings = parts
    await encloses(composed)
    await composed.files.store.write(MARK, b"another's")
    with pytest.raises(Unusable, match=r"belongs to another database.*for good: write [0-9a-f]{32} into") as said:
        await belongs(composed.files, settings, composed.clock)
    word = str(said.value).partition("write ")[2].split()[0]
    await composed.files.store.write(MARK, word.encode(), over=True)
    await belongs(composed.files, settings, composed.clock)
    assert composed.files.mark == word


async def test_a_mark_that_was_lost_is_written_again_where_the_files_lie(parts: tuple[Composed, Settings]) -> None:
    composed, settings = parts
    await encloses(composed)
    async with composed.database.write() as connection:
        await connection.execute(installation.insert().values(name="files", value="the mark"))
    assert composed.files.mark == ""
    await belongs(composed.files, settings, composed.clock)
    assert (await composed.files.store.note(MARK) or b"").decode().strip() == "the mark"


async def test_of_two_first_starts_with_stores_of_their_own_one_is_refused(
    parts: tuple[Composed, Settings], place: Place
) -> None:
    """As on a host where each process has a disk: no file lies anywhere yet."""
    composed, settings = parts
    other = Files(composed.database, opened(place.settings(), composed.database).store)
    said = await asyncio.gather(
        *(belongs(one, settings, composed.clock) for one in (composed.files, other)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in said) == ["NoneType", "Unusable"]
    with pytest.raises(Unusable, match="is not the one that the database knows"):
        await belongs(
            Files(composed.database, opened(place.settings(), composed.database).store), settings, composed.clock
        )


async def test_an_update_that_begins_with_an_empty_disk_is_refused_unless_they_are_lost_for_good(
    parts: tuple[Composed, Settings], place: Place
) -> None:
    composed, settings = parts
    await encloses(composed)
    empty = Files(composed.database, opened(place.settings(), composed.database).store)
    with pytest.raises(Unusable, match="holds none of the files that the database names") as said:
        await belongs(empty, settings, composed.clock)
    await empty.store.write(MARK, str(said.value).partition("write ")[2].split()[0].encode())
    await belongs(empty, settings, composed.clock)
    assert await empty.reachable() == ""


async def test_the_drill_with_the_register_beside_the_files(
    parts: tuple[Composed, Settings], place: Place, tools: str, tmp_path: Path
) -> None:
    """Backed up, something erased, put back into a fresh store: what was erased is nowhere, and the store is marked anew."""
    composed, settings = parts
    erased = await encloses(composed, ENCLOSED, "erased")
    await encloses(composed, PDF, "kept")
    await belongs(composed.files, settings, composed.clock)
    made = await backup(settings, tmp_path / "backups", now())
    assert (made.files, made.damaged) == (2, [])
    await erases(erased)
    log = ErasureLog(composed.database, register_of(settings))
    assert await log.once() == 1
    assert await ErasureLog(composed.database, register_of(settings)).once() == 0
    assert len(await composed.files.store.older(now().timestamp() + 10)) == 1
    await composed.close()

    done = await restore(settings, made.path, now(), force=True)
    assert (done.files, done.erased) == (1, 1)
    after = Database(place.url)
    files = opened(settings, after)
    await belongs(files, settings, composed.clock)
    assert files.mark != composed.files.mark, "whoever still has the old one notices"
    assert await files.get(hashlib.sha256(PDF).hexdigest()) == PDF
    await after.close()


async def test_a_rehearsal_does_not_take_the_files_of_what_is_running(
    parts: tuple[Composed, Settings], place: Place, tools: str, tmp_path: Path
) -> None:
    composed, settings = parts
    await encloses(composed)
    await belongs(composed.files, settings, composed.clock)
    made = await backup(settings, tmp_path / "backups", now())
    rehearsal = settings.model_copy(
        update={
            "database_url": SecretStr(f"sqlite:///{tmp_path / 'rehearsal.sqlite3'}"),
            "erased_log": tmp_path / "log",
        }
    )
    if settings.embedded:  # a backup of PostgreSQL goes back into PostgreSQL alone
        with pytest.raises(Unusable, match="another database's, which may be in use"):
            await restore(rehearsal, made.path, now())
        assert not (tmp_path / "rehearsal.sqlite3").exists()
        assert await composed.files.reachable() == ""
        assert (await restore(rehearsal, made.path, now(), force=True)).files == 1
        assert "another mark" in await composed.files.reachable()
    await composed.close()


async def test_a_backup_tells_of_a_file_that_only_the_backup_before_still_has(
    parts: tuple[Composed, Settings], tools: str, tmp_path: Path
) -> None:
    composed, settings = parts
    await encloses(composed)
    await belongs(composed.files, settings, composed.clock)
    made = await backup(settings, tmp_path / "backups", now())
    assert (made.files, made.lost) == (1, [])
    (sha256,) = await composed.files.store.older(now().timestamp() + 10)
    await composed.files.store.delete([sha256])
    await asyncio.sleep(1.1)  # a backup's name is its second
    made = await backup(settings, tmp_path / "backups", now())
    assert (made.files, made.linked, made.lost, made.damaged) == (1, 1, [sha256], [])
    await composed.close()


def test_a_scratch_folder_that_somebody_else_made_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, objects: ObjectStore
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    settings = Settings.model_validate({"secret_key": SECRET, "files_url": objects.fresh()} | objects.known)
    assert store_of(settings).scratch.parent == tmp_path
    for path in tmp_path.iterdir():
        path.rmdir()
        path.symlink_to("/tmp")
    with pytest.raises(Unusable, match="not a folder of ours alone"):
        store_of(settings)
