"""Quotas: of a person, a case, all files and the disk; before a file is read, while it comes, and once more where it is stored."""

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.turns.origin import Origin
from bot.turns.quota import LOOK, FileLimits
from bot.turns.uploads import AT_ONCE, FROM_ONE_PLACE, TIME, Crowded, UploadForm
from dialogs.applicants.acts import Begin
from dialogs.language.events import Attach, Filed, Press, Unfit
from storage.cases import drafts
from storage.database.tables import files as files_table
from storage.files import quota
from storage.people.people import Address
from tests.clock import Clock
from tests.house import SEAL, Caller, Composed, folder_of
from tests.samples import PDF
from tests.ways import BEGUN, goes, number_of, rows, up_to_papers

KB = 1000


async def at_papers(composed: Composed, name: str = "somebody") -> Caller:
    """Somebody at the question that asks for documents."""
    return await goes(Caller(composed.turns, name), *BEGUN, up_to_papers())


class Coming:
    """A document of so many kilobytes that comes a kilobyte at a time; how many of them were read."""

    def __init__(self, size: int, seed: str = "") -> None:
        self.content, self.read = PDF + seed.encode() + bytes(size * KB - len(PDF) - len(seed)), 0

    async def chunks(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.content), KB):
            self.read += 1
            yield self.content[start : start + KB]


async def taken(composed: Composed, caller: Caller, *coming: Coming) -> list[Filed | Unfit]:
    """What became of these, sent in one form."""
    async with composed.turns.uploads.form(caller.address) as form:
        outcomes = [await form.take("a.pdf", one.chunks()) for one in coming]
        files = tuple(one for one in outcomes if isinstance(one, Filed))
        refused = tuple(one for one in outcomes if not isinstance(one, Filed))
        await composed.turns.take(Origin(caller.address, "en"), Attach(files, refused))
        form.handed_over()
    return outcomes


def limited(**limits: int) -> pytest.MarkDecorator:
    """A house with other limits, in kilobytes."""
    return pytest.mark.house(room=FileLimits(**{name: size * KB for name, size in limits.items()}))


def stored(composed: Composed) -> int:
    """How many files lie in the store, half ones too."""
    return sum(path.is_file() for path in folder_of(composed.files).directory.rglob("*"))


@limited(person=10)
async def test_a_file_is_read_no_further_than_there_is_room(composed: Composed) -> None:
    caller = await at_papers(composed)
    first, second, third = Coming(6), Coming(6, "two"), Coming(6, "three")
    assert isinstance((await taken(composed, caller, first))[0], Filed)
    assert (await taken(composed, caller, second)) == ["full"]
    assert second.read == 5
    assert "take up all the room" in str(await caller.sees())
    assert stored(composed) == 1
    sha256 = (await rows(composed.database, files_table))[0].sha256
    await caller.taps(f"remove:{sha256[:12]}")
    assert isinstance((await taken(composed, caller, third))[0], Filed)


@limited(person=10)
async def test_files_of_one_form_count_together_before_any_row_says_so(composed: Composed) -> None:
    outcomes = await taken(composed, await at_papers(composed), Coming(6), Coming(6, "two"), Coming(3, "three"))
    assert [one if isinstance(one, str) else one.size for one in outcomes] == [6 * KB, "full", 3 * KB]


@limited(case=10)
async def test_a_case_has_a_limit_whoever_writes_it(composed: Composed) -> None:
    caller = await at_papers(composed)
    await taken(composed, caller, Coming(6))
    assert (await taken(composed, caller, Coming(6, "two"))) == ["full"]
    await goes(caller, "done", Press("new"), up_to_papers())
    assert isinstance((await taken(composed, caller, Coming(6, "two")))[0], Filed)


@limited(person=10)
async def test_two_uploads_at_the_same_time_do_not_pass_beside_each_other(composed: Composed) -> None:
    """Both are there before either is stored; of the two turns only one has room."""
    caller = await at_papers(composed)
    contents = [PDF + bytes([number]) * 6 * KB for number in (1, 2, 3)]
    attach = [Attach((Filed(await composed.files.put(one), "a.pdf", "application/pdf", len(one)),)) for one in contents]
    await asyncio.gather(*(composed.turns.take(Origin(caller.address, "en"), one) for one in attach))
    assert await number_of(composed.database, files_table) == 1 == stored(composed)


@limited(whole=10)
async def test_what_is_still_coming_counts(composed: Composed) -> None:
    """Somebody else is sending: together they are too much, before either is whole."""
    one, other = await at_papers(composed, "one"), await at_papers(composed, "other")
    uploads, more, came = composed.turns.uploads, asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield PDF + bytes(6 * KB)
        came.set()
        await more.wait()

    async with uploads.form(one.address) as theirs, uploads.form(other.address) as mine:
        first = asyncio.ensure_future(theirs.take("a.pdf", slowly()))
        await came.wait()
        second = Coming(6)
        assert await mine.take("b.pdf", second.chunks()) == "no_room"
        assert second.read < 6
        more.set()
        assert isinstance(await first, Filed)
        assert isinstance(await mine.take("b.pdf", Coming(3).chunks()), Filed)
    assert stored(composed) == 0, "no turn was given them"


@limited(whole=10)
async def test_all_files_together_have_a_limit_and_each_counts_once(composed: Composed) -> None:
    for name in ("one", "two", "three"):
        assert isinstance((await taken(composed, await at_papers(composed, name), Coming(4)))[0], Filed)
        composed.clock.at += LOOK
    assert isinstance((await taken(composed, await at_papers(composed, "four"), Coming(5, "more")))[0], Filed)
    caller = await at_papers(composed, "five")
    assert (await taken(composed, caller, Coming(5, "another"))) == ["no_room"]
    assert "send the file later" in str(await caller.sees())


