"""The golden conversations by text message: the same words, and every option by its number."""

from pathlib import Path

import pytest

from bot.speech.numbered import options
from tests.channels.gateway import Gateway
from tests.channels.house import HouseWithTexts, Typist, house_with_texts
from tests.channels.said import check
from tests.clock import Clock
from tests.spread import WHOLE
from tests.transcripts.play import Player

pytestmark = pytest.mark.english

HERE = Path(__file__).parents[1] / "transcripts"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))
PLAYED = FILES if WHOLE else [name for name in FILES if "." not in name or name in ("ready.ar", "not_ready.sv")]
"""The same conversations in other languages are `make test-all`'s."""


class ByText(Player):
    """Somebody who plays a transcript by text messages."""

    def __init__(self, house: HouseWithTexts, clock: Clock, locale: str) -> None:
        super().__init__(house.parts.turns, clock=clock, locale=locale)
        self.typist = Typist(house, locale)
        self.caller = self.typist

    async def _write(self) -> None:
        await super()._write()
        standing, _replies = await self.typist.sees()
        mine = options(self.shown, standing.locale)
        for text, reply, numbered in zip(self.typist.got[-len(self.shown) :], self.shown, mine, strict=True):
            check(text, reply, numbered, standing.locale)


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
