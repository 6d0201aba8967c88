"""Golden conversations with several people: what contact persons do, and what reaches everybody else."""

from pathlib import Path

import pytest

from tests.clock import Clock
from tests.house import compose
from tests.transcripts.golden import offered
from tests.transcripts.scene import Scene, given_in

pytestmark = pytest.mark.english

HERE = Path(__file__).parent / "desk"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))


@pytest.mark.parametrize("name", FILES)
async def test_is_said_like_this_to_everybody(name: str, sqlite_url: str, tmp_path: Path, update: bool) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, _locale, start = text.partition("\n")[0].split(" ", 2)
    clock = Clock(start)
    parts = compose(sqlite_url, tmp_path, clock=clock, offered=offered(), **given_in(text))
    try:
        written = await Scene(parts, clock, updating=update).play(text)
    finally:
        await parts.close()
    if update:
        (HERE / f"{name}.txt").write_text(written, encoding="utf-8")
    assert written == (HERE / f"{name}.txt").read_text(encoding="utf-8"), "run pytest --update and read the difference"
