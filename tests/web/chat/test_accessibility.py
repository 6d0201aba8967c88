"""The chat for everybody, in every language: axe, the narrowest screen, the keyboard alone, what a screen reader is told, other colours."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect
from yarl import URL

from bot.speech.catalogs import direction, languages, say, tag, unreviewed
from dialogs.language.words import _
from tests.answers import ROSENGARD, Given, went_on
from tests.spread import WHOLE, spread
from tests.web.browsing import asked, opened, press, walk
from tests.web.cases import nadia, took
from tests.web.chat.places import FIRST, LAST, PAGES, READING, STOPS
from tests.web.conftest import Served
from tests.web.flaws import FOUR_HUNDRED_PERCENT, flaws, too_wide, wrong
from tests.web.languages import DARK, speak
from tests.web.visitor import Visitor

pytestmark = pytest.mark.english


async def same_person(page: Page, visitor: Visitor) -> None:
    """From now on the page is the chat of `visitor`, who answers more quickly than a browser."""
    url = URL(visitor.url)
    kept = visitor.session.cookie_jar.filter_cookies(url)
    await page.context.add_cookies([{"name": key, "value": one.value, "url": str(url)} for key, one in kept.items()])


async def go_on(visitor: Visitor, upto: str) -> None:
    """Answer every question before `upto`."""
    await visitor.open("/")
    while visitor.page.asked != upto:
        key = visitor.page.asked
        for given in ROSENGARD.form[key]:
            await visitor.fill(given.act, given.fields)
        went_on(key, visitor.page.asked, visitor.page.text)


async def looked_at(page: Page, served: Served, path: str, code: str) -> list[str]:
    """What is wrong with the page at `path` in the language `code`, in daylight, and at night where that is looked at too."""
    await page.goto(served.url + path)
    html = page.locator("html")
    await expect(html).to_have_attribute("lang", tag(code))
    await expect(html).to_have_attribute("dir", direction(code))
    if path.startswith("/?"):
        await page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    found = await wrong(page, f"{code} {path}", code in DARK or not WHOLE)
    if code in DARK or not WHOLE:
        await page.emulate_media(color_scheme="dark")
        found += await wrong(page, f"{code} {path} at night")
        await page.emulate_media(color_scheme="light")
    return found


async def test_axe_finds_nothing_on_any_page_in_any_language_on_the_narrowest_screen(
    served: Served, chromium: Browser
) -> None:
    page = await opened(chromium, viewport=FOUR_HUNDRED_PERCENT)
    pairs, problems = spread(PAGES, tuple(languages())), []
    for (stop, path), code in pairs:
        if stop == FIRST:
            problems += await looked_at(page, served, f"{path}?language={code}", code)
    async with Visitor(served.url) as visitor:
        await visitor.open("/")
        await visitor.press("accept")
        await same_person(page, visitor)
        for here in (*STOPS, "review", LAST):
            if here == LAST:
                await visitor.press("send")
                await visitor.press("sure")
            else:
                await go_on(visitor, here)
            for (stop, path), code in pairs:
                if stop == here:
                    await speak(served, code)
                    problems += await looked_at(page, served, path, code)
    assert problems == []


async def test_the_bar_is_one_row_on_every_phone(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    async with Visitor(served.url) as visitor:
        await visitor.open("/")
        await visitor.press("accept")
        await same_person(page, visitor)
    for code in languages():
        await speak(served, code)
        for path, parts in (("/", 3), (f"/help?language={code}", 2)):
            await page.goto(served.url + path)
            for width in (390, 320):
                await page.set_viewport_size({"width": width, "height": 700})
                boxes = [await one.bounding_box() for one in await page.locator(".brand, .top summary").all()]
                assert len(boxes) == parts
                assert {round(one["y"] + one["height"] / 2) for one in boxes if one} == {27}, (code, path, width)
                assert all(one and one["height"] >= 44 and one["width"] >= 28 for one in boxes), (code, path, width)
                assert await page.locator(".top").evaluate("one => one.offsetHeight") < 60
                assert await too_wide(page) == [], (code, path, width)


async def test_this_would_see_a_flaw(served: Served, chromium: Browser) -> None:
    page = await opened(chromium, viewport=FOUR_HUNDRED_PERCENT)
    await page.goto(served.url)
    assert await wrong(page, "") == []
    await page.evaluate("""() => { document.querySelector('main h1').textContent = 'x'.repeat(90);
        document.querySelector('main h1').style.overflowWrap = 'normal'; document.documentElement.removeAttribute('lang'); }""")
    assert {one.split(":")[1].strip() for one in await wrong(page, "")} == {"html-has-lang", "too wide"}


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; it is to be seen, and nothing may lie over it (WCAG 2.2, 2.4.7 and 2.4.11)."""
    for _press in range(100):
        await page.keyboard.press("Tab")
        here = await page.evaluate(
            """(selector) => { const one = document.activeElement, box = one.getBoundingClientRect();
                if (!one.matches(selector)) return '';
                const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
                return one.matches(':focus-visible') && over && (one.contains(over) || over.contains(one)) ? 'seen' : over?.outerHTML ?? 'off the screen'; }""",
            selector,
        )
        if here:
            assert here == "seen", f"{selector}: {here}"
            return
    raise AssertionError(f"the keyboard does not come to {selector}")


