"""Files over the web: taken at the question that asks for them, refused kindly, and never lost."""

import asyncio
from collections.abc import Callable

import pytest

from bot.turns.quota import FileLimits
from bot.turns.uploads import FROM_ONE_PLACE
from bot.web.http import post
from storage.database.tables import files
from tests.house import folder_of
from tests.pictures.made import PLANTED, jpeg, png
from tests.samples import PDF, PNG
from tests.ways import number_of
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk

LEFT_OUT = "I left out what is hidden in a picture"


def stored(served: Served) -> int:
    return sum(1 for path in folder_of(served.turns.files).directory.glob("*/*") if path.is_file())


async def test_add_remove_and_go_on(visitor: Visitor) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=(("enkät.pdf", PDF), ("bild.png", PNG)))
    assert page.asked == "papers"
    assert "enkät.pdf" in page.text
    removing = [value for form in page.forms for _name, value in form.buttons if value.startswith("remove:")]
    assert len(removing) == 2
    page = await visitor.press(removing[0].partition(" ")[0])
    assert "enkät.pdf" not in page.text
    assert (await visitor.press("done")).asked == "democratic"


async def test_chosen_files_go_along_with_continue(visitor: Visitor) -> None:
    await walk(visitor, "papers")
    await visitor.press("add", files=(("enkät.pdf", PDF),))
    page = await visitor.press("done", files=(("karta.png", PNG),))
    assert page.asked == "democratic"
    await visitor.press("change:papers")
    assert "karta.png" in visitor.page.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 200, "cannot take that type"),
        ("empty.pdf", b"", "That file was empty"),
        ("broken.pdf", PNG[:-9], "seems to be damaged"),
        ("huge.pdf", PDF + b"\x00" * 30_000_000, "20 MB is the most"),
    ],
)
async def test_what_cannot_be_taken_is_said_kindly(
    served: Served, visitor: Visitor, name: str, content: bytes, words: str
) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=((name, content),))
    assert page.status == 422
    assert words in page.text
    assert stored(served) == 0
    page = await visitor.press("add", files=((name, content), ("good.pdf", PDF)))
    assert words in page.text
    assert "good.pdf" in page.text


async def test_no_file_chosen(visitor: Visitor) -> None:
    await walk(visitor, "papers")
    assert "No file was chosen" in (await visitor.press("add")).text


async def test_ten_are_kept_of_more(visitor: Visitor) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=tuple((f"nr{number}.pdf", PDF + bytes([number])) for number in range(14)))
    assert "room for 10 files" in page.text
    assert page.html.count('value="remove:') == 10


async def test_a_name_is_cleaned_and_escaped(visitor: Visitor) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=(("../../<b>x\u202e.exe", PDF),))
    assert "<b>x" not in page.html
    assert "\u202e" not in page.html
    assert "../" not in page.text


async def test_nobody_fills_the_disk_from_elsewhere(served: Served, visitor: Visitor) -> None:
    at_papers = await walk(visitor, "papers")
    await visitor.press("skip")
    page = await visitor.press("add", page=at_papers, files=(("late.pdf", PDF),))
    assert page.asked == "democratic"
    assert stored(served) == 0
    async with Visitor(served.url) as stranger:
        assert "Welcome" in (await stranger.press("add", page=at_papers, files=(("stranger.pdf", PDF),))).text
    assert stored(served) == 0


async def test_what_was_hidden_in_a_picture_is_left_out_and_said(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=(("bild.png", PNG),))
    assert LEFT_OUT not in page.text
    page = await visitor.press("add", files=(("foto.jpg", jpeg()),))
    assert LEFT_OUT in page.text
    assert "foto.jpg" in page.text
    page = await visitor.press("done", files=(("karta.png", png()),))
    assert LEFT_OUT in page.text
    assert page.asked == "democratic"
    page = await visitor.press("not_yet")
    assert LEFT_OUT not in page.text
    lying = [path.read_bytes() for path in folder_of(served.turns.files).directory.glob("*/*")]
    assert len(lying) == 3
    assert not any(PLANTED in content for content in lying)


