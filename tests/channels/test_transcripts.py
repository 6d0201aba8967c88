"""The golden conversations by text message: the same words, and every option by its number."""

import re
from pathlib import Path

import pytest

from bot.speech.catalogs import ISOLATE, POP
from bot.speech.numbered import options
from dialogs.language.replies import Reply
from tests.channels.gateway import Gateway
from tests.channels.house import HouseWithTexts, Typist, house_with_texts
from tests.clock import Clock
from tests.spread import WHOLE
from tests.transcripts.play import Player
from tests.transcripts.render import rendered

HERE = Path(__file__).parents[1] / "transcripts"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))
PLAYED = FILES if WHOLE else [name for name in FILES if name.partition(".")[2] in ("", "ar", "sv")]
"""The other languages of the same conversations are `make test-all`'s."""
SIGNS = "=☺☞!“”()✓ "
APART = re.compile(" · |: ?| / ")
"""What stands around words in a transcript, and between them."""


class ByText(Player):
    """Somebody who plays a transcript by text messages."""

    def __init__(self, house: HouseWithTexts, clock: Clock, locale: str) -> None:
        super().__init__(house.parts.turns, clock=clock, locale=locale)
        self.typist = Typist(house, locale)
        self.caller = self.typist  # type: ignore[assignment]

    async def _write(self) -> None:
        await super()._write()
        standing, _replies = await self.typist.sees()
        check(self.typist.got, self.shown, standing.locale)


def check(got: list[str], shown: list[Reply], locale: str) -> None:
    """What came to the telephone is what the transcript says: all its words, and each option behind its number."""
    for text, reply, mine in zip(got[-len(shown) :], shown, options(shown, locale), strict=True):
        bare = text.replace(ISOLATE, "").replace(POP, "")
        for line in rendered(reply, locale):
            words = [line.strip(SIGNS)] if not line.startswith("  [") else []
            assert all(part in bare for word in words for part in APART.split(word)), (line, bare)
        for option in mine:
            assert f"\n{option.mark}. {option.label}\n" in text


@pytest.mark.parametrize("name", PLAYED)
async def test_it_is_said_like_this_by_text_message(
    name: str, sqlite_url: str, tmp_path: Path, gateway: Gateway
) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, locale, start = text.partition("\n")[0].split(" ", 2)
    clock = Clock(start)
    house = house_with_texts(sqlite_url, tmp_path, gateway, clock)
    player = ByText(house, clock, locale)
    try:
        assert await player.play(text) == text
    finally:
        await house.close()
    assert player.typist.chosen >= text.count("\n> tap ") - text.count("\n> twice ")
