"""Files in a folder and in an object store, on both databases: one law for all four."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
import pytest

from bot.turns.uploads import admit
from dialogs.language.events import Attach, Filed
from storage.database.instant import instant
from storage.database.process_tables import locks
from storage.database.tables import files as file_rows
from storage.erasure.erasures import EVER
from storage.files.files import Files, clear
from storage.files.folder import Folder
from storage.files.objects import Objects
from storage.files.store import Away, Store
from tests.house import Caller, Composed, compose
from tests.main.answer import answer
from tests.objects import ObjectStore
from tests.samples import PDF
from tests.storage.secret import TO_PAPERS
from tests.ways import BEGUN, goes, number_of

SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(params=["folder", "objects"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return Folder(tmp_path / "files")
    server: ObjectStore = request.getfixturevalue("objects")
    (tmp_path / "scratch").mkdir()
    return Objects(server.fresh(), tmp_path / "scratch", server.known)


@pytest.fixture
async def parts(database_url: str, tmp_path: Path, store: Store) -> AsyncIterator[Composed]:
    parts = compose(database_url, tmp_path, store=store)
    yield parts
    await parts.close()


def scratched(store: Store) -> list[Path]:
    return list(store.scratch.rglob("*"))


async def lying(store: Store) -> list[str]:
    return await store.older(time.time() + 10)


async def test_what_was_kept_is_read_as_it_was_and_lies_there_once(parts: Composed, store: Store) -> None:
    assert await parts.files.put(PDF) == await parts.files.put(PDF) == SHA256
    assert await lying(store) == [SHA256]
    assert await parts.files.get(SHA256) == PDF
    async with parts.files.at_hand([SHA256, "0" * 64]) as there:
        assert {sha256: path.read_bytes() for sha256, path in there.items()} == {SHA256: PDF}
    assert await parts.files.lacking([SHA256, "0" * 64]) == {"0" * 64}
    assert [path for path in scratched(store) if path.is_file()] == []
    with pytest.raises(FileNotFoundError):
        await parts.files.get("0" * 64)
    with pytest.raises(ValueError, match="not a SHA-256"):
        await parts.files.get("../../etc/passwd")


async def test_a_door_for_files_keeps_in_either(parts: Composed) -> None:
    async with parts.files.arriving() as arriving:
        await arriving.write(PDF)
        filed = await admit(parts.files, "a.pdf", arriving)
    assert isinstance(filed, Filed)
    assert await parts.files.get(filed.sha256) == PDF


async def test_a_file_goes_with_the_last_row_that_holds_it_and_may_come_back(parts: Composed, store: Store) -> None:
    attach = Attach((Filed(await parts.files.put(PDF), "a.pdf", "application/pdf", len(PDF)),))
    one = await goes(Caller(parts.turns, "one"), *BEGUN, TO_PAPERS, attach)
    two = await goes(Caller(parts.turns, "two"), *BEGUN, TO_PAPERS, attach)
    await one.taps(f"remove:{SHA256[:12]}")
    assert await lying(store) == [SHA256]
    await two.taps(f"remove:{SHA256[:12]}")
    assert await lying(store) == []
    await two.does(attach)
    assert await number_of(parts.database, file_rows) == 0, "it was not kept since: nobody holds what is not there"
    await parts.files.put(PDF)
    await two.does(attach)
    assert await number_of(parts.database, file_rows) == 1
    assert await parts.files.get(SHA256) == PDF
    assert await number_of(parts.database, locks) == 0


class Slow:
    """A store in which a deletion takes until `go` is set."""

    def __init__(self, store: Store) -> None:
        self._store, self.asked, self.go = store, asyncio.Event(), asyncio.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def delete(self, gone: Collection[str]) -> None:
        self.asked.set()
        await self.go.wait()
        await self._store.delete(gone)


async def test_nobody_takes_hold_of_a_file_that_another_process_is_deleting(
    parts: Composed, store: Store, database_url: str, tmp_path: Path
) -> None:
    """One process deletes what nobody holds any more, in the middle of which somebody brings the same to another one."""
    slow = Slow(store)
    other = compose(database_url, tmp_path, store=slow)  # type: ignore[arg-type]
    here = other if parts.database.embedded else parts  # an embedded database has one process
    caller = await goes(Caller(here.turns), *BEGUN, TO_PAPERS)
    attach = Attach((Filed(await here.files.put(PDF), "a.pdf", "application/pdf", len(PDF)),))
    deleting = asyncio.create_task(other.files.drop({SHA256}))
    await slow.asked.wait()
    await caller.does(attach)
    assert await number_of(here.database, file_rows) == 0, "what was kept before is refused, kindly"
    keeping = asyncio.create_task(here.files.put(PDF))
    slow.go.set()
    assert await deleting == 1
    await keeping
    await caller.does(attach)
    assert await number_of(here.database, file_rows) == 1
    assert await here.files.get(SHA256) == PDF, "what was brought again lies there"
    await other.close()


async def test_a_deletion_that_never_ended_keeps_nobody_for_long(
    parts: Composed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await parts.files.put(PDF)
    slow = Slow(store)
    killed = Files(parts.database, slow)  # type: ignore[arg-type]
    deleting = asyncio.create_task(killed.drop({SHA256}))
    await slow.asked.wait()
    deleting.cancel()
    with suppress(asyncio.CancelledError):
        await deleting
    monkeypatch.setattr("storage.files.files.PATIENCE", 0.0)
    started_anew = Files(parts.database, store)
    with pytest.raises(Away):
        await started_anew.put(PDF)
    async with parts.database.write() as connection:
        await connection.execute(locks.update().values(until=EVER))
    await started_anew.put(PDF)
    assert await number_of(parts.database, locks) == 0


class Late:
    """A store that does not answer in time when it is asked to delete, and does it `later`."""

    def __init__(self, store: Store) -> None:
        self._store, self._asked = store, set[str]()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def delete(self, gone: Collection[str]) -> None:
        self._asked |= set(gone)
        raise Away("TimeoutError")

    async def later(self) -> None:
        await self._store.delete(self._asked)


async def test_nobody_takes_hold_of_a_file_that_the_store_may_still_delete(
    parts: Composed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever brings the same again in the meantime is asked to come back, instead of losing it."""
    monkeypatch.setattr("storage.files.files.PATIENCE", 0.0)
    await parts.files.put(PDF)
    late = Late(store)
    assert await Files(parts.database, late).drop({SHA256}) == 0  # type: ignore[arg-type]
    files = Files(parts.database, store)
    with pytest.raises(Away, match="being deleted"):
        await files.put(PDF)
    await late.later()
    async with parts.database.write() as connection:
        over = await instant(connection) - timedelta(minutes=1)
        await connection.execute(locks.update().values(until=over))
    await files.older(0)
    async with parts.database.write() as connection:
        assert await files.there(connection, {SHA256}) == set(), "what was kept before that is not there"
    await files.put(PDF)
    async with parts.database.write() as connection:
        assert await files.there(connection, {SHA256}) == {SHA256}
    assert await files.get(SHA256) == PDF


