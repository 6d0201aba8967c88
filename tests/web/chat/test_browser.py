"""The web in a real browser on a phone's screen: with and without scripts, in three languages, for everybody."""

from typing import Any

import pytest
from playwright.async_api import (
    Browser,
    FilePayload,
    Page,
    Route,
    expect,
)

from bot.speech.catalogs import say
from dialogs.language.words import n_
from tests.answers import NOT_READY, ROSENGARD
from tests.samples import PDF
from tests.spread import spread
from tests.web.browsing import context, press, walk
from tests.web.conftest import Served
from tests.web.flaws import flaws, sideways


@pytest.mark.parametrize(("language", "scripts"), spread(("sv", "en", "ar"), (True, False)))
async def test_from_hello_to_the_receipt(served: Served, chromium: Browser, language: str, scripts: bool) -> None:
    page = await (await context(chromium, language, java_script_enabled=scripts)).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    await page.goto(served.url)
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    await walk(page, scripts=scripts)
    await press(page, "send", scripts)
    await press(page, "sure", scripts)
    await expect(page.locator(".reference")).to_contain_text("SAM-")
    await page.reload()
    await expect(page.locator(".reference")).to_contain_text("SAM-")
    reference = await page.locator(".reference").inner_text()
    desk = await (await context(chromium, "sv", java_script_enabled=scripts)).new_page()
    await into_the_queue(desk, served)
    await expect(desk.locator(".queue .which a").first).to_contain_text(reference)
    await desk.locator(".queue .which a").first.click()
    await expect(desk.locator("main")).to_contain_text("670 000 kr till dialog och aktiviteter.")
    await desk.locator("main form button").first.click()
    await page.goto(served.url)
    await expect(page.locator("#notices")).to_contain_text(reference)
    assert errors == []


async def into_the_queue(page: Page, served: Served) -> None:
    """Sign in with a one-time link."""
    await page.goto(f"{served.url}/sign-in/{await served.link()}")
    await page.locator("main form button").click()
    await page.wait_for_url("**/queue")


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
async def test_a_group_that_is_not_ready_asks_for_a_first_meeting(
    served: Served, chromium: Browser, language: str
) -> None:
    page = await (await context(chromium, language)).new_page()
    await page.goto(served.url)
    await walk(page, "standing", answers=NOT_READY.form)
    await expect(page.locator("main")).to_contain_text("6")
    await walk(page, answers=NOT_READY.form)
    await press(page, "send")
    await press(page, "sure")
    await expect(page.locator(".reference")).to_contain_text("SAM-")
    desk = await (await context(chromium, "sv")).new_page()
    await into_the_queue(desk, served)
    await desk.locator(".queue .which a").first.click()
    await expect(desk.locator("main")).to_contain_text("bänkar")
    await expect(desk.locator("main")).to_contain_text("Inte än")
    await page.goto(served.url)
    await press(page, "home")
    left = n_("You have {count} draft that is not sent yet.", "You have {count} drafts that are not sent yet.", count=1)
    await expect(page.locator("main")).to_contain_text(say(left, language))


@pytest.mark.parametrize(("language", "scheme"), spread(("sv", "ar"), ("light", "dark")))
async def test_axe_finds_nothing(served: Served, chromium: Browser, language: str, scheme: Any) -> None:
    page = await (await context(chromium, language, color_scheme=scheme)).new_page()
    await page.goto(served.url)
    assert await flaws(page) == []
    await page.locator("html").evaluate("one => one.removeAttribute('lang')")
    assert len(await flaws(page)) == 1  # it does look
    await press(page, "accept")
    for upto in ("mixed_group", "actors", "contributes", "papers", "area", "confirmed", "contact"):
        await walk(page, upto)
        assert await flaws(page) == [], upto
    await walk(page)
    assert await flaws(page) == []
    await press(page, "send")
    await press(page, "sure")
    assert await flaws(page) == []
    await page.locator(".menu summary").click()
    assert await flaws(page) == []
    for path in (
        "/link",
        "/help",
        "/privacy",
        "/accessibility",
        "/nothing",
        "/queue",
        f"/sign-in/{await served.link()}",
    ):
        await page.goto(served.url + path)
        assert await flaws(page) == [], path
    await page.locator("main form button").click()
    await page.wait_for_url("**/queue")
    assert await flaws(page) == []
    await page.locator(".queue .which a").first.click()
    await page.wait_for_url("**/queue/SAM-*")
    assert await flaws(page) == []


async def test_nothing_scrolls_sideways_on_the_narrowest_screen(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium, "sv", viewport={"width": 320, "height": 256})).new_page()
    await page.goto(served.url)
    assert await sideways(page) <= 0
    await press(page, "accept")
    for upto in ROSENGARD.form:
        if upto not in ("photos", "standing"):
            await walk(page, upto)
            assert await sideways(page) <= 0, upto
    await walk(page)
    assert await sideways(page) <= 0
    await press(page, "send")
    await press(page, "sure")
    assert await sideways(page) <= 0
    await page.locator(".menu summary").click()
    assert await sideways(page) <= 0
    await into_the_queue(page, served)
    assert await sideways(page) <= 0
    await page.locator(".queue .which a").first.click()
    assert await sideways(page) <= 0


