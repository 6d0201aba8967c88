"""The desk for everybody, in every language: axe on each of its pages, the narrowest screen, and nothing that sticks out."""

import re

import pytest
from playwright.async_api import Browser, expect

from bot.speech.catalogs import direction, languages, tag
from dialogs.phases.steps import TASKS
from storage.database.tables import outbox as posts
from storage.outbox import outbox
from storage.people import staff
from tests.clock import now
from tests.spread import WHOLE, spread
from tests.ways import rows
from tests.web.browsing import opened
from tests.web.cases import applied, busy, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.desk.known import KNOWN
from tests.web.flaws import FOUR_HUNDRED_PERCENT, wrong
from tests.web.languages import DARK, speak

pytestmark = pytest.mark.english

LATER = ("decision", "unprotect", "admit", "reopen", "propose", "disposed")
"""Tasks for which a case that is under way is not at the place."""


async def everything(served: Served) -> tuple[str, list[str]]:
    """A desk on which there is something on every page; the session, and the addresses of the pages."""
    reference = await busy(served, "ar")
    await applied(served, "omar")
    async with await signed_in(served) as visitor:
        await visitor.open("/queue/start")
        link = re.search(r"/join/[A-Za-z0-9_-]{32}", (await visitor.fill("send", KNOWN)).html)
        assert link
        session = next(one.value for one in visitor.session.cookie_jar if one.key == "desk")
    bo = await nadia(served, "Bo")
    async with served.turns.database.write() as connection:
        await staff.contact_person(connection, "Nadia", now(), administrator=True)
        for row in await rows(served.turns.database, posts):
            await outbox.failed(connection, row.id, "blocked")
    pages = ["queue", "queue?sought=1&waits=city", f"queue/{reference}?done=write", f"queue/{reference}/log"]
    pages += ["queue/start", "queue/people", f"queue/people/{bo.id}/deactivate", "queue/absence", "queue/overview"]
    pages += ["queue/retention", *(f"queue/{reference}/do/{task}" for task in TASKS if task not in LATER)]
    pages += await of_other_cases(served)
    return session, [f"/{one}" for one in pages] + [link[0], f"/sign-in/{await served.link('Eva')}"]


async def of_other_cases(served: Served) -> list[str]:
    """The forms for a case that is ready for its decision, one that is over, one that is protected, and one that is closed."""
    who, right, found = await nadia(served), fields(served), list[str]()
    before = {
        "decision": ("ready",),
        "propose": ("ready", "decision"),
        "disposed": ("ready", "decision", "propose"),
        "unprotect": ("protect",),
        "admit": ("protect",),
        "reopen": ("close",),
    }
    right["protect"] = right["protect"] | {"named.ids": [f"p{who.id}"]}
    for task, steps in before.items():
        reference = await applied(served, f"who wants a {task}")
        await took(served, reference, who)
        for step in steps:
            by = await nadia(served, "Bo", administrator=True) if step == "propose" else who
            await did(served, reference, by, step, posted(right[step]))
        found.append(f"queue/{reference}/do/{task}")
    return found


async def test_axe_finds_nothing_on_any_page_of_the_desk_in_any_language(served: Served, chromium: Browser) -> None:
    session, pages = await everything(served)
    page = await opened(chromium, viewport=FOUR_HUNDRED_PERCENT)
    await page.context.add_cookies([{"name": "desk", "value": session, "url": f"{served.url}/queue"}])
    problems = []
    for code, path in spread(tuple(languages()), pages):
        await speak(served, code)
        answered = await page.goto(served.url + asking(path, code))
        assert answered
        assert answered.ok, path
        await expect(page.locator("html")).to_have_attribute("lang", tag(code))
        await expect(page.locator("html")).to_have_attribute("dir", direction(code))
        await page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        problems += await wrong(page, f"{code} {path}", colours=code in DARK or not WHOLE)
    assert problems == []


def asking(path: str, code: str) -> str:
    """The pages of strangers are in the language that they ask for."""
    return f"{path}?language={code}" if path.startswith(("/join/", "/sign-in/")) else path