async def test_that_a_file_was_deleted_is_forgotten_too(parts: Composed) -> None:
    await parts.files.drop({await parts.files.put(PDF)})
    await parts.files.older(0)
    assert await number_of(parts.database, locks) == 1
    async with parts.database.write() as connection:
        await connection.execute(locks.update().values(until=EVER))
    await parts.files.older(0)
    assert await number_of(parts.database, locks) == 0


async def test_what_a_kill_left_is_swept_and_what_is_held_stays(parts: Composed, store: Store) -> None:
    caller = await goes(Caller(parts.turns), *BEGUN, TO_PAPERS)
    held = Filed(await parts.files.put(PDF), "a.pdf", "application/pdf", len(PDF))
    await caller.does(Attach((held,)))
    never = await parts.files.put(PDF + b"% never taken")
    half = parts.files.coming()
    half.add(b"half")
    (store.scratch / "copies").mkdir()
    assert sorted(await parts.files.older(time.time() + 10)) == sorted([SHA256, never])
    assert scratched(store) == []
    assert await parts.files.drop({SHA256, never}) == 1
    assert await lying(store) == [SHA256]
    half.end()


ODD = ("README.txt", "sub/x", "z" * 64, "Ab" * 32, "l" * 200)


async def test_what_others_left_among_the_objects_is_passed_over(
    objects: ObjectStore, tmp_path: Path, sqlite_url: str
) -> None:
    (tmp_path / "scratch").mkdir()
    store = Objects(objects.fresh(), tmp_path / "scratch", objects.known)
    parts = compose(sqlite_url, tmp_path, store=store)
    for odd in ODD:
        await obstore.put_async(store._store, f"files/{odd}", b"from somebody's console")
    await parts.files.put(PDF)
    old = await parts.files.older(time.time() + 10)
    assert old == [SHA256]
    assert await parts.files.drop(set(old)) == 1
    assert len([one async for some in obstore.list(store._store, prefix="files") for one in some]) == len(ODD)
    await parts.close()


