"""The steps of an interview. Nothing of ours is imported here: a contender that reads them is as light as it would be elsewhere."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot: its text (HTML), and its buttons, rows of label and act."""

    text: str
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Step:
    """What a person does ("say" a text or "tap" an act), and the messages that come back."""

    verb: str
    what: str
    shown: list[Shown]


def write(steps: list[Step], path: Path) -> None:
    """Put the interview down for the contenders that are not ours."""
    path.write_text(json.dumps([asdict(step) for step in steps], ensure_ascii=False))


def read(path: str) -> list[Step]:
    """The interview as `write` put it down."""
    steps = json.loads(Path(path).read_text())
    return [Step(one["verb"], one["what"], [Shown(**shown) for shown in one["shown"]]) for one in steps]
