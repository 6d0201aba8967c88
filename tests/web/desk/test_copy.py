"""The contact person's reading copy on the page of a case: beside the original, marked, and never instead of it."""

from bot.web.http.site import SITE
from tests.translator import translating
from tests.web.cases import ARABIC, busy, signed_in
from tests.web.conftest import Served


async def test_a_copy_stands_beside_the_original_when_it_is_asked_for(served: Served) -> None:
    reference = await busy(served, "ar")
    async with translating() as service, await signed_in(served) as nadia:
        assert "machine translation" not in (await nadia.open(f"/queue/{reference}")).text
        served.server.app[SITE].translation.url = service.url
        page = await nadia.open(f"/queue/{reference}")
        assert "Show a machine translation" in page.text
        assert not service.asked, "nothing leaves the house before somebody asks for it"
        page = await nadia.open(f"/queue/{reference}?copy")
        assert f"[sv] {ARABIC}" in page.text
        assert page.html.count(ARABIC) >= 2, "the original is there as well"
        assert '<p class="copy" lang="sv" dir="ltr"><span class="mark">Machine translation</span>' in page.html


async def test_a_failure_leaves_the_original_and_says_so(served: Served) -> None:
    reference = await busy(served, "ar")
    async with translating() as service, await signed_in(served) as nadia:
        service.ways = {ARABIC: "error"}
        served.server.app[SITE].translation.url = service.url
        page = await nadia.open(f"/queue/{reference}?copy")
        assert page.status == 200
        assert ARABIC in page.html
        assert "This could not be translated just now." in page.text
        assert "[sv] " in page.text, "the others are there"
