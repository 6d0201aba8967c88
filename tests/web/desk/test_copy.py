"""The contact person's reading copy on the page of a case: beside the original, marked, and never instead of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.translator import LibreTranslate, translating
from tests.web.cases import ARABIC, busy, signed_in
from tests.web.conftest import Served


@pytest.fixture
async def service() -> AsyncIterator[LibreTranslate]:
    """A translation service."""
    async with translating() as one:
        yield one


@pytest.fixture
def given(service: LibreTranslate, given: dict[str, Any]) -> dict[str, Any]:
    """The house asks it, unless a test says otherwise."""
    return {"translate_url": service.url} | given


@pytest.mark.house(translate_url="")
async def test_without_a_service_none_is_offered(served: Served) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as nadia:
        assert "machine translation" not in (await nadia.open(f"/queue/{reference}")).text


async def test_a_copy_stands_beside_the_original_when_it_is_asked_for(served: Served, service: LibreTranslate) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as nadia:
        page = await nadia.open(f"/queue/{reference}")
        assert "Show a machine translation" in page.text
        assert not service.asked, "nothing leaves the house before somebody asks for it"
        page = await nadia.open(f"/queue/{reference}?copy")
        assert f"[sv] {ARABIC}" in page.text
        assert page.html.count(ARABIC) >= 2, "the original is there as well"
        assert '<p class="copy" lang="sv" dir="ltr"><span class="mark">Machine translation</span>' in page.html


async def test_what_was_translated_in_the_bot_is_not_asked_for_again(served: Served, service: LibreTranslate) -> None:
    """One client in a process, so that what it remembers is there for both."""
    reference = await busy(served, "ar")
    await served.turns.translation.copies([(ARABIC, "ar")])
    async with await signed_in(served) as nadia:
        assert f"[sv] {ARABIC}" in (await nadia.open(f"/queue/{reference}?copy")).text
    assert [one["q"] for one in service.asked].count(ARABIC) == 1


async def test_a_failure_leaves_the_original_and_says_so(served: Served, service: LibreTranslate) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as nadia:
        service.ways = {ARABIC: "error"}
        page = await nadia.open(f"/queue/{reference}?copy")
        assert page.status == 200
        assert ARABIC in page.html
        assert "This could not be translated just now." in page.text
        assert "[sv] " in page.text, "the others are there"
