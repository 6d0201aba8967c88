"""The browser that the tests share is as good as a new one for each of them."""

import asyncio

import pytest
from playwright.async_api import Browser, Error

from tests.web.chromium import Chromium
from tests.web.conftest import Served
from tests.web.loads import loads

KEEP = "() => { document.cookie = 'mine=1'; localStorage.mine = '1'; return caches.open('mine').then(() => ''); }"
KEPT = "async () => [document.cookie, localStorage.mine ?? '', (await caches.keys()).join()]"


async def test_nobody_sees_what_another_kept(served: Served, one_chromium: Chromium, chromium: Browser) -> None:
    page = await chromium.new_page()
    first = await loads(page, served.url)
    assert len(await loads(page, served.url)) < len(first), "nothing is kept at all"
    await page.evaluate(KEEP)
    assert await page.evaluate(KEPT) == ["mine=1", "1", "mine"]
    await chromium.new_context()
    await one_chromium.given_back()
    assert chromium.contexts == []
    page = await chromium.new_page()
    assert sorted(await loads(page, served.url)) == pytest.approx(sorted(first), rel=0.01)  # a date, longer or shorter
    assert await page.evaluate(KEPT) == ["", "", ""]


@pytest.mark.browser
async def test_when_it_has_died_the_next_is_given_a_new_one() -> None:
    async with Chromium() as shared:
        async with shared.lent() as browser:
            gone = asyncio.Event()
            browser.on("disconnected", lambda _browser: gone.set())
            session = await browser.new_browser_cdp_session()
            with pytest.raises(Error):
                await session.send("Browser.crash")
            await asyncio.wait_for(gone.wait(), 30)
        async with shared.lent() as other:
            assert other is not browser
            assert await (await other.new_page()).evaluate("1 + 1") == 2