async def test_what_others_left_in_the_folder_is_passed_over(tmp_path: Path, sqlite_url: str) -> None:
    store = Folder(tmp_path / "files")
    parts = compose(sqlite_url, tmp_path, store=store)
    await parts.files.put(PDF)
    theirs = store.directory / "ab"
    (theirs / ("a" * 62)).mkdir(parents=True)
    (theirs / "d.d").mkdir()
    for odd in ("z" * 62, "README.txt", "A" * 62):
        (theirs / odd).write_bytes(b"from somebody's shell")
    (theirs / f"{'b' * 62}.half").write_bytes(b"of an earlier version")
    old = await parts.files.older(time.time() + 10)
    assert old == [SHA256]
    assert await parts.files.drop(set(old)) == 1
    assert sorted(path.name for path in theirs.iterdir()) == sorted(["a" * 62, "d.d", "z" * 62, "README.txt", "A" * 62])
    await parts.close()


async def test_one_file_that_cannot_be_deleted_keeps_none_of_the_others(tmp_path: Path) -> None:
    store = Folder(tmp_path / "files")
    (store.path("0" * 64)).mkdir(parents=True)
    names = [f"{number:064x}" for number in range(3)]
    for name in names[1:]:
        store.path(name).write_bytes(b"x")
    with pytest.raises(OSError, match="directory"):
        await store.delete(names)
    assert await lying(store) == []


def test_what_is_at_work_in_the_scratch_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "new.part").write_bytes(b"new")
    clear(tmp_path, time.time() - 60)
    assert [path.name for path in tmp_path.iterdir()] == ["new.part"]


async def test_a_note_is_written_once_unless_it_is_written_over(store: Store) -> None:
    assert await store.note("mark") is None
    written = await asyncio.gather(*(store.write("mark", str(number).encode()) for number in range(3)))
    assert written.count(True) == 1
    assert await store.note("mark") == str(written.index(True)).encode()
    assert await store.write("mark", b"another", over=True)
    assert await store.note("mark") == b"another"
    assert await store.write("erased/b.jsonl", b"b")
    assert await store.write("erased/a.jsonl", b"a")
    assert await store.notes("erased") == ["erased/a.jsonl", "erased/b.jsonl"]
    assert await store.empty()
    assert await lying(store) == [], "notes are no files"


