"""Easy Swedish as it is read on a phone: each sentence begins where its paragraph begins; and whose words a criterion is in."""

import pytest
from playwright.async_api import Browser, Page

from bot.speech.catalogs import say
from dialogs.phases.initiation.criteria import MIXED_GROUP
from tests.web.browsing import context, walk
from tests.web.conftest import Served

LINES = """(one) => {
    const starts = [0, ...[...one.textContent.matchAll(/[.?!] ?\\n/g)].map((end) => end.index + end[0].length)];
    const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode(), range = document.createRange();
    return starts.map((at) => { range.setStart(text, at); range.setEnd(text, at + 1); return Math.round(range.getBoundingClientRect().left); });
}"""


async def criterion(served: Served, chromium: Browser, code: str) -> Page:
    page = await (await context(chromium, code)).new_page()
    await page.goto(f"{served.url}/?language={code}")
    await walk(page, MIXED_GROUP.key)
    return page


async def test_each_sentence_has_a_line(served: Served, chromium: Browser) -> None:
    page = await criterion(served, chromium, "sv@easy")
    for part in (".wording > p:last-child", "#hint"):
        lefts = await page.locator(part).evaluate(LINES)
        assert len(lefts) > 1
        assert len(set(lefts)) == 1, part


@pytest.mark.parametrize("code", ["sv", "sv@easy", "en"])
async def test_the_city_is_quoted_in_its_own_words_alone(served: Served, chromium: Browser, code: str) -> None:
    page = await criterion(served, chromium, code)
    box = page.locator(".wording")
    assert await box.evaluate("(one) => one.matches('blockquote')") == (code == "sv")
    mark = await box.locator("p").last.evaluate("(one) => getComputedStyle(one, '::before').content")
    assert ("quote" in mark) == (code == "sv")
    said = await box.inner_text()
    assert " ".join(said.split()).endswith(say(MIXED_GROUP.wording, code))
    assert said.startswith({"sv": "En blandad", "sv@easy": "Med enkla ord", "en": "In our words"}[code])
