"""Papers: one for each person and one at a time on each side, in memory that does not grow with them, and nothing that ends its child twice."""

import asyncio
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents import papers
from bot.documents.labels import UNSHOWN
from bot.documents.spawn import WITH_PICTURES, ChildLimits, Unmade, made
from bot.operations import places
from bot.operations.places import Busy
from bot.turns.turns import Turns
from storage.database.tables import files
from tests.applicant import begins, sends_an_application
from tests.clock import Clock, now
from tests.documents.flat import flat
from tests.documents.making import package, taken
from tests.documents.played import Played
from tests.documents.soundness import text_of
from tests.documents.unpacked import unpacked, with_files
from tests.house import Caller, Composed, compose, folder_of

TOO_LITTLE = ChildLimits(memory=30_000_000, processor=20, seconds=40)
TRIED = r"^(?!not again)"
"""What is said of a child that was begun, and ended."""
BIG = 20_000_000
MOST = 5_000_000
"""Bytes of Python's own that making a paper may take at most here, whatever lies in it."""


@contextmanager
def little_memory() -> Iterator[None]:
    """What is done inside takes less than MOST."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()


async def number_of(caller: Caller) -> int:
    return (await caller.sees())[0].person


async def with_big_files(composed: Composed, caller: Caller, count: int) -> None:
    """Files of 20 MB each in a draft of theirs: holes on the disk, and whole for everybody who reads them."""
    standing, _shown = await caller.sees()
    assert standing.here
    for number in range(count):
        path = folder_of(composed.files).path(f"{number:064x}")
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.truncate(path, BIG)
        row = {
            "case_id": standing.here.case,
            "draft_id": standing.here.draft.id,
            "sha256": f"{number:064x}",
            "name": f"{number}.pdf",
            "mime": "application/pdf",
            "size": BIG,
            "at": now(),
        }
        async with composed.database.write() as connection:
            await connection.execute(files.insert().values(row))


async def test_two_hundred_megabytes_of_ones_own(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await begins(caller)
    await with_big_files(composed, caller, 10)
    person = await number_of(caller)
    with little_memory():
        async with composed.turns.papers.own(person) as file:
            assert file
            with zipfile.ZipFile(file) as archive:
                assert sum(one.file_size for one in archive.infolist()) > 10 * BIG
                assert {one.compress_type for one in archive.infolist() if one.filename.startswith("files/")} == {
                    zipfile.ZIP_STORED
                }


async def test_a_child_that_works_elsewhere_finds_the_files(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FILES_DIR may be relative, as it is by default; a child has another working directory."""
    monkeypatch.chdir(tmp_path)
    composed = compose(sqlite_url, Path())
    caller = Caller(composed.turns)
    await begins(caller)
    await with_big_files(composed, caller, 1)
    async with composed.turns.papers.own(await number_of(caller)) as file:
        assert file
        with zipfile.ZipFile(file) as archive:
            assert [one.file_size for one in archive.infolist() if one.filename.startswith("files/")] == [BIG]
    await composed.close()


async def test_two_hundred_megabytes_in_a_package(swedish: Played, tmp_path: Path) -> None:
    big = tmp_path / "big"
    big.touch()
    os.truncate(big, BIG)
    one = with_files(swedish, *((f"{number}.pdf", b"%d" % number, "application/pdf") for number in range(10)))
    job = package(one)
    job = replace(job, stored=dict.fromkeys(job.stored, big))
    with little_memory(), await made(job, WITH_PICTURES) as file, zipfile.ZipFile(file) as archive:
        assert sum(one.file_size for one in archive.infolist()) > 10 * BIG


async def test_one_at_a_time_for_each_person(turns: Turns) -> None:
    caller = Caller(turns)
    receipt = await sends_an_application(caller)
    person = await number_of(caller)
    async with turns.papers.own(person) as file:
        assert file
        for patience in (0, 60):
            with pytest.raises(Busy) as told:
                await taken(turns.papers.receipt(person, receipt.reference, "en", patience))
            assert told.value.seconds > 0
    assert await taken(turns.papers.receipt(person, receipt.reference, "en"))


