"""What the attacks have in common."""

from tests.web.conftest import Served
from tests.web.visitor import Visitor


async def signed_in(served: Served, visitor: Visitor) -> None:
    """A contact person sits in this browser."""
    await visitor.open(f"/sign-in/{await served.link()}")
    await visitor.post(visitor.page.url, {})
    assert visitor.page.url.endswith("/queue")
