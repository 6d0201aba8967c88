"""Golden conversations: each text file is played, and what is said has to stand in it word for word."""

from pathlib import Path

import pytest

from tests.clock import Clock
from tests.house import compose
from tests.transcripts.golden import offered
from tests.transcripts.play import Player

pytestmark = pytest.mark.english

HERE = Path(__file__).parent
FILES = sorted(path.stem for path in HERE.glob("*.txt"))


async def played(name: str, sqlite_url: str, tmp_path: Path, *, update: bool = False) -> tuple[str, Player]:
    """The transcript played anew, and who played it. Its first line says in which language and when."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, locale, start = text.partition("\n")[0].split(" ", 2)
    clock = Clock(start)
    parts = compose(sqlite_url, tmp_path, clock=clock, offered=offered())
    try:
        player = Player(parts.turns, clock=clock, locale=locale, updating=update)
        return await player.play(text), player
    finally:
        await parts.close()


@pytest.mark.parametrize("name", FILES)
async def test_is_said_like_this(name: str, sqlite_url: str, tmp_path: Path, update: bool) -> None:
    written, _player = await played(name, sqlite_url, tmp_path, update=update)
    if update:
        (HERE / f"{name}.txt").write_text(written, encoding="utf-8")
    assert written == (HERE / f"{name}.txt").read_text(encoding="utf-8"), "run pytest --update and read the difference"


def one_each(player: Player, before: str = "receipt") -> int:
    """How many questions were asked until then: as many messages as anybody needs, with one for each."""
    return len([key for key, own in player.until.items() if key and own < player.until[before]])


async def test_a_ready_group_needs_few_messages(sqlite_url: str, tmp_path: Path) -> None:
    _written, player = await played("ready", sqlite_url, tmp_path)
    assert player.until["receipt"] <= one_each(player) + 10


async def test_the_real_case_needs_few_more(sqlite_url: str, tmp_path: Path) -> None:
    """A document, a third actor added at the end and marked as not on board yet, and what they hope for."""
    _written, player = await played("rosengard", sqlite_url, tmp_path)
    assert player.until["receipt"] <= one_each(player) + 17


async def test_a_group_that_is_not_ready_soon_knows_what_it_lacks(sqlite_url: str, tmp_path: Path) -> None:
    _written, player = await played("not_ready", sqlite_url, tmp_path)
    assert player.until["standing"] <= one_each(player, before="standing") + 2
    assert "receipt" in player.until