class Disk(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@limited(reserve=1000)
async def test_below_the_reserve_files_are_refused_and_everything_else_goes_on(
    composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def usage(path: Path) -> Disk:
        asked.append(path)
        return Disk(0, 0, free[0])

    free = [1500 * KB]
    monkeypatch.setattr(shutil, "disk_usage", usage)
    caller = await at_papers(composed)
    assert isinstance((await taken(composed, caller, Coming(100)))[0], Filed)
    assert asked == [composed.files.store.scratch], "once a file, not for each of its hundred chunks"
    free[0] = 1050 * KB
    coming = Coming(100, "two")
    assert (await taken(composed, caller, coming)) == ["no_room"]
    assert coming.read == 51
    free[0] = 999 * KB
    coming = Coming(100, "three")
    assert (await taken(composed, caller, coming)) == ["no_room"]
    assert coming.read == 0
    await goes(caller, "done")
    assert (await caller.sees())[1]
    assert len(asked) == 3


@limited(reserve=0)
async def test_without_a_reserve_nobody_asks_how_full_the_disk_is(
    composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def usage(_path: Path) -> Disk:
        raise AssertionError("it is nobody's business")

    caller = await at_papers(composed)
    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert isinstance((await taken(composed, caller, Coming(1)))[0], Filed)


async def test_a_disk_that_is_full_all_the_same_is_said_kindly(
    composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    caller = await at_papers(composed)
    monkeypatch.setattr("storage.files.arriving.os.fsync", full)
    assert (await taken(composed, caller, Coming(1))) == ["no_room"]
    assert stored(composed) == 0


async def test_a_form_at_a_time_for_a_chat_and_few_from_one_place(composed: Composed) -> None:
    uploads = composed.turns.uploads

    def form(name: str) -> UploadForm:
        return UploadForm(uploads, Address("web", name))

    forms = [form(f"chat {number}") for number in range(AT_ONCE + 1)]
    for number, one in enumerate(forms[:-1]):
        one.begin(f"place {number // FROM_ONE_PLACE}", nothing)
    with pytest.raises(Crowded):
        forms[-1].begin("another place", nothing)
    forms[0].end()
    with pytest.raises(Crowded):
        form("new").begin("place 1", nothing)
    forms[-1].begin("place 0", nothing)
    for one in forms[1:]:
        one.end()
    assert not uploads.senders


async def test_the_slowest_makes_room_for_somebody_else(composed: Composed, clock: Clock) -> None:
    """Whoever holds every place with a byte now and then keeps nobody from sending."""
    uploads, gone = composed.turns.uploads, list[int]()
    forms = [UploadForm(uploads, Address("web", f"chat {number}")) for number in range(AT_ONCE + 1)]
    for number, one in enumerate(forms[:-1]):
        one.begin(f"place {number}", partial(gone.append, number))
        one.came = 1_000_000 if number != 5 else 300
    with pytest.raises(Crowded):
        forms[-1].begin("place of somebody honest", nothing)
    clock.at += timedelta(seconds=TIME)
    forms[-1].begin("place of somebody honest", nothing)
    assert gone == [5]
    assert len(uploads.senders) == AT_ONCE
    forms[5].end()
    assert forms[-1] in uploads.senders.values()


@limited(network=5 * KB)
async def test_one_place_brings_so_much_a_day(composed: Composed) -> None:
    said = []
    for number in range(3):
        form = UploadForm(composed.turns.uploads, Address("web", f"chat {number}"))
        form.begin("2001:db8::/64", nothing)
        said.append(await form.take("a.pdf", Coming(3000, str(number)).chunks()))
        form.end()
    assert [isinstance(one, Filed) for one in said] == [True, True, False]
    assert said[-1] == "no_room"
    other = UploadForm(composed.turns.uploads, Address("web", "elsewhere"))
    other.begin("198.51.100.7", nothing)
    assert isinstance(await other.take("a.pdf", Coming(3000, "else").chunks()), Filed)
    other.end()


@limited(whole=100, reserve=0)
async def test_it_is_known_when_there_is_hardly_any_room(composed: Composed) -> None:
    quotas = composed.turns.uploads.quotas
    assert not await quotas.nearly_full()
    await taken(composed, await at_papers(composed), Coming(95))
    assert await quotas.nearly_full()


def nothing() -> None:
    """The line goes on."""


async def test_nothing_is_counted_any_more_when_all_is_done(composed: Composed) -> None:
    caller = await at_papers(composed)
    await taken(composed, caller, Coming(3), Coming(25_000), Coming(2, "two"))
    assert not composed.turns.uploads.quotas._coming
    assert not composed.turns.uploads.senders


async def test_a_file_that_lies_in_a_case_twice_counts_once(composed: Composed) -> None:
    """What was shared with a wish for a meeting, or kept in a completion, has rows of its own and no bytes."""
    caller = await at_papers(composed)
    await taken(composed, caller, Coming(60))
    person = (await caller.sees())[0].person
    (row,) = await rows(composed.database, files_table)
    async with composed.database.write() as connection:
        draft = await drafts.begin(connection, SEAL, Begin("meeting", row.case_id), person, row.at)
        again = {name: getattr(row, name) for name in ("case_id", "sha256", "name", "mime", "size", "at")}
        await connection.execute(files_table.insert().values(again | {"draft_id": draft}))
    async with composed.database.read() as connection:
        held = await quota.held_by(connection, person, row.case_id)
    assert (held.of_person, held.of_case) == (row.size, row.size)
