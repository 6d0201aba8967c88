"""The contact person's reading copy on the page of a case: beside the original, marked, and never instead of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from storage.cases import submissions
from tests.translator import LibreTranslate, translating
from tests.web.cases import ARABIC, busy, case_of, did, fields, nadia, posted, signed_in
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
    async with await signed_in(served) as browser:
        assert "machine translation" not in (await browser.open(f"/queue/{reference}")).text


async def test_a_copy_stands_beside_the_original_when_it_is_asked_for(served: Served, service: LibreTranslate) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as browser:
        page = await browser.open(f"/queue/{reference}")
        assert "Show a machine translation" in page.text
        assert not service.asked, "nothing leaves the house before somebody asks for it"
        await browser.open(f"/queue/{reference}?copy")
        assert not service.asked, "nor by an address, which a preview may open"
        page = await browser.post(f"/queue/{reference}/copy", {})
        assert f"[sv] {ARABIC}" in page.text
        assert page.html.count(ARABIC) >= 2, "the original is there as well"
        assert '<p class="copy" lang="sv" dir="ltr"><span class="mark">Machine translation</span>' in page.html


async def test_the_service_gets_what_was_written_in_free_words_and_nothing_else(
    served: Served, service: LibreTranslate
) -> None:
    reference = await busy(served, "ar")
    case = await case_of(served, reference)
    async with served.turns.database.read() as connection:
        records = [one.record for one in await submissions.of_case(connection, case.id) if one.record]
    answers = {entry.key: entry.shown for record in records for entry in record.entries}
    others = {
        text for key in ("actors", "contact", "speaks_for", "area") for text in answers[key] if isinstance(text, str)
    }
    assert others, "they were sent as well"
    async with await signed_in(served) as browser:
        await browser.post(f"/queue/{reference}/copy", {})
    asked = {one["q"] for one in service.asked}
    assert asked >= {ARABIC, *answers["challenges"]}
    assert not asked & others
    assert "sara@example.se" not in " ".join(asked)


async def test_of_a_protected_case_nothing_is_translated(served: Served, service: LibreTranslate) -> None:
    reference = await busy(served, "ar")
    await did(served, reference, await nadia(served), "protect", posted(fields(served)["protect"]))
    async with await signed_in(served) as browser:
        assert "machine translation" not in (await browser.open(f"/queue/{reference}")).text
        page = await browser.post(f"/queue/{reference}/copy", {})
        assert ARABIC in page.html
        assert "[sv]" not in page.text
    assert not service.asked


async def test_what_was_translated_in_the_bot_is_not_asked_for_again(served: Served, service: LibreTranslate) -> None:
    """One client in a process, so that what it remembers is there for both."""
    reference = await busy(served, "ar")
    await served.turns.translation.copies([(ARABIC, "ar")])
    async with await signed_in(served) as browser:
        assert f"[sv] {ARABIC}" in (await browser.post(f"/queue/{reference}/copy", {})).text
    assert [one["q"] for one in service.asked].count(ARABIC) == 1


async def test_a_failure_leaves_the_original_and_says_so(served: Served, service: LibreTranslate) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as browser:
        service.ways = {ARABIC: "error"}
        page = await browser.post(f"/queue/{reference}/copy", {})
        assert page.status == 200
        assert ARABIC in page.html
        assert "This could not be translated just now." in page.text
        assert "[sv] " in page.text, "the others are there"
