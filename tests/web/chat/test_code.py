"""The code that confirms an e-mail address, typed into the page below the receipt, with and without a script."""

import json
import re

import pytest
from playwright.async_api import Browser, expect

from storage.database.door_tables import confirmations
from storage.database.tables import outbox
from tests.ways import rows
from tests.web.browsing import context, press, walk
from tests.web.conftest import Served
from tests.web.flaws import flaws, sideways
from tests.web.visitor import Visitor
from tests.web.walk import sent

pytestmark = pytest.mark.house(mails=True)


async def code_of(served: Served) -> str:
    """The code in the letter that waits to go."""
    letters = [json.dumps(row.reply) for row in await rows(served.turns.database, outbox, channel="mail")]
    return str([code for letter in letters for code in re.findall(r'"code": "(\d{6})"', letter)][-1])


async def confirmed(served: Served) -> int:
    """How many addresses are confirmed."""
    return len([row for row in await rows(served.turns.database, confirmations) if row.confirmed_at])


async def test_it_is_typed_below_the_receipt(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    assert reference in visitor.page.text, "the receipt is there, whatever becomes of the code"
    code = await code_of(served)
    page = await visitor.fill("code", {"code": "1"})
    assert page.status == 200
    assert await confirmed(served) == 0
    page = await visitor.fill("code", {"code": f"{code[:3]} {code[3:]}"})
    assert page.status == 200
    assert await confirmed(served) == 1
    assert "code" not in page.acts


async def test_it_can_be_asked_for_later_and_sent_anew(served: Served, visitor: Visitor) -> None:
    await sent(visitor)
    first = await code_of(served)
    await visitor.press("status")
    await visitor.press("code")
    await visitor.press("newcode:1")
    second = await code_of(served)
    assert 'autocomplete="one-time-code"' in visitor.page.html
    await visitor.fill("code", {"code": second})
    assert await confirmed(served) == 1, f"{first} is worth nothing any more, {second} is"


async def test_whoever_has_the_letter_has_no_page_for_the_code(served: Served, visitor: Visitor) -> None:
    await sent(visitor)
    code = await code_of(served)
    async with Visitor(served.url) as stranger:
        await stranger.post("/", {"press": "code", "form": "1", "code": code})
        await stranger.open("/")
        await stranger.press("accept")
        await stranger.post("/", {"press": "code", "form": "1", "code": code})
    assert await confirmed(served) == 0
    await visitor.fill("code", {"code": code})
    assert await confirmed(served) == 1


async def test_with_a_script_enter_sends_it_and_the_page_says_what_became_of_it(
    served: Served, chromium: Browser
) -> None:
    page = await (await context(chromium)).new_page()
    await page.goto(served.url)
    await walk(page)
    await press(page, "send")
    await press(page, "sure")
    await expect(page.locator(".reference")).to_contain_text("SAM-")
    assert await flaws(page) == []
    assert await sideways(page) <= 0
    await page.locator("#f-code").fill("12345")
    await press(page, "code")
    await expect(page.locator(".bubble.trouble #f-code")).to_be_visible()
    await expect(page.locator("#error")).to_be_focused()
    await expect(page.locator("#f-code")).to_have_attribute("aria-describedby", "error")
    assert await flaws(page) == []
    await page.locator("#f-code").fill(await code_of(served))
    await page.locator("#f-code").press("Enter")
    await expect(page.locator(".bubble.good")).to_be_visible()
    assert await confirmed(served) == 1
