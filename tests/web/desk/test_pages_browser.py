"""The pages beside the queue in a real browser: narrow and wide, light and dark, by keyboard, with and without scripts."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.clock import now
from tests.spread import spread
from tests.web.browsing import context, press
from tests.web.cases import applied, case_of, day, did, nadia, took
from tests.web.conftest import Served
from tests.web.flaws import covered, flaws, sideways

SIZES = {"narrow": {"width": 320, "height": 640}, "wide": {"width": 1600, "height": 900}}


async def signed_in(page: Page, served: Served, name: str = "Nadia") -> None:
    await page.goto(f"{served.url}/sign-in/{await served.link(name)}")
    await page.locator("main form button").click()
    await page.wait_for_url("**/queue")


async def fine(page: Page, what: str) -> None:
    assert await flaws(page) == [], what
    assert await sideways(page) <= 0, what
    assert await covered(page) == [], what


async def written(page: Page, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        field = page.locator(f'[name="{name}"]').first
        if await field.get_attribute("type") in ("radio", "checkbox"):
            await page.locator(f'[name="{name}"][value="{value}"]').check()
        elif await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)


async def sends(page: Page) -> None:
    async with page.expect_navigation():
        await page.locator("form.task button[value=send]").click()


async def test_no_two_buttons_of_a_colleague_lie_on_each_other(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium, "sv")).new_page()
    for name in ("Nadia", "Bo Administratörssonsson"):
        await nadia(served, name, administrator=True)
    await nadia(served, "Eva")
    await signed_in(page, served)
    await page.goto(f"{served.url}/queue/people")
    for width in (320, 390, 768, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.locator(".crew .acts .button").count() == 5
        await fine(page, f"people at {width}")
    await page.locator(".crew .acts").evaluate_all(
        "all => all.forEach((one) => { one.style.display = 'grid'; for (const each of one.children) each.style.gridArea = '1 / 1'; })"
    )
    assert len(await covered(page)) == 3, "one of two, and two of three, would be seen to be covered"


@pytest.mark.parametrize(("size", "scheme"), spread(tuple(SIZES), ("light", "dark")))
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    served: Served, chromium: Browser, size: str, scheme: Any
) -> None:
    page = await (await context(chromium, "sv", viewport=SIZES[size], color_scheme=scheme)).new_page()
    who = await nadia(served, administrator=True)
    bo = await nadia(served, "Bo")
    reference = await applied(served)
    await took(served, reference, who)
    await signed_in(page, served)
    await page.goto(f"{served.url}/queue/people")
    await fine(page, "people")
    await sends(page)
    await fine(page, "people, refused")
    await expect(page.locator("#wrong")).to_be_visible()
    await written(page, {"name.text": "Eva Ny", "role.choice": "contact_person"})
    await sends(page)
    await expect(page.locator(".once textarea").first).to_have_value(re.compile("/sign-in/"))
    await fine(page, "people, with links")
    await page.goto(f"{served.url}/queue/people/{bo.id}/deactivate")
    await fine(page, "deactivate")
    await page.goto(f"{served.url}/queue/people/{bo.id}/close")
    await fine(page, "close")
    await page.goto(f"{served.url}/queue/absence")
    await fine(page, "absence")
    await written(page, {"since.date": day(0), "until.date": day(7), "deputy.choice": f"p{bo.id}"})
    await sends(page)
    await fine(page, "absence, noted")
    await page.goto(f"{served.url}/queue/start")
    await fine(page, "start")
    await sends(page)
    await fine(page, "start, refused")
    await written(page, {"area.words": "Ystadsgatan", "actors.new.name": "Brf Ystad", "actors.new.kind": "association"})
    await sends(page)
    await page.wait_for_url("**/invite")
    await fine(page, "invite")
    link = await page.locator(".once textarea").first.input_value()
    await page.goto(f"{served.url}/queue/{reference}/log")
    await fine(page, "log")
    await page.goto(f"{served.url}/queue/overview")
    await fine(page, "overview")
    await page.goto(served.url + link[link.index("/join/") :])
    await fine(page, "join, for somebody who works here")
    await page.context.clear_cookies()
    await page.goto(served.url + link[link.index("/join/") :])
    await fine(page, "join")
    await page.locator("main form button").click()
    await page.wait_for_url("**/?begun")
    await fine(page, "joined")
    await page.goto(f"{served.url}/join/{'x' * 32}")
    await page.locator("main form button").click()
    await expect(page.locator("main .trouble")).to_be_visible()
    await fine(page, "join, used up")


@pytest.mark.parametrize("size", list(SIZES))
async def test_what_is_told_and_asked_in_the_chat(served: Served, chromium: Browser, size: str) -> None:
    page = await (await context(chromium, "en", viewport=SIZES[size])).new_page()
    await page.goto(served.url)
    await press(page, "accept")
    await page.locator(".menu summary").click()
    await page.locator(".menu button[value=meeting]").click()
    await expect(page.locator("form.answer")).to_have_attribute("data-question", re.compile("about"))
    await page.locator("textarea").fill("A bench on our street.")
    await press(page, "done")
    await written(page, {"name": "Kim Berg", "email": "kim@example.se"})
    await press(page, "done")
    await press(page, "send")
    await press(page, "sure")
    reference = await page.locator(".reference").inner_text()
    who = await nadia(served)
    await took(served, reference, who)
    first, second = f"{day(20)}T14:00", f"{day(21)}T10:00"
    offer = {"times": {"time1": (first,), "time2": (second,)}, "place": {"text": ("Stadshuset, August Palms plats 1",)}}
    await did(served, reference, who, "times", offer)
    await page.goto(served.url)
    await expect(page.locator("#notices")).to_contain_text("Choose a time for a meeting")
    await fine(page, "times offered")
    await press(page, "status")
    await expect(page.locator("main")).to_contain_text("offers you a meeting. Which time suits you?")
    await fine(page, "status, times offered")
    case = await case_of(served, reference)
    await press(page, f"time:{case.id}:1")
    await expect(page.locator(".appointment")).to_contain_text("Stadshuset")
    await fine(page, "appointment")
    async with page.expect_download() as download:
        await page.locator(".appointment a[download]").click()
    assert (await download.value).suggested_filename.endswith(".ics")
    await press(page, "status")
    await expect(page.locator("main")).to_contain_text("You meet")
    await press(page, f"calendar:{case.id}")
    await expect(page.locator(".appointment").last).to_contain_text("Stadshuset")
    await fine(page, "status, a meeting")


async def test_by_keyboard_and_without_scripts(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium, "en", java_script_enabled=False)).new_page()
    await nadia(served, administrator=True)
    await nadia(served, "Bo")
    await signed_in(page, served)
    await page.locator("nav.places a[href='/queue/people']").focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    reached: set[str] = set()
    for _tab in range(60):
        await page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if await focus.count():
            reached.add(str(await focus.get_attribute("name") or await focus.get_attribute("href")))
    wanted = {"name.text", "role.choice", "email.email", "press", "/queue/absence"}
    assert wanted <= reached
    assert any("deactivate" in one for one in reached)


async def test_the_overview_can_be_narrowed_to_a_period(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium, "en")).new_page()
    await applied(served)
    await nadia(served)
    await signed_in(page, served)
    await page.goto(f"{served.url}/queue/overview")
    await expect(page.locator("svg[role=img]")).to_be_visible()
    month = f"{now():%Y-%m}"
    await page.locator("#f-first").select_option(month)
    await page.locator(".period button").click()
    await page.wait_for_url(f"**first={month}*")
    await expect(page.locator("#f-first")).to_have_value(month)
    await expect(page.locator(".told")).to_contain_text("1 ärende")
