"""The desk in a real browser: by the keyboard alone, with and without scripts, narrow and wide, for everybody."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.initiation.part import initiation
from tests.web.cases import applied, asks_for_a_meeting, busy, case_of, did, fields, nadia, posted, took
from tests.web.conftest import Served
from tests.web.flaws import flaws
from tests.web.visitor import Visitor

NARROW, WIDE = ViewportSize(width=320, height=700), ViewportSize(width=1600, height=1000)


async def desk(served: Served, chromium: Browser, language: str = "en", **more: Any) -> Page:
    """A contact person's page, signed in."""
    session = await served.session()
    async with Visitor(served.url) as visitor:
        visitor.session.cookie_jar.update_cookies({"desk": session}, response_url=served.server.make_url("/queue"))
        await visitor.post("/queue/language", {"language": language})
    context = await chromium.new_context(reduced_motion="reduce", **more)
    context.set_default_timeout(10_000)
    await context.add_cookies([{"name": "desk", "value": session, "url": f"{served.url}/queue"}])
    return await context.new_page()


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, and is seen."""
    for _press in range(120):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert await page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"the keyboard does not come to {selector}")


async def test_by_the_keyboard_alone_from_the_queue_to_a_message_and_an_assessment(
    served: Served, chromium: Browser
) -> None:
    reference = await applied(served)
    await asks_for_a_meeting(served, "omar")
    page = await desk(served, chromium, viewport=WIDE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    await page.goto(f"{served.url}/queue")
    await page.keyboard.press("/")
    await page.keyboard.type("mölle")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/queue?*sought=1*")
    await expect(page.locator(".queue tbody tr")).to_have_count(1)
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/queue/{reference}")
    await tab_to(page, "form[action$='/take'] button")
    await page.keyboard.press("Enter")
    await expect(page.locator(".now")).to_contain_text("You have it.")
    await tab_to(page, "a[href$='/do/write']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/do/write")
    await tab_to(page, "[name='text.text']")
    await page.keyboard.type("Välkomna! (testtext)")
    await tab_to(page, "[name='ball.choice']")
    await page.keyboard.press("Space")
    await tab_to(page, "button[value=send]")
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=status]")).to_contain_text("The message is on its way")
    await expect(page.locator(".talk")).to_contain_text("Välkomna!")
    await tab_to(page, "a[href$='/do/assessment']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/do/assessment")
    for criterion in CRITERIA:
        await tab_to(page, f"[name='{criterion.key}.id']")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowDown")
    await tab_to(page, "button[value=send]")
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=status]")).to_contain_text("The assessment is saved")
    await expect(page.locator(".judged .verdict.partly")).to_have_count(6)
    saved = initiation(await case_of(served, reference)).assessment
    assert saved
    assert set(saved.verdicts.values()) == {"partly"}
    await page.keyboard.press("u")
    await page.wait_for_url("**/queue?sought=1*")
    assert errors == []


async def test_keys_can_be_switched_off_and_stay_so(served: Served, chromium: Browser) -> None:
    await applied(served)
    page = await desk(served, chromium, viewport=WIDE)
    await page.goto(f"{served.url}/queue")
    await page.locator("#keys button").click()
    await page.reload()
    await page.keyboard.press("/")
    await page.keyboard.press("j")
    assert await page.evaluate("document.activeElement === document.body")
    await page.locator("#keys button").click()
    await page.locator("h1").click()
    await page.keyboard.press("/")
    await expect(page.locator("#f-words")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_what_does_not_apply_is_put_away_only_by_scripts(
    served: Served, chromium: Browser, scripts: bool
) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    page = await desk(served, chromium, viewport=WIDE, java_script_enabled=scripts)
    await page.goto(f"{served.url}/queue/{reference}/do/forward")
    await expect(page.locator("#q-part")).to_be_visible(visible=not scripts)
    await expect(page.locator("#keys")).to_be_visible(visible=scripts)
    await page.locator("[name='extent.choice'][value=part]").check()
    await page.locator("[name='part.text']").fill("The school yard.")
    await page.locator("[name='committee.choice']").select_option("frn")
    await page.locator("button[value=send]").click()
    await expect(page.locator("#wrong li")).to_have_count(2)
    if scripts:
        await expect(page.locator("#wrong")).to_be_focused()
    await expect(page.locator("[name='part.text']")).to_have_value("The school yard.")
    await page.locator("#wrong a").first.click()
    await page.locator("[name='reason.text']").fill("It is theirs.")
    await page.locator("[name='expected.text']").fill("Staff.")
    await page.locator("button[value=send]").click()
    await expect(page.locator("[role=status]")).to_contain_text("It is forwarded")
    assert (await case_of(served, reference)).away[0].what == "The school yard."


async def sideways(page: Page) -> list[str]:
    """What is wider than what it stands in, or than the page."""
    return list(
        await page.evaluate("""() => [...document.querySelectorAll('body, main *')]
            .filter((one) => !one.closest('.scroll, .unseen, .skip, thead, svg') && one.getClientRects().length)
            .filter((one) => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
            .map((one) => one.outerHTML.slice(0, 120))""")
    )


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(WIDE, "light", "sv"), (WIDE, "dark", "ar"), (NARROW, "light", "ar"), (NARROW, "dark", "sv")],
)
async def test_axe_finds_nothing_and_nothing_sticks_out(
    served: Served, chromium: Browser, size: ViewportSize, scheme: Any, language: str
) -> None:
    reference = await busy(served, "ar")
    await applied(served, "omar")
    page = await desk(served, chromium, language, viewport=size, color_scheme=scheme)
    for path in (
        "/queue",
        "/queue?sought=1&waits=city",
        f"/queue/{reference}?done=write",
        *(f"/queue/{reference}/do/{task}" for task in ("assessment", "ask", "forward", "times", "handover")),
    ):
        await page.goto(served.url + path)
        await expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        assert await flaws(page) == [], path
        assert await sideways(page) == [], path
    await page.locator("button[value=send]").click()
    await expect(page.locator("#wrong")).to_be_visible()
    assert await flaws(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_where_a_value_comes_from_stands_there_until_somebody_changes_it(
    served: Served, chromium: Browser, language: str
) -> None:
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    await did(served, reference, who, "times", posted(fields(served)["times"]))
    page = await desk(served, chromium, language, viewport=NARROW)
    await page.goto(f"{served.url}/queue/{reference}/do/times")
    source, place = page.locator("#source-place"), page.locator('[name="place.text"]')
    await expect(source).to_be_visible()
    assert await flaws(page) == []
    above, below = await source.bounding_box(), await place.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"], "it is read before the field"
    words, described = await place.input_value(), await place.get_attribute("aria-describedby")
    await place.fill("The square")
    await expect(source).to_be_hidden()
    await expect(place).not_to_have_attribute("aria-describedby", re.compile("source-place"))
    await place.fill(words)
    await expect(source).to_be_visible()
    assert (await place.get_attribute("aria-describedby") or "").split() == (described or "").split()
    await page.context.close()