async def test_an_object_that_is_old_is_young_again_when_the_same_is_kept(
    objects: ObjectStore, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = compose(sqlite_url, tmp_path, store=Objects(objects.fresh(), tmp_path, objects.known))
    await parts.files.put(PDF)
    first = time.time()
    while not await parts.files.older(time.time() - 1):  # S3 tells seconds
        await asyncio.sleep(0.1)
    monkeypatch.setattr("storage.files.objects.YOUNG", timedelta())
    await parts.files.put(PDF)
    assert await parts.files.older(first) == []
    await parts.close()


async def test_an_object_that_is_not_what_it_was_is_not_at_hand(
    objects: ObjectStore, tmp_path: Path, sqlite_url: str
) -> None:
    store = Objects(objects.fresh(), tmp_path, objects.known)
    parts = compose(sqlite_url, tmp_path, store=store)
    await parts.files.put(PDF)
    await obstore.put_async(store._store, f"files/{SHA256}", b"rotten")
    with pytest.raises(FileNotFoundError):
        await parts.files.get(SHA256)
    await parts.close()


async def chunks() -> AsyncIterator[bytes]:
    yield PDF


async def test_a_store_that_is_away_is_the_worlds_fault_and_is_told_soon(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ObjectStore()
    store = Objects(server.fresh(), tmp_path, server.known)
    parts = compose(sqlite_url, tmp_path, store=store)
    await parts.files.put(PDF)
    server.close()
    health = parts.program.health()
    status, said = await answer(health)
    assert status == 200, "it is away for everybody, and whoever writes no file goes on"
    assert "away" in str(said["files_store"])
    for asked in (
        parts.files.put(PDF),
        parts.files.get(SHA256),
        parts.files.lacking([SHA256]),
        parts.files.older(0),
        parts.files.reachable(),
    ):
        with pytest.raises(Away):
            await asked
    assert await parts.files.drop({SHA256}) == 0, "what the store does not do now, the sweep does"
    caller = await goes(Caller(parts.turns), *BEGUN, TO_PAPERS)
    async with parts.turns.uploads.form(caller.address) as form:
        assert await form.take("a.pdf", chunks()) == "away", "to be sent later, and nothing is lost"
        assert form.kept == set()
    assert [path for path in tmp_path.iterdir() if path.suffix == ".part"] == []
    await parts.close()


class AtOnce(ThreadPoolExecutor):
    """Threads whose work has ended when it is asked for, so that a test is the same each time."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done = super().submit(work, *given, **named)
        wait([done])
        return done


async def test_cancelled_just_after_it_was_kept_a_file_leaves_nothing(composed: Composed, tmp_path: Path) -> None:
    """A line that is cut cancels whoever reads it, also between the moment a file is kept and the next line of ours."""
    asyncio.get_running_loop().set_default_executor(AtOnce(1))
    person, step, ended = Caller(composed.turns).address, 0, False
    while not ended:
        async with composed.turns.uploads.form(person) as form:
            under_way = asyncio.create_task(form.take("a.pdf", chunks()))
            while not kept_in(tmp_path):
                await asyncio.sleep(0)
            for _turn in range(step):
                await asyncio.sleep(0)
            ended = under_way.done()
            under_way.cancel()
            await asyncio.wait([under_way])
        assert kept_in(tmp_path) == [], step
        step += 1
    assert step > 3


def kept_in(directory: Path) -> list[Path]:
    """What lies in the store."""
    return [path for path in (directory / "files").glob("??/*") if path.is_file()]


async def test_a_store_without_conditions_takes_the_same_content_again(
    objects: ObjectStore, tmp_path: Path, sqlite_url: str
) -> None:
    """Some keepers of objects cannot create only what is absent. By its name the content is the same."""
    known = objects.known | {"aws_conditional_put": "disabled"}
    parts = compose(sqlite_url, tmp_path, store=Objects(objects.fresh(), tmp_path, known))
    assert await parts.files.put(PDF) == await parts.files.put(PDF)
    assert await parts.files.get(SHA256) == PDF
    await parts.close()


async def test_a_bucket_that_is_not_there_is_away_and_not_a_missing_file(
    objects: ObjectStore, tmp_path: Path, sqlite_url: str
) -> None:
    parts = compose(sqlite_url, tmp_path, store=Objects("s3://nowhere", tmp_path, objects.known))
    with pytest.raises(Away, match="no such bucket"):
        await parts.files.put(PDF)
    await parts.close()
