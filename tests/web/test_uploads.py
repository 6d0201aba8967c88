"""Files over the web: taken at the question that asks for them, refused kindly, and never lost."""

import pytest

from bot.clock import now
from tests.samples import PDF, PNG
from tests.web.conftest import Served
from tests.web.test_chat import walk
from tests.web.visitor import Visitor


def stored(served: Served) -> int:
    return sum(1 for path in served.turns.files.directory.glob("*/*") if path.is_file())


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
    assert now().tzinfo
