"""The page that confirms an e-mail address."""

from yarl import URL

from storage.cases import cases, confirmations
from tests.clock import now
from tests.web.conftest import Served
from tests.web.visitor import Visitor


async def link(served: Served) -> str:
    """The link of a letter that was sent about a case."""
    token = served.keys.new()
    async with served.turns.database.write() as connection:
        case = await cases.new(connection, now())
        await confirmations.ask(connection, case, "kim@example.se", served.keys.hash(token), now())
    return f"/confirm/{token}"


async def is_confirmed(served: Served) -> bool:
    async with served.turns.database.read() as connection:
        return await confirmations.confirmed(connection, 1, "kim@example.se")


async def test_only_the_button_confirms(served: Served, visitor: Visitor) -> None:
    path = await link(served)
    page = await visitor.open(path)
    assert page.status == 200
    assert "Was it you?" in page.text
    assert not await is_confirmed(served), "previews and prefetching open links, too"
    page = await visitor.post(path, {})
    assert page.status == 200
    assert "From now on" in page.text
    assert await is_confirmed(served)
    assert not visitor.session.cookie_jar.filter_cookies(URL(served.url)), "nobody is let in anywhere by it"


async def test_a_made_up_link_is_told_like_one_that_is_too_old(served: Served, visitor: Visitor) -> None:
    for token in ("x", "x" * 32, "å" * 32):
        assert "Was it you?" in (await visitor.open(f"/confirm/{token}")).text
        page = await visitor.post(f"/confirm/{token}", {})
        assert page.status == 404
        assert "too old, or was not copied whole" in page.text
