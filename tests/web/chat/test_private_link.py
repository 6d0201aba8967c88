"""The private link: it makes a session of its own, says whose chat it opens, and what is true when it opens none."""

import pytest

from tests.web.chat.links import LINK, link_of
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk

AREA = "Rosengård"


async def test_it_lets_in_by_a_press_only_and_is_no_session(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "established")
    link = await link_of(visitor)
    mine = {one.value for one in visitor.session.cookie_jar}
    async with Visitor(served.url) as other:
        assert "Set-Cookie" not in (await other.open(link)).headers
        assert "Welcome!" in (await other.open("/")).text
        assert (await other.post(link, {})).asked == "established"
        theirs = {one.value for one in other.session.cookie_jar if one.key == "chat"}
        assert theirs
        assert not theirs & mine
        assert link.rpartition("/")[2] not in theirs
    async with Visitor(served.url) as third:
        third.session.cookie_jar.update_cookies(
            {"chat": link.rpartition("/")[2]}, response_url=served.server.make_url("/")
        )
        assert "Welcome!" in (await third.open("/")).text, "a link is no cookie"
        for cookie in mine | theirs:
            assert (await third.post(f"/back/{cookie}", {})).status == 404, "and a cookie is no link"


async def test_each_link_is_shown_once_and_only_its_hash_is_stored(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "established")
    first, second = await link_of(visitor), await link_of(visitor)
    assert first != second
    assert "2 private links lead here" in (await visitor.open("/link")).text
    async with served.turns.database.read() as connection:
        stored = str((await connection.exec_driver_sql("SELECT * FROM links")).all())
    assert first.rpartition("/")[2] not in stored
    for link in (first, second, first):
        async with Visitor(served.url) as other:
            assert (await other.post(link, {})).asked == "established"
    for _more in range(8):
        await link_of(visitor)
    page = await visitor.post("/link", {})
    assert "Ten links lead here already" in page.text
    assert "/back/" not in page.html
    page = await visitor.press("newlink")
    assert LINK.search(page.html)
    async with Visitor(served.url) as other:
        assert (await other.post(first, {})).status == 404


async def test_a_link_frightens_nobody_before_the_button_and_a_dead_one_welcomes_nobody(
    served: Served, visitor: Visitor
) -> None:
    await walk(visitor, "established")
    link = await link_of(visitor)
    async with Visitor(served.url) as other:
        page = await other.open(link)
        assert "Open it only if it is your own." in page.text
        assert "Write together" not in page.text
        dead = await other.post(f"{link[:-3]}xyz", {})
        assert "Welcome back" not in dead.text
        assert "Your private link" in dead.text


async def test_over_another_chat_it_says_whose_it_would_become(served: Served, visitor: Visitor) -> None:
    await walk(visitor)
    link = await link_of(visitor)
    async with Visitor(served.url) as other:
        assert AREA not in (await other.open(link)).text, "a preview is told nothing"
        await other.open("/")
        await other.press("accept")
        page = await other.open(link)
        assert "Another chat is open" in page.text
        assert "Open here now: the chat with" in page.text
        assert AREA in page.text
        assert "nothing is written yet" not in page.text
        await other.post(link, {})
        assert AREA in (await other.open("/")).text
        assert "open in this browser already" in (await other.open(link)).text
        assert (await other.post(link, {})).url.endswith("/")


async def test_one_that_opens_nothing_says_what_is_true(served: Served, visitor: Visitor) -> None:
    async with Visitor(served.url) as stranger:
        page = await stranger.post("/back/" + "x" * 32, {})
        assert page.status == 404
        assert "opens nothing" in page.text
        assert "in the menu" in page.text
    await walk(visitor, "established")
    page = await visitor.post("/back/" + "x" * 32, {})
    assert page.status == 404
    assert "Nothing has changed in this browser" in page.text
    assert (await visitor.open("/")).asked == "established"


@pytest.mark.house(public_url="https://samverkan.example.se")
async def test_behind_https_a_cookie_is_this_hosts_alone(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        async with visitor.session.post(f"{served.url}/", data={"press": "accept"}, allow_redirects=False) as answer:
            cookies = answer.headers.getall("Set-Cookie")
        assert [one.partition("=")[0] for one in cookies] == ["__Host-chat"]
        assert "Secure" in cookies[0]
        assert "Path=/" in cookies[0]
        assert "Domain" not in cookies[0]
        token = cookies[0].partition("=")[2].partition(";")[0]
        headers = {"Cookie": f"chat={token}"}
        async with visitor.session.get(f"{served.url}/", headers=headers) as answer:
            assert "Welcome!" in await answer.text(), "one of the plain name may be a sister site's"