async def test_others_wait_for_a_place_or_are_told_to(turns: Turns) -> None:
    first, second, third = (Caller(turns, name) for name in ("first", "second", "third"))
    for one in (first, second, third):
        await begins(one)
    ids = [await number_of(one) for one in (first, second, third)]
    done: list[int] = []

    async def own(person: int, patience: float) -> None:
        assert await taken(turns.papers.own(person, patience))
        done.append(person)

    making = [asyncio.create_task(own(person, 60)) for person in ids[:2]]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await own(ids[2], 0)
    with pytest.raises(Busy):
        await own(ids[2], 0.001)
    await asyncio.gather(*making)
    assert done == ids[:2], "in the order in which they asked"
    await own(ids[2], 0)


async def test_applicants_keep_no_contact_person_waiting(turns: Turns) -> None:
    caller = Caller(turns)
    receipt = await sends_an_application(caller)
    making = asyncio.create_task(taken(turns.papers.own(await number_of(caller))))
    await asyncio.sleep(0)
    assert await taken(turns.papers.package(0, receipt.reference))
    assert await making


async def test_what_lies_there_unfetched_has_its_room(composed: Composed, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = Caller(composed.turns, "mine"), Caller(composed.turns, "other")
    papers = composed.turns.papers
    receipt = await sends_an_application(other)
    await begins(mine)
    await with_big_files(composed, mine, 1)
    monkeypatch.setattr(places, "ROOM", BIG - 1)
    async with papers.own(await number_of(other)) as file:
        assert file
        with pytest.raises(Busy):
            await taken(papers.own(await number_of(mine), 60))
    async with papers.own(await number_of(mine)) as file:
        assert file, "alone it may lie there however large it is"
        assert await taken(papers.package(0, receipt.reference)), "contact persons have their own room"


@pytest.mark.house(child=TOO_LITTLE)
async def test_what_ends_its_child_is_not_tried_again(turns: Turns, clock: Clock) -> None:
    mine, other = Caller(turns, "mine"), Caller(turns, "other")
    await begins(mine)
    await begins(other)
    with pytest.raises(Unmade, match=TRIED):
        await taken(turns.papers.own(await number_of(mine)))
    with pytest.raises(Unmade, match="not again yet"):
        await taken(turns.papers.own(await number_of(mine)))
    with pytest.raises(Unmade, match=TRIED):  # nobody else is kept from theirs
        await taken(turns.papers.own(await number_of(other)))
    clock.at += timedelta(seconds=papers.REST)
    with pytest.raises(Unmade, match=TRIED):
        await taken(turns.papers.own(await number_of(mine)))


async def test_a_package_that_is_too_much_comes_without_its_pictures(
    turns: Turns, swedish: Played, caplog: pytest.LogCaptureFixture
) -> None:
    one = with_files(swedish, ("stor.png", flat(7000, 5000), "image/png"))
    little = ChildLimits(memory=100_000_000, processor=20, seconds=40)
    making = papers.Papers(turns.database, turns.files, turns.house, turns.clock, with_pictures=little)
    with await making._tried(("package", "x"), package(one)) as file:
        members = unpacked(await asyncio.to_thread(file.read))
    text = text_of(members["arende.pdf"])
    assert UNSHOWN in text
    assert "stor.png" in text.partition(UNSHOWN)[2]
    assert "filer/stor.png" in members
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "stor" not in caplog.text


@pytest.mark.house(child=TOO_LITTLE)
async def test_a_package_that_cannot_be_made_takes_two_children_and_no_more(
    turns: Turns, swedish: Played, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(3):
        with pytest.raises(Unmade):
            await turns.papers._tried(("package", "x"), package(swedish))
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
