"""Copying an address in a real browser: what lies in the clipboard afterwards is the address alone."""

import pytest
from playwright.async_api import Browser, expect

from tests.web.browsing import context, press
from tests.web.conftest import Served

HERE = "http://guide.example.se"


@pytest.mark.house(public_url=HERE)
async def test_the_button_copies_the_invitation_and_says_so(served: Served, chromium: Browser) -> None:
    page = await (await context(chromium, permissions=["clipboard-read", "clipboard-write"])).new_page()
    await page.goto(served.url)
    await press(page, "accept")
    await page.locator(".menu summary").click()
    await page.locator('.menu button[value^="writers"]').first.click()
    await page.locator('main button[value^="invite"]').first.click()
    button = page.locator("[data-copy]").first
    await button.click()
    await expect(button).to_have_text("Copied")
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == await page.locator("a.link").first.get_attribute("href")
    assert copied.startswith(f"{HERE}/join/")
    assert await page.locator("a.link").first.inner_text() == copied
