"""What the chat weighs on its way to a phone: the bytes and requests of the first load, and what is sent compressed."""

import re

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser

from bot.speech.catalogs import languages
from tests.spread import WHOLE
from tests.web.browsing import opened
from tests.web.conftest import Served
from tests.web.loads import loads

pytestmark = pytest.mark.english

MOST_BYTES = 60_000
MOST_REQUESTS = 5
"""The page, its style, its script, the picture, the mark."""


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(languages()) if WHOLE else ["ar", "ckb", "sv", "uk"])
async def test_the_first_load_is_light_in_every_language(served: Served, chromium: Browser, language: str) -> None:
    sizes = await loads(await opened(chromium), f"{served.url}/?language={language}")
    assert 0 < sum(sizes) < MOST_BYTES
    assert len(sizes) <= MOST_REQUESTS


@pytest.mark.browser
async def test_the_next_page_brings_itself_alone(served: Served, chromium: Browser) -> None:
    page = await opened(chromium)
    first = await loads(page, served.url)
    assert len(await loads(page, f"{served.url}/help")) < len(first)


async def encoding(served: Served, path: str, accepted: str = "gzip", **cookies: str) -> tuple[str, str]:
    """How the answer is encoded, and on what that is said to depend."""
    async with (
        ClientSession(cookies=cookies, auto_decompress=False) as session,
        session.get(served.url + path, headers={"Accept-Encoding": accepted}) as answer,
    ):
        assert answer.status == 200, path
        await answer.read()
        return answer.headers.get("Content-Encoding", ""), answer.headers.get("Vary", "")


async def test_what_everybody_may_read_is_compressed(served: Served) -> None:
    async with ClientSession() as session, session.get(served.url) as answer:
        static = re.findall(r'(?:href|src)="(/static/[^"]+)"', await answer.text())
    assert len(static) >= 4
    for path in ("/", "/help", "/privacy", "/accessibility", *static):
        assert await encoding(served, path) == ("gzip", "Accept-Encoding"), path
        assert await encoding(served, path, "identity") == ("", "Accept-Encoding"), path


async def test_what_holds_a_secret_is_not_compressed(served: Served) -> None:
    """Law: BREACH reads a secret from the length of a page that is compressed together with what somebody asks for."""
    session = await served.session()
    for path in ("/queue", "/queue?sought=1", "/queue/people"):
        assert await encoding(served, path, desk=session) == ("", ""), path
    assert await encoding(served, f"/sign-in/{await served.link()}") == ("", "")
