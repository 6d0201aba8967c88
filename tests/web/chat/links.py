"""Private links, as somebody makes them on the page."""

import re

from tests.web.visitor import Visitor

LINK = re.compile(r">(http[^<]+/back/[^<]+)<")


async def link_of(visitor: Visitor) -> str:
    """A new private link to somebody's chat."""
    assert "/back/" not in (await visitor.open("/link")).html, "opening the page makes none"
    found = LINK.search((await visitor.post("/link", {})).html)
    assert found
    return found[1]
