"""In a copy with the language: it is in the menu by its own name, and the chat is in it."""

import pytest

from bot.speech.catalogs import languages, say
from bot.speech.detect import code_of
from dialogs.kinds.kind import CONTINUE
from tests.web.conftest import Served
from tests.web.visitor import Visitor


@pytest.mark.parametrize("browser", ["nb", "no"])
async def test_somebody_who_reads_nb_is_met_in_it(served: Served, browser: str) -> None:
    async with Visitor(served.url, browser) as visitor:
        page = await visitor.open("/")
        assert 'lang="nb"' in page.html
        assert "Norsk bokmål" in page.text


def test_nb_is_spoken_and_asked_for_by_name() -> None:
    assert languages()["nb"] == "Norsk bokmål"
    assert code_of("norsk") == "nb"
    assert say(CONTINUE.label, "nb") != "Continue"
