"""A browser whose session ends while a form of it is on its way: what it sends does nothing to the chat that it had."""

import re

import pytest

from tests.web.chat.links import link_of
from tests.web.conftest import Served
from tests.web.held import held
from tests.web.visitor import Visitor
from tests.web.walk import send, walk

BACK = re.compile(r"http[^<\" ]+/back/[A-Za-z0-9_-]{32}")


async def test_who_was_put_out_finishes_no_form_that_they_had_begun(served: Served, visitor: Visitor) -> None:
    await send(visitor)
    async with Visitor(served.url) as thief, Visitor(served.url) as phone:
        await thief.post(await link_of(visitor), {})
        forms = [
            await held(thief, path, {"press": [press]})
            for path, press in (("/sessions", "newlink"), ("/sessions", "endothers"), ("/leave", "link"))
        ]
        forms.append(await held(thief, "/", {"press": ["forget2"]}))
        await visitor.post("/sessions", {"press": "endothers"})
        made = BACK.search((await visitor.post("/sessions", {"press": "newlink"})).html)
        assert made
        for one in forms:
            _status, head, body = await one.finish()
            assert "/back/" not in head + body
            assert "SAM-" not in head + body
        await phone.post(made[0], {})
        assert "SAM-" in (await phone.open("/")).text, "the owner's link goes on"
    assert "SAM-" in (await visitor.open("/")).text, "and so does everything else"


@pytest.mark.parametrize("act", ["skip", "help"])
async def test_what_was_written_comes_back_to_who_was_put_out_and_to_nobody_else(
    served: Served, visitor: Visitor, act: str
) -> None:
    await walk(visitor, "proposal")
    async with Visitor(served.url) as other:
        page = await other.post(await link_of(visitor), {})
        form = page.form_with("done").fields | {"text": ["Half a page of words."], "press": [f"{act} proposal"]}
        slow = await held(other, "/", form)
        await visitor.post("/sessions", {"press": "endothers"})
        _status, _head, body = await slow.finish()
    assert "Trygg" not in body
    page = await visitor.open("/")
    assert page.asked == "proposal"
    assert "Half a page" not in page.html
