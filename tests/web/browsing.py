"""The chat on a phone in a real browser: what is pressed, written and walked there."""

from collections.abc import Mapping
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.answers import ROSENGARD, Given, went_on

PHONE = ViewportSize(width=390, height=844)


async def context(chromium: Browser, language: str = "en", **more: Any) -> BrowserContext:
    """What one person's cookies and settings are kept in: a phone, if nothing else is said."""
    one = await chromium.new_context(
        viewport=more.pop("viewport", PHONE), locale=language, reduced_motion="reduce", **more
    )
    one.set_default_timeout(10_000)
    return one


async def press(page: Page, act: str, scripts: bool = True) -> None:
    """Press the button that says `act` and wait until the page has dealt with it."""
    button = page.locator(f'main button[name=press][value="{act}"], main button[name=press][value^="{act} "]').first
    if not scripts:
        async with page.expect_navigation():
            await button.click()
        return
    async with page.expect_response(lambda response: response.request.method == "POST"):
        await button.click()
    await expect(page.locator("main[aria-busy]")).to_have_count(0)


async def asked(page: Page) -> str:
    """The key of the question on the page, "" where there is none."""
    form = page.locator("form.answer")
    return str(await form.get_attribute("data-question")).partition("-")[2] if await form.count() else ""


async def write(page: Page, given: Given) -> None:
    """Fill in what is given."""
    for name, value in given.fields.items():
        if isinstance(value, list):
            for one in value:
                await page.locator(f'[name="{name}"][value="{one}"]').check()
        elif name.endswith(".kind"):
            await page.locator(f'[name="{name}"]').select_option(value)
        else:
            await page.locator(f'[name="{name}"]').fill(value)


async def walk(
    page: Page, upto: str = "", scripts: bool = True, answers: Mapping[str, tuple[Given, ...]] = ROSENGARD.form
) -> None:
    """Answer every question before `upto`; before the review when it is ""."""
    if not await asked(page):
        await press(page, "accept", scripts)
    while (key := await asked(page)) != upto:
        for given in answers[key]:
            await write(page, given)
            await press(page, given.act, scripts)
        went_on(key, await asked(page))


async def opened(chromium: Browser, **more: Any) -> Page:
    """An empty page on a phone."""
    context = await chromium.new_context(locale="en", **{"viewport": PHONE, "reduced_motion": "reduce"} | more)
    context.set_default_timeout(10_000)
    return await context.new_page()
