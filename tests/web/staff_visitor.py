"""A contact person with a browser at the desk."""

from storage.people import staff
from tests.clock import now
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


async def administrator(served: Served, name: str = "Nadia") -> Visitor:
    """The same, for an administrator."""
    one = await staff_visitor(served, name)
    async with served.turns.database.write() as connection:
        await staff.contact_person(connection, name, now(), administrator=True)
    return one


async def id_of(served: Served, name: str) -> int:
    """The number of the contact person with this name."""
    async with served.turns.database.read() as connection:
        found = await staff.id_of(connection, name)
    assert found
    return found