async def type_in(page: Page, given: Given) -> None:
    """Fill in the fields of a question and send it, by the keyboard."""
    for name, value in given.fields.items():
        for one in value if isinstance(value, list) else [value]:
            await tab_to(page, f'[name="{name}"]' + (f'[value="{one}"]' if isinstance(value, list) else ""))
            if isinstance(value, list):
                await page.keyboard.press("Space")
            elif name.endswith(".kind"):
                while await page.evaluate("document.activeElement.value") != one:
                    await page.keyboard.press("ArrowDown")
            else:
                await page.keyboard.type(one)
    await enter(page, f'main form.answer button[value^="{given.act} "]')


async def enter(page: Page, selector: str) -> None:
    await tab_to(page, selector)
    async with page.expect_response(lambda response: response.request.method == "POST"):
        await page.keyboard.press("Enter")
    await expect(page.locator("main[aria-busy]")).to_have_count(0)


async def test_by_the_keyboard_alone_from_hello_to_the_receipt(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    await page.goto(served.url)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await enter(page, "button[value=accept]")
    while key := await asked(page):
        await expect(page.locator("#question")).to_be_focused()
        for given in ROSENGARD.form[key]:
            await type_in(page, given)
        went_on(key, await asked(page))
    await expect(page.locator("h1")).to_be_focused()
    await enter(page, "button[value=send]")
    await enter(page, "button[value=sure]")
    await expect(page.locator(".reference")).to_contain_text("SAM-")
    await expect(page.locator("h1")).to_be_focused()


async def test_the_menu_and_the_languages_by_the_keyboard(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    await page.goto(served.url)
    await walk(page, "proposal")
    await page.locator("textarea").fill("Halvvägs genom en")
    await page.locator(".brand").focus()
    await tab_to(page, ".menu summary")
    await page.keyboard.press("Enter")
    await expect(page.locator(".menu .sheet")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(page.locator(".menu .sheet")).to_be_hidden()
    await expect(page.locator(".menu summary")).to_be_focused()
    if await page.locator(".languages summary").count():
        await tab_to(page, ".languages summary")
        await page.keyboard.press("Enter")
    await enter(page, '.languages button[value="lang:sv"]')
    await expect(page.locator("html")).to_have_attribute("lang", "sv")
    await expect(page.locator("#question")).to_be_focused()
    await expect(page.locator("textarea")).to_have_value("Halvvägs genom en")


Node = dict[str, Any]


async def tree(page: Page) -> list[Node]:
    """What a screen reader is told: role, name, description and properties of each node that it meets."""
    session = await page.context.new_cdp_session(page)
    nodes = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    await session.detach()
    return [
        {key: one.get(key, {}).get("value", "") for key in ("role", "name", "description", "value")}
        | {each["name"]: each["value"].get("value") for each in one.get("properties", [])}
        for one in nodes
        if not one["ignored"]
    ]


def those(nodes: list[Node], role: str) -> list[str]:
    return [one["name"] for one in nodes if one["role"] == role]


async def test_a_screen_reader_is_told_question_progress_choices_and_errors(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    async with Visitor(served.url) as visitor:
        await visitor.open("/")
        await visitor.press("accept")
        await go_on(visitor, "mixed_group")
        await same_person(page, visitor)
        for code in languages():
            await speak(served, code)
            await page.goto(served.url)
            nodes = await tree(page)
            question = await page.locator("#question").inner_text()
            place = (await page.locator("#place").inner_text()).strip()
            assert those(nodes, "progressbar") == [place]
            assert question in those(nodes, "heading")
            assert question in those(nodes, "region")
            assert question in those(nodes, "group"), "the choices stand in a group that is called what is asked"
            for choice in await page.locator(".options button").all():
                assert (await choice.inner_text()).strip() in those(nodes, "button")
            for landmark in ("banner", "main", "contentinfo"):
                assert len(those(nodes, landmark)) == 1
            assert say(_("Language"), code) in those(nodes, "navigation")
            assert [one["level"] for one in nodes if one["role"] == "heading"] == [1, 2]


async def test_a_screen_reader_is_told_what_is_wrong_and_where_once(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    async with Visitor(served.url) as visitor:
        await visitor.open("/")
        await visitor.press("accept")
        await go_on(visitor, "proposal")
        await same_person(page, visitor)
    for code in languages():
        await asyncio.sleep(1)  # thirty acts at once, then one a second, is what one person may do
        await page.goto(served.url)
        await press_language(page, code)
        await page.locator("textarea").fill("")
        await press(page, "done")
        await expect(page.locator("#error")).to_be_focused()
        await expect(page).to_have_title(f"{say(_('Not right yet'), code)}: {await bare_title(page)}")
        error, nodes = " ".join((await page.locator("#error").inner_text()).split()), await tree(page)
        field = next(one for one in nodes if one["role"] == "textbox" and one.get("multiline"))
        assert field["invalid"] == "true"
        assert field["name"]
        assert error in field["description"]
        assert error not in those(nodes, "alert"), "the focus reads it already"
        assert await page.locator("#live").inner_text() == ""


async def press_language(page: Page, code: str) -> None:
    if await page.locator(".languages details:not([open])").count():
        await page.locator(".languages summary").click()
    async with page.expect_response(lambda response: response.request.method == "POST"):
        await page.locator(f'.languages button[value="lang:{code}"]').click()
    await expect(page.locator("html")).to_have_attribute("lang", tag(code))


async def bare_title(page: Page) -> str:
    return (await page.title()).partition(": ")[2]


async def test_help_is_at_the_same_place_on_every_page(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    await page.goto(served.url)
    await walk(page, "mixed_group")
    for path in ("/", *READING):
        await page.goto(served.url + path)
        assert await page.locator("body > footer a").first.get_attribute("href") == "/help", path


async def test_each_language_is_named_in_itself_and_says_whether_somebody_reviewed_it(
    served: Served, chromium: Browser
) -> None:
    page = await opened(chromium)
    await page.goto(served.url)
    for code, name in languages().items():
        link = page.locator(f'.languages [href="/?language={code}"]')
        await expect(link).to_have_attribute("lang", tag(code))
        await expect(link).to_have_attribute("hreflang", tag(code))
        await expect(link).to_have_attribute("dir", direction(code))
        assert [part.strip() for part in await link.locator("span, small").all_text_contents()] == [
            name,
            *([unreviewed()[code]] if code in unreviewed() else []),
        ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_forced_colours_lose_nothing(served: Served, chromium: Browser, scheme: Any) -> None:
    page = await opened(chromium, forced_colors="active", color_scheme=scheme)
    await page.goto(served.url)
    await walk(page, "contributes")
    await press(page, "done")
    lost = await page.evaluate("""() => [...document.querySelectorAll('.button:not(.quiet), .bubble, .error, fieldset.choices .check, .menu summary, textarea')]
        .filter((one) => one.offsetParent).filter((one) => { const style = getComputedStyle(one);
            return style.borderInlineStartStyle === 'none' || parseFloat(style.borderInlineStartWidth) < 1
                || style.borderInlineStartColor === getComputedStyle(document.body).backgroundColor; })
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert lost == []
    bar = Image.open(BytesIO(await page.locator("progress").screenshot())).convert("RGB")
    done, left = (bar.getpixel((at, bar.height // 2)) for at in (4, bar.width - 4))
    assert done != left
    assert [one for one in await flaws(page) if "color-contrast" not in one] == []


async def test_nothing_moves_for_who_does_not_want_it(served: Served, chromium: Browser) -> None:
    for motion, moves in (("no-preference", True), ("reduce", False)):
        page = await opened(chromium, reduced_motion=motion)
        await page.goto(served.url)
        name = await page.locator(".now > .bubble").first.evaluate("one => getComputedStyle(one).animationName")
        assert (name != "none") is moves
        await expect(page.locator("main button").first).to_be_visible()
        await page.context.close()


async def test_a_notice_is_read_once_though_it_stays(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    await page.clock.install()
    await page.goto(served.url)
    await walk(page)
    await press(page, "send")
    await press(page, "sure")
    await took(served, await page.locator(".reference").inner_text(), await nadia(served))
    live, notice = page.locator("#live"), page.locator("#notices > *").first
    await half_a_minute(page)
    told = [await part.inner_text() for part in await notice.locator("h2, p").all()]
    await expect(live).to_have_text(" ".join(told))
    await live.evaluate("one => { one.textContent = ''; }")
    await half_a_minute(page)
    await expect(notice).to_be_visible()
    await expect(live).to_have_text("")


async def half_a_minute(page: Page) -> None:
    """The page looks for news, and has time to say them."""
    async with page.expect_response(lambda response: response.url.endswith("/")):
        await page.clock.run_for(30_500)
    await page.wait_for_function("document.querySelector('#notices')")
    await page.clock.run_for(500)
