"""The ready group of ROSENGARD on its way through the web chat, over a visitor."""

import re

from tests.answers import ROSENGARD, Given, went_on
from tests.web.page import Page
from tests.web.visitor import Visitor


async def answer(visitor: Visitor, given: Given) -> Page:
    """Fill in what is asked."""
    return await visitor.fill(given.act, given.fields)


async def walk(visitor: Visitor, upto: str = "review") -> Page:
    """Begin, and answer everything before `upto`."""
    if visitor.page.asked not in ROSENGARD.form:
        await visitor.open("/")
        await visitor.press("accept")
    while (asked := visitor.page.asked) != upto:
        for given in ROSENGARD.form[asked]:
            await answer(visitor, given)
            assert visitor.page.status == 200, visitor.page.text
        went_on(asked, visitor.page.asked, visitor.page.text)
    return visitor.page


async def send(visitor: Visitor) -> Page:
    """Go all the way, and send."""
    await walk(visitor)
    await visitor.press("send")
    return await visitor.press("sure")


async def sent(visitor: Visitor) -> str:
    """An application is sent; its reference."""
    page = await send(visitor)
    found = re.search(r"SAM-\d{4}-\d{4}", page.text)
    assert found
    return found[0]
