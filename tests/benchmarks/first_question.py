"""How long somebody on a slow phone waits for the first question: python -m tests.benchmarks.first_question. A real browser at 250 kbit/s and 300 ms."""

import asyncio
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.speech.catalogs import languages
from storage.database.database import Database
from storage.migrations import migrate
from tests.browser import found
from tests.house import SEAL
from tests.web.browsing import PHONE
from tests.web.conftest import Served, serve

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 250_000 / 8, "uploadThroughput": 250_000 / 8}
MOST = 3.0
"""Seconds from the address to the first question, the reading of the welcome left out."""


async def waits(served: Served, browser: Browser, language: str, scripts: bool) -> tuple[float, float]:
    """Seconds until the welcome can be read, and then from its button to the first question; nothing was kept before."""
    context = await browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", SLOW)
    begun = time.perf_counter()
    await page.goto(f"{served.url}/?language={language}", wait_until="domcontentloaded")
    await page.locator("main button").first.wait_for()
    shown = time.perf_counter()
    await page.locator("main button[value=accept]").click()
    await page.locator("#question").wait_for()
    asked = time.perf_counter()
    await context.close()
    return shown - begun, asked - shown


async def main() -> None:
    """Every language, with and without scripts."""
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/slow.sqlite3"
        database = Database(url)
        await migrate(database, SEAL)
        await database.close()
        served = await serve(url, Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
            for language in languages():
                for scripts in (True, False):
                    welcome, question = await waits(served, browser, language, scripts)
                    slowest = max(slowest, welcome + question)
                    kind = "with scripts" if scripts else "without"
                    print(f"{language:<8} {kind:<13} welcome {welcome:5.2f} s   first question {question:5.2f} s later")
            await browser.close()
        await served.close()
    print(f"slowest {slowest:.2f} s, {'within' if slowest < MOST else 'OVER'} the {MOST:.0f} s that are allowed")


if __name__ == "__main__":
    asyncio.run(main())