async def test_what_can_be_pressed_is_large_enough(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "contributes")
    await page.locator("details.earlier").evaluate("one => one.open = true")
    small = await page.evaluate("""() => [...document.querySelectorAll('button, summary, a, select, input:not([type=hidden]):not([type=checkbox]), label.check')]
        .filter((one) => one.offsetParent && !one.matches('.skip')).map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height])
        .filter(([, height]) => height < 43.5)""")
    assert small == []


async def test_the_focus_goes_to_the_new_question_and_news_are_announced(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "mixed_group")
    await press(page, "not_yet")
    await expect(page.locator("#question")).to_be_focused()
    await expect(page.locator("#live")).to_contain_text("Others began by asking")
    await walk(page, "cooperation")
    await press(page, "done")
    await expect(page.locator("#error")).to_be_focused()
    await expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")


async def test_by_keyboard_alone(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.locator("main button").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#question")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.locator("form.answer")).to_have_attribute("data-question", "1-mixed_group")


async def test_a_lost_connection_loses_nothing(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "proposal")
    await page.locator("textarea").fill("Bänkar, ljus och en scen.")
    await page.context.set_offline(True)
    await page.locator("main .submits button").click()
    await expect(page.locator("#offline")).to_be_visible()
    await expect(page.locator("textarea")).to_have_value("Bänkar, ljus och en scen.")
    await page.context.set_offline(False)
    await page.locator("#offline button").click()
    await expect(page.locator("form.answer")).to_have_attribute("data-question", "1-established")
    await expect(page.locator(".yours").last).to_contain_text("Bänkar, ljus och en scen.")


async def test_half_a_text_is_still_there_after_help_and_reload(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "proposal")
    await page.locator("textarea").fill("Halvvägs genom en")
    await page.locator(".menu summary").click()
    await page.locator(".menu button[value=help]").click()
    await press(page, "resume")
    await expect(page.locator("textarea")).to_have_value("Halvvägs genom en")
    await page.reload()
    await expect(page.locator("textarea")).to_have_value("Halvvägs genom en")


async def test_names_that_became_actors_are_not_in_the_form_twice(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "actors")
    await page.locator('[name="new.name"]').fill("Brf Torget\nTorgets vänner")
    await press(page, "done")
    await expect(page.locator("#error")).to_contain_text("Brf Torget")
    await expect(page.locator('[name="new.name"]')).to_have_value("")
    await page.locator('[name="a1.kind"]').select_option("property_owner")
    await page.locator('[name="a2.kind"]').select_option("association")
    await press(page, "add")
    await expect(page.locator("details.thing[open]")).to_have_count(0)
    await page.locator("details.thing summary").first.click()
    await page.locator('[name="a1.kind"]').select_option("residents")
    await press(page, "done")
    await expect(page.locator(".yours").last).to_contain_text("Residents’ group")


async def test_two_quick_presses_send_once(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "scope")
    posts: list[str] = []

    async def slow(route: Route) -> None:
        if route.request.method == "POST":
            posts.append(route.request.url)
        await route.continue_()

    await page.route("**/*", slow)
    await page.locator('main button[value^="yes"]').dblclick()
    await expect(page.locator("form.answer")).to_have_attribute("data-question", "1-mixed_group")
    assert len(posts) == 1


async def test_the_position_fills_the_pin(served: Served, chromium: Browser) -> None:
    page = await (
        await context(chromium, geolocation={"latitude": 55.5894, "longitude": 13.0401}, permissions=["geolocation"])
    ).new_page()
    await page.goto(served.url)
    await walk(page, "area")
    await page.locator("[data-locate]").click()
    await expect(page.locator("[name=pin]")).to_have_value("55.58940, 13.04010")
    await page.locator("[name=words]").fill("Rosengård")
    await press(page, "done")
    await expect(page.locator(".yours").last).to_contain_text("55.5894, 13.0401")


async def test_the_counter_speaks_up_near_the_limit(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "proposal")
    note = page.locator("[data-count]")
    await page.locator("textarea").fill("kort")
    await expect(note).to_be_hidden()
    await page.locator("textarea").fill("ä" * 2990)
    await expect(note).to_contain_text("10")
    await page.locator("textarea").fill("ä" * 3007)
    await expect(note).to_contain_text("7")
    await press(page, "done")
    await expect(page.locator("textarea")).to_have_value("ä" * 3007)


async def test_files_with_their_own_names(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page, "papers")
    await page.locator("input[type=file]").set_input_files(
        FilePayload(name='Enkät "vår" – å.pdf', mimeType="application/pdf", buffer=PDF)
    )
    await press(page, "add")
    await expect(page.locator(".files li")).to_contain_text("Enkät")
    await expect(page.locator(".files li")).to_contain_text("– å.pdf")
    await press(
        page,
        "remove:"
        + str(await page.locator(".files button").get_attribute("value")).partition(" ")[0].removeprefix("remove:"),
    )
    await expect(page.locator(".files li")).to_have_count(0)
