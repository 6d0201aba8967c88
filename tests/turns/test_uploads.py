"""Files at the door: known by their content."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.turns.uploads import admit
from dialogs.kinds.files import BIGGEST
from dialogs.language.events import Filed
from storage.database.database import Database
from storage.files.files import Files
from storage.files.folder import Folder
from tests.house import admitted, folder_of
from tests.pictures.made import PLANTED, avif, jpeg, memo, png
from tests.samples import JPEG, PDF, REFUSED, TAKEN


@pytest.fixture
async def files(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Files]:
    database = Database(sqlite_url)
    yield Files(database, Folder(tmp_path / "files"))
    await database.close()


@pytest.mark.parametrize("name", TAKEN)
async def test_taken(name: str, files: Files) -> None:
    filed = await admitted(files, name, TAKEN[name])
    assert isinstance(filed, Filed)
    assert filed.name == name
    assert await files.get(filed.sha256) == TAKEN[name]


@pytest.mark.parametrize("name", REFUSED)
async def test_refused_whatever_the_name_says(name: str, files: Files) -> None:
    assert await admitted(files, name, REFUSED[name]) == "wrong_type"
    assert not list(folder_of(files).directory.glob("*/*"))


async def test_too_big_and_empty(files: Files) -> None:
    assert await admitted(files, "a.pdf", PDF + bytes(BIGGEST)) == "too_big"
    assert await admitted(files, "a.pdf", b"") == "empty_file"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\x\\report.PDF.exe", "report.PDF.pdf"),
        ("\u202egnp.evil", "gnp.pdf"),
        ("\0\n", "file.pdf"),
        ("", "file.pdf"),
        ("ا" * 300, "ا" * 100 + ".pdf"),
    ],
)
async def test_names_are_made_harmless(given: str, kept: str, files: Files) -> None:
    filed = await admitted(files, given, PDF)
    assert isinstance(filed, Filed)
    assert filed.name == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", jpeg()), ("b.png", png()), ("c.heic", avif().replace(b"ftypavif", b"ftypheic")), ("d.m4a", memo())],
)
async def test_what_is_hidden_in_a_picture_is_left_out(name: str, content: bytes, files: Files) -> None:
    filed = await admitted(files, name, content)
    assert isinstance(filed, Filed)
    assert filed.trimmed
    kept = await files.get(filed.sha256)
    assert PLANTED in content
    assert PLANTED not in kept
    assert (filed.size, filed.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "iphone.heic", "voice.m4a"])
async def test_a_picture_that_cannot_be_walked_is_refused_and_leaves_nothing(name: str, files: Files) -> None:
    assert await admitted(files, name, TAKEN[name][:-3]) == "broken"
    assert not [path for path in folder_of(files).directory.rglob("*") if path.is_file()]


async def test_a_file_is_never_in_memory(files: Files) -> None:
    """Of twenty megabytes a chunk or a window is, when they come and when they are written anew."""
    head, end = JPEG[: JPEG.index(b"\xff\xda") + 10], b"\xff\xd9" + PLANTED
    chunk = b"ab" * (1 << 15)
    tracemalloc.start()
    async with files.arriving() as arriving:
        await arriving.write(head)
        for _chunk in range(BIGGEST // len(chunk) - 1):
            await arriving.write(chunk)
        await arriving.write(end)
        filed = await admit(files, "a.jpg", arriving)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(filed, Filed)
    assert filed.size > BIGGEST - 3 * len(chunk)
    assert most < 2_000_000


async def test_whatever_happens_to_it_nothing_is_left(files: Files) -> None:
    with pytest.raises(ZeroDivisionError):
        async with files.arriving() as arriving:
            await arriving.write(PDF)
            await arriving.anew(lambda _source, _target: 1 // 0)
    under_way = asyncio.ensure_future(admitted(files, "a.pdf", PDF))
    await asyncio.sleep(0)
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert not [path for path in folder_of(files).directory.rglob("*") if path.is_file()]
