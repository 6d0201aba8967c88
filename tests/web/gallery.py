"""The gallery of docs/languages.md, taken anew: `python -m tests.web.gallery [LANGUAGE …]`. Welcome, a criterion, summary and receipt at 390 pixels."""

import asyncio
import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.async_api import Browser, Page

from bot.speech.catalogs import DEFAULT, direction, languages, reviewed
from storage.database.database import Database
from storage.migrations import migrate
from tests.house import SEAL
from tests.web.browsing import PHONE, press, walk
from tests.web.chromium import Chromium
from tests.web.conftest import Served, serve
from tests.web.flaws import sideways
from tests.web.phone_fonts import fonts

DOCS = Path(__file__).parent.parent.parent / "docs"
HEADER = """## Pictures

Every language that has a catalog, from the same walk through the chat at 390 pixels: the welcome, a criterion, the summary, the receipt. Taken by `.venv/bin/python -m tests.web.gallery`
from the running program. What the applicant wrote stays as it was written, here in Swedish. How each catalog was made stands at its head.
"""


async def shot(page: Page) -> bytes:
    await page.evaluate("scrollTo(0, 0)")
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(250)
    if over := await sideways(page):
        print(f"  {page.url}: {over} pixels too wide")
    return await page.screenshot()


async def walked(served: Served, browser: Browser, language: str) -> list[bytes]:
    """The four pictures of one language."""
    page = await browser.new_page(viewport=PHONE, reduced_motion="reduce")
    await page.goto(f"{served.url}/?language={quote(language)}")
    shots = [await shot(page)]
    await walk(page, "established")
    shots.append(await shot(page))
    await walk(page)
    shots.append(await shot(page))
    await press(page, "send")
    await press(page, "sure")
    shots.append(await shot(page))
    await page.context.clear_cookies()
    await page.close()
    return shots


async def beside(browser: Browser, shots: list[bytes], path: Path) -> None:
    """The pictures of one language side by side, as one."""
    page = await browser.new_page(viewport={"width": 4 * PHONE["width"] + 60, "height": PHONE["height"]})
    images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(one).decode()}">' for one in shots)
    await page.set_content(f'<body style="margin:0;display:flex;gap:20px;background:#888">{images}</body>')
    await page.screenshot(path=path, type="jpeg", quality=72)
    await page.close()


async def main() -> None:
    """Every language, or those that are named, on a database of its own."""
    wanted = sys.argv[1:] or list(languages())
    with TemporaryDirectory() as directory, fonts() as letters:
        url = f"sqlite:///{directory}/gallery.sqlite3"
        database = Database(url)
        await migrate(database, SEAL)
        await database.close()
        served = await serve(url, Path(directory))
        async with Chromium(letters) as chromium, chromium.lent() as browser:
            for language in wanted:
                print(language)
                await beside(browser, await walked(served, browser, language), picture(language))
        await served.close()
    (DOCS / "languages.md").write_text(gallery(), encoding="utf-8")


def picture(language: str) -> Path:
    """Where a language's picture lies."""
    return DOCS / "pictures" / f"language-{language.replace('@', '-')}.jpg"


def gallery() -> str:
    """The page: what people wrote stands above, and below it every picture there is."""
    written, _heading, _pictures = (DOCS / "languages.md").read_text(encoding="utf-8").partition(HEADER[:11])
    parts = [f"{written}{HEADER}"]
    for code, name in languages().items():
        if picture(code).exists():
            way = "from right to left" if direction(code) == "rtl" else "from left to right"
            said = "reviewed" if reviewed(code) else "not yet reviewed by a native speaker"
            said = "authoritative; the city reads it before a release" if code == DEFAULT else said
            parts.append(f"### {name} (`{code}`)\n\nWritten {way}; {said}.\n")
            parts.append(
                f'<img src="pictures/{picture(code).name}" width="820" alt="Welcome, a criterion, summary and receipt in {name}">\n'
            )
    return "\n".join(parts)


if __name__ == "__main__":
    asyncio.run(main())
