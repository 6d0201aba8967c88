"""A contact person with a browser at the desk."""

from tests.web.conftest import Served
from tests.web.visitor import Visitor


async def staff_visitor(served: Served, name: str = "Nadia") -> Visitor:
    """Somebody who has signed in, and reads English."""
    visitor = Visitor(served.url)
    visitor.session.cookie_jar.update_cookies(
        {"desk": await served.session(name)}, response_url=served.server.make_url("/queue")
    )
    await visitor.post("/queue/language", {"language": "en"})
    return visitor