async def begun(
    served: Served, visitor: Visitor, *contents: bytes
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A form with these files that goes on for ever, from this visitor's browser."""
    form = visitor.page.form_with("add")
    fields = {name: values[0] for name, values in form.fields.items()} | {"press": "add papers"}
    said = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    for number, content in enumerate(contents):
        said += f'--b\r\nContent-Disposition: form-data; name="files"; filename="{number}.pdf"\r\n\r\n'.encode()
        said += content + b"\r\n"
    cookie = "; ".join(f"{one.key}={one.value}" for one in visitor.session.cookie_jar)
    head = ("POST / HTTP/1.1", "Host: x", f"Cookie: {cookie}", "Content-Type: multipart/form-data; boundary=b")
    reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    writer.write("\r\n".join((*head, "Content-Length: 100000000", "", "")).encode() + said)
    await writer.drain()
    return reader, writer


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def test_an_upload_that_does_not_end_leaves_nothing(served: Served, visitor: Visitor) -> None:
    """Fifteen files, and then the line is cut; nothing of them is in any row, and nothing in the folder."""
    await walk(visitor, "papers")
    _reader, writer = await begun(
        served, visitor, *(PDF + bytes([number]) for number in range(15)), PDF + bytes(300_000)
    )
    await until(lambda: stored(served) >= 10)
    writer.close()
    await until(lambda: not stored(served))
    await until(lambda: not served.turns.uploads.senders)
    assert await number_of(served.turns.database, files) == 0
    assert "ok.pdf" in (await visitor.press("add", files=(("ok.pdf", PDF),))).text


async def test_a_form_that_is_given_up_leaves_nothing(
    served: Served, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "PATIENCE", 0.5)
    await walk(visitor, "papers")
    reader, writer = await begun(served, visitor, PDF, PDF + bytes(300_000))
    assert b" 408 " in await reader.readline()
    writer.close()
    await until(lambda: not stored(served))


async def test_more_than_may_come_at_once_is_read_over_and_told_to_come_later(served: Served, visitor: Visitor) -> None:
    """Few forms with files from one address; whoever has none goes on, and whoever begins anew takes their own place."""
    page = await walk(visitor, "papers")
    _reader, broken = await begun(served, visitor, PDF + bytes(300_000))
    await until(lambda: len(served.turns.uploads.senders) == 1)
    again = await visitor.press("add", page=page, files=(("again.pdf", PDF + b"again"),))
    assert "again.pdf" in again.text, "a line that broke keeps nobody out of their own chat"
    await until(lambda: not served.turns.uploads.senders)
    broken.close()
    open_ones = []
    for _number in range(FROM_ONE_PLACE):
        async with Visitor(served.url) as another:
            await walk(another, "papers")
            open_ones.append(await begun(served, another, PDF + bytes(300_000)))
            await until(lambda: len(served.turns.uploads.senders) == len(open_ones))
    async with Visitor(served.url) as late:
        await walk(late, "papers")
        assert "no room for files at the moment" in (await late.press("add", files=(("late.pdf", PDF + b"late"),))).text
        await late.open("/")
        assert (await late.press("skip")).asked == "democratic"
    for _reader, writer in open_ones:
        writer.close()
    await until(lambda: not served.turns.uploads.senders and stored(served) == 1)


@pytest.mark.house(room=FileLimits(person=1_000_000, reserve=0))
async def test_an_upload_that_is_too_much_is_said_and_the_rest_of_the_form_is_taken(
    served: Served, visitor: Visitor
) -> None:
    await walk(visitor, "papers")
    page = await visitor.press("add", files=(("big.pdf", PDF + bytes(1_000_000)), ("small.pdf", PDF)))
    assert page.status == 422
    assert "take up all the room" in page.text
    assert "small.pdf" in page.text
    assert stored(served) == 1
