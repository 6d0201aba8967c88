"""An invitation to write together, as it stands in the chat: a link that can be followed and copied, and that works however it was copied."""

import re
from urllib.parse import quote

import pytest

from tests.web.conftest import Served
from tests.web.visitor import Visitor

HERE = "http://guide.example.se"
LINK = re.compile(rf'<a class="link" dir="ltr" href="({HERE}(/join/[\w-]{{32}}))">\1</a>')


pytestmark = pytest.mark.house(public_url=HERE)


async def invited(visitor: Visitor) -> re.Match[str]:
    """Begin, and invite somebody."""
    await visitor.open("/")
    await visitor.press("accept")
    await visitor.press(next(act for act in visitor.page.acts if act.startswith("writers")))
    page = await visitor.press(next(act for act in visitor.page.acts if act.startswith("invite")))
    found = LINK.search(page.html)
    assert found, page.html
    return found


async def test_it_is_a_link_with_a_button_that_copies_it(visitor: Visitor) -> None:
    link = await invited(visitor)
    assert f'data-copy="{link[1]}"' in visitor.page.html


@pytest.mark.parametrize("around", ["{}\u2069", "\u2068{}\u2069", "{} ", "{}\n", "\u2066{}\u2069"])
async def test_what_was_copied_along_does_no_harm(served: Served, visitor: Visitor, around: str) -> None:
    async with Visitor(served.url) as other:
        token = (await invited(visitor))[2].rpartition("/")[2]
        page = await other.post(f"/join/{quote(around.format(token))}", {})
        assert page.status == 200
        assert "has been used already" not in page.text


async def test_the_private_link_and_the_one_to_sign_in_are_as_patient(served: Served, visitor: Visitor) -> None:
    async with Visitor(served.url) as other:
        await visitor.open("/")
        await visitor.press("accept")
        link = re.search(r">http[^<]+(/back/[^<]+)<", (await visitor.post("/link", {})).html)
        assert link
        assert (await other.post(f"{link[1]}{quote(chr(0x2069))}", {})).asked == "scope"
    async with Visitor(served.url) as nadia:
        page = await nadia.post(f"/sign-in/{await served.link()}{quote(chr(0x2069))}", {})
        assert page.status == 200
