"""The store of files: two people with the same file, a delete under an upload, a full disk."""

import asyncio
import errno
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from yarl import URL

from bot.turns.origin import Origin
from dialogs.language.events import Attach, Press
from storage.database.tables import files as files_table
from storage.files.files import Files
from tests.enclosed import offered
from tests.house import Caller, Composed, folder_of
from tests.samples import PDF
from tests.ways import BEGUN, SENT, everything, goes, number_of, rows, up_to, up_to_papers
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk


def stored(files: Files) -> list[Path]:
    """Every file in the store, half ones too."""
    return [path for path in folder_of(files).directory.rglob("*") if path.is_file()]


async def at_papers(composed: Composed, name: str) -> Caller:
    return await goes(Caller(composed.turns, name), *BEGUN, up_to_papers())


async def test_a_file_that_went_before_its_turn_is_asked_for_again(composed: Composed) -> None:
    theirs, mine = await at_papers(composed, "theirs"), await at_papers(composed, "mine")
    await theirs.does(await offered(composed.files))
    coming = await offered(composed.files)
    await goes(theirs, Press("delete"), "delete2:1", "delete3:1")
    said = await mine.does(coming)
    assert "could not fetch that file" in str(said)
    assert await number_of(composed.database, files_table) == 0
    await mine.does(await offered(composed.files))
    assert [
        folder_of(composed.files).path(row.sha256).exists() for row in await rows(composed.database, files_table)
    ] == [True]


async def test_forty_people_send_and_delete_the_same_file_at_once(composed: Composed) -> None:
    callers = [await at_papers(composed, f"caller {number}") for number in range(8)]

    async def sends_and_removes(caller: Caller) -> None:
        for _time in range(5):
            attach = await offered(composed.files)
            await composed.turns.take(Origin(caller.address, "en"), attach)
            standing, _shown = await caller.sees()
            assert standing.here
            press = Press(
                f"remove:{attach.files[0].sha256[:12]}", "papers", standing.here.draft.id, standing.here.draft.version
            )
            await composed.turns.take(Origin(caller.address, "en"), press)
        await composed.turns.take(Origin(caller.address, "en"), await offered(composed.files))

    await asyncio.gather(*(sends_and_removes(caller) for caller in callers))
    held = {row.sha256 for row in await rows(composed.database, files_table)}
    assert all(folder_of(composed.files).path(sha256).exists() for sha256 in held)


async def test_what_no_question_takes_does_not_stay(composed: Composed) -> None:
    """Telegram's files are fetched before the turn: whoever sends them to every question must not fill the disk."""
    caller = await goes(Caller(composed.turns), *BEGUN)
    for number in range(5):
        await caller.does(await offered(composed.files, PDF + b"%" * number))
    await composed.turns.take(Origin(caller.address, "en"), Press("home"))
    assert stored(composed.files) == []


async def test_one_more_than_fits_does_not_stay(composed: Composed) -> None:
    caller = await at_papers(composed, "somebody")
    more = [await offered(composed.files, PDF + b"%" * number) for number in range(12)]
    await caller.does(Attach(tuple(one.files[0] for one in more)))
    assert len(stored(composed.files)) == 10 == await number_of(composed.database, files_table)


async def test_the_same_file_in_two_drafts_of_one_person(composed: Composed) -> None:
    caller = await at_papers(composed, "somebody")
    await caller.does(await offered(composed.files))
    await goes(caller, "done", Press("new"), up_to_papers(), await offered(composed.files))
    await goes(caller, Press("delete"), "delete2:2", "delete3:2")
    assert len(stored(composed.files)) == 1
    await goes(caller, Press("drafts"), "delete:1", "delete2:1", "delete3:1")
    assert stored(composed.files) == []


async def test_an_upload_that_ends_after_its_draft_was_deleted_leaves_nothing(composed: Composed) -> None:
    caller = await at_papers(composed, "somebody")
    coming = await offered(composed.files)
    await goes(caller, Press("delete"), "delete2:1", "delete3:1")
    await caller.does(coming)
    assert stored(composed.files) == []
    assert "survey.pdf" not in await everything(composed.database)


async def test_an_upload_that_ends_when_another_draft_is_at_hand_does_not_land_in_it(
    visitor: Visitor, served: Served
) -> None:
    """A slow upload in one tab; meanwhile another draft is opened in the other, at a question that takes files as well."""
    form = (await walk(visitor, "papers")).form_with("add")
    fields = {name: values[0] for name, values in form.fields.items()} | {"press": "add papers"}

    async def slowly() -> AsyncIterator[bytes]:
        yield "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        ).encode()
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="private.pdf"\r\n\r\n' + PDF
        await asyncio.sleep(0.2)
        async with Visitor(served.url) as tab:
            tab.session.cookie_jar.update_cookies(
                {one.key: one.value for one in visitor.session.cookie_jar}, URL(served.url)
            )
            await tab.post("/", {"press": "new"})
            await walk(tab, "papers")
        yield b"\r\n--b--\r\n"

    async with visitor.session.post(
        served.url + "/", data=slowly(), headers={"Content-Type": "multipart/form-data; boundary=b"}
    ) as answer:
        assert "earlier question" in await answer.text()
    page = await visitor.open("/")
    assert page.asked == "papers"
    assert "private.pdf" not in page.text
    assert stored(served.turns.files) == []


async def test_a_full_disk_leaves_no_half_files(composed: Composed, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("storage.files.arriving.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        await composed.files.put(PDF)
    assert stored(composed.files) == []


async def test_a_sweep_meets_a_file_that_is_just_being_renamed(
    composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    await composed.files.put(b"kept")
    going = folder_of(composed.files).path(await composed.files.put(b"going")).with_suffix(".1234")
    monkeypatch.setattr(Path, "glob", lambda self, _pattern: iter([*self.rglob("*/*"), going]))
    assert await composed.files.drop(set(await composed.files.older(0))) == 0


async def test_what_was_sent_keeps_its_file_when_the_same_one_is_deleted_elsewhere(composed: Composed) -> None:
    sender = await goes(
        await at_papers(composed, "sender"),
        await offered(composed.files),
        "done",
        up_to(),
        *SENT,
    )
    other = await at_papers(composed, "other")
    await other.does(await offered(composed.files))
    await goes(other, Press("delete"), "delete2:2", "delete3:2")
    await goes(sender, Press("delete"))
    assert len(stored(composed.files)) == 1
