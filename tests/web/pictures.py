"""The pictures of docs/pictures, taken anew: `python -m tests.web.pictures`."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Browser, Page

from storage.database.database import Database
from storage.migrations import migrate
from tests.house import SEAL
from tests.web.browsing import PHONE, press, walk
from tests.web.chromium import Chromium
from tests.web.conftest import Served, serve
from tests.web.phone_fonts import fonts

HERE = Path(__file__).parent.parent.parent / "docs" / "pictures"


async def take(page: Page, name: str) -> None:
    await page.evaluate("scrollTo(0, 0)")
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(400)
    await page.screenshot(path=HERE / f"{name}.png")


async def chat(served: Served, browser: Browser, language: str, scheme: Literal["light", "dark"]) -> None:
    """One walk to the receipt, with a picture where there is something to see."""
    page = await browser.new_page(
        viewport=PHONE, locale=language, color_scheme=scheme, device_scale_factor=2, reduced_motion="reduce"
    )
    await page.goto(served.url)
    if language == "sv":
        await take(page, "welcome-sv")
    await walk(page, "established")
    await take(page, f"chat-{language}")
    await walk(page)
    if language == "sv":
        await take(page, "summary-sv")
    await press(page, "send")
    await press(page, "sure")
    await take(page, f"receipt-{language}")
    await page.close()


async def desk(served: Served, browser: Browser) -> None:
    page = await browser.new_page(viewport=PHONE, locale="sv", device_scale_factor=2, reduced_motion="reduce")
    await page.goto(f"{served.url}/sign-in/{await served.link()}")
    await page.locator("main form button").click()
    await page.wait_for_url("**/queue")
    await take(page, "queue")
    await page.locator(".queue .which a").first.click()
    await page.wait_for_url("**/queue/SAM-*")
    await take(page, "case")
    await page.close()


async def main() -> None:
    """Everything, on a database of its own."""
    HERE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as directory, fonts() as letters:
        url = f"sqlite:///{directory}/pictures.sqlite3"
        database = Database(url)
        await migrate(database, SEAL)
        await database.close()
        served = await serve(url, Path(directory))
        async with Chromium(letters) as chromium, chromium.lent() as browser:
            await chat(served, browser, "sv", "light")
            await chat(served, browser, "en", "dark")
            await chat(served, browser, "ar", "light")
            await desk(served, browser)
        await served.close()


if __name__ == "__main__":
    asyncio.run(main())
