"""Leaving: a computer that others use, a link that somebody else has, and a browser that nobody has used for long."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from bot.operations.rate_limit import RateLimit
from bot.worker.retention import MONTH
from dialogs.language.events import Press
from storage.database.tables import people
from storage.people.people import Address
from tests.house import Caller
from tests.ways import number_of
from tests.web.browsing import context, walk
from tests.web.chat.links import link_of
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import send
from tests.web.walk import walk as walked

KEPT = "JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage}) + document.cookie"


async def kept(page: Page) -> str:
    """What scripts find in a tab of the browser."""
    return str(await page.evaluate(KEPT))


async def test_a_library_computer_and_the_next_visitor(served: Served, chromium: Browser) -> None:
    computer = await context(chromium)
    sara = await computer.new_page()
    await sara.goto(served.url)
    await walk(sara, "proposal")
    await sara.locator("form.answer textarea").fill("half a sentence of Sara's")
    other_tab = await computer.new_page()
    await other_tab.goto(served.url)
    await other_tab.locator("form.answer textarea").fill("another half of it")
    assert "half a sentence" in await kept(sara)
    assert "another half" in await kept(other_tab)
    await sara.locator(".menu summary").click()
    await sara.locator(".menu a[href='/leave']").click()
    await sara.locator("button[value=link]").click()
    link = await sara.locator("#link").input_value()
    await sara.locator("button[value=done]").click()
    await expect(sara).to_have_url(re.compile("/left"))
    await expect(other_tab.locator("h1").first).to_contain_text("Welcome!")
    for tab in (sara, other_tab):
        assert "half" not in await kept(tab)
    assert await computer.cookies() == []
    next_one = await computer.new_page()
    for path in ("/", "/my-data", "/link", "/sessions", "/leave"):
        await next_one.goto(f"{served.url}{path}")
        assert "Trygg" not in await next_one.content()
        assert "half" not in await next_one.content()
    await sara.evaluate("history.go(-3)")  # past the page with the link, which no browser shows again
    await expect(sara.locator("h1").first).to_contain_text("Welcome!")
    assert "half" not in await sara.content(), "what the browser had put by is asked for again"
    phone = await (await context(chromium)).new_page()
    await phone.goto(link)
    await phone.locator("main form button").click()
    await expect(phone.locator("form.answer")).to_have_attribute("data-question", re.compile("-proposal$"))


async def test_deleting_everything_leaves_nothing_in_the_browser(served: Served, chromium: Browser) -> None:
    computer = await context(chromium)
    page = await computer.new_page()
    await page.goto(served.url)
    await walk(page, "proposal")
    await page.locator("form.answer textarea").fill("half a sentence of Sara's")
    await page.locator(".menu summary").click()
    await page.locator(".menu button[value=forget]").click()
    await expect(page.locator("main button[value=forget2]")).to_be_visible()
    await page.locator("main button[value=forget2]").click()
    await expect(page.locator("h1")).to_contain_text("You have left")
    assert "half" not in await kept(page)
    assert await computer.cookies() == []


async def test_a_stolen_link_is_ended(served: Served, visitor: Visitor) -> None:
    await send(visitor)
    link = await link_of(visitor)
    async with Visitor(served.url) as thief, Visitor(served.url) as phone:
        await thief.post(link, {})
        assert "SAM-" in (await thief.open("/")).text
        page = await visitor.open("/sessions")
        assert page.html.count("A browser") == 3, "her own, and the other with its button"
        await visitor.press(
            "endothers" if "endothers" in page.acts else next(a for a in page.acts if a.startswith("end"))
        )
        assert "That has ended." in visitor.page.text
        assert "Welcome!" in (await thief.open("/")).text
        page = await visitor.press("newlink")
        assert (await thief.post(link, {})).status == 404
        anew = re.search(r"http[^<]+/back/[^<]+", page.html)
        assert anew
        await phone.post(anew[0], {})
        assert "SAM-" in (await phone.open("/")).text


async def test_deleting_everything_ends_every_link_and_every_browser(served: Served, visitor: Visitor) -> None:
    await send(visitor)
    link = await link_of(visitor)
    async with Visitor(served.url) as thief, Visitor(served.url) as later:
        await thief.post(link, {})
        await visitor.press("forget", page=await visitor.open("/my-data"))
        page = await visitor.press("forget2")
        assert page.url.endswith("/left?forgotten=sent")
        assert "stays with the city" in page.text
        assert (await later.post(link, {})).status == 404
        for one in (visitor, thief, later):
            assert "Welcome!" in (await one.open("/")).text
            assert "SAM-" not in (await one.open("/my-data")).text


async def test_who_leaves_reads_of_a_link_only_if_there_is_one(served: Served, visitor: Visitor) -> None:
    await walked(visitor, "established")
    without = await visitor.post("/leave", {"press": "done"})
    assert "You have left" in without.text
    assert "private link" not in without.text
    async with Visitor(served.url) as other:
        await walked(other, "established")
        await link_of(other)
        assert "by your private link" in (await other.post("/leave", {"press": "done"})).text


async def test_what_is_written_where_the_chat_was_ended_is_given_back_with_what_is_true(
    served: Served, visitor: Visitor
) -> None:
    await walked(visitor, "proposal")
    link = await link_of(visitor)
    async with Visitor(served.url) as other:
        page = await other.post(link, {})
        assert page.asked == "proposal"
        await visitor.press("endothers" if "endothers" in (await visitor.open("/sessions")).acts else "endbrowser:2")
        page = await other.fill("done", {"text": "A bench in the shade."})
        assert "The chat that was open in this browser has been ended." in page.text
        assert "A bench in the shade." in page.text
        assert "no longer asked" not in page.text
        assert "cookie" not in page.text
        assert await number_of(served.turns.database, people) == 1, "nobody new is made of it"
        assert "has been ended" not in (await other.open("/")).text, "it is said once"


async def test_who_has_it_open_says_only_what_is_there(served: Served, visitor: Visitor) -> None:
    await walked(visitor, "established")
    page = await visitor.open("/sessions")
    assert "all others above" not in page.text
    assert "earlier ones" not in page.text
    first = await visitor.press("newlink")
    assert "The earlier links have ended." not in first.text
    again = await visitor.post("/sessions", {"press": "newlink"})
    assert "The earlier links have ended." in again.text


async def test_a_browser_that_nobody_has_used_for_long_is_out(served: Served, visitor: Visitor) -> None:
    await walked(visitor, "established")
    clock = served.turns.clock
    lasts = served.turns.sessions.lasts
    assert lasts >= served.turns.house.draft_months * MONTH, "never before the draft itself is deleted"
    for _time in range(2):
        clock.at += 0.9 * lasts  # type: ignore[attr-defined]
        assert (await visitor.open("/")).asked == "established", "looking at it is using it"
    clock.at += lasts + timedelta(days=1)  # type: ignore[attr-defined]
    assert "Welcome!" in (await visitor.open("/")).text


async def test_nothing_ends_by_opening_a_page(served: Served, visitor: Visitor) -> None:
    await walked(visitor, "established")
    for path in ("/leave", "/left", "/sessions", "/link"):
        await visitor.open(path)
    assert (await visitor.open("/")).asked == "established"
    async with served.turns.database.read() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM links")).scalar() == 0


async def test_in_a_chat_on_the_web_there_is_the_page_and_no_link_in_the_outbox(served: Served) -> None:
    caller = Caller(served.turns)
    await caller.does(Press("accept"))
    for act in ("openin", "newlink", "endothers"):
        assert 'href="/sessions"' not in str(await caller.does(Press(act)))
        assert "/back/" not in str((await caller.sees())[1])
    assert Address("web", "somebody") == caller.address


async def test_over_an_open_chat_nobody_has_left_and_nothing_is_forgotten(visitor: Visitor) -> None:
    await walked(visitor, "established")
    for path in ("/left?forgotten", "/left?forgotten=sent", "/left?done"):
        page = await visitor.open(path)
        assert page.url.endswith("/leave")
    assert (await visitor.open("/")).asked == "established"


@pytest.mark.house(limits={"rate_limit": RateLimit(4, 0.001)})
async def test_links_and_ends_are_counted_as_turns_are_and_whoever_leaves_may(visitor: Visitor) -> None:
    await visitor.open("/")
    await visitor.press("accept")
    presses = [("/link", ""), ("/sessions", "newlink"), ("/leave", "link"), ("/sessions", "endothers")]
    assert [(await visitor.post(path, {"press": press})).status for path, press in presses] == [200] * 4
    assert [(await visitor.post(path, {"press": press})).status for path, press in presses] == [429] * 4
    assert "/left" in (await visitor.post("/leave", {"press": "done"})).url
