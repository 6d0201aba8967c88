"""Every contender by its name."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.contender import ROOT, Entry
from tests.benchmarks.grounds import Grounds

SCRIPTS = "tests.benchmarks.contenders"
SQLITE = "sqlite:///var/load.sqlite3"
STORED = (10, 10_000, 1_000_000)
KNOWN: dict[str, Callable[[str, Grounds], Entry]] = {
    "echo": lambda name, _: script(name, "echo", echoes="updates"),
    "echo-texts": lambda name, _: script(name, "echo", echoes="texts"),
    "echo-2": lambda name, _: script(name, "echo", echoes="updates", processes=2),
    "raw-sqlite": lambda name, _: script(name, "raw_sqlite", alone=True),
    "raw-postgres": lambda name, grounds: script(name, "raw_postgres", alone=True, DATABASE_URL=grounds.postgres()),
    "fsm": lambda name, grounds: script(name, "fsm", REDIS=grounds.redis()),
    "dialog": lambda name, grounds: script(name, "dialog", REDIS=grounds.redis()),
    "conversation-100": lambda name, _: script(name, "conversation", STORED="100"),
    "conversation-1000": lambda name, _: script(name, "conversation", STORED="1000"),
    "conversation-10000": lambda name, _: script(name, "conversation", STORED="10000"),
    "ours-sqlite": lambda name, _: ours(name, SQLITE),
    "ours-postgres": lambda name, grounds: ours(name, grounds.postgres()),
    "ours-postgres-2": lambda name, grounds: ours(name, grounds.postgres(), 2),
    "before-sqlite": lambda name, _: ours(name, SQLITE, tree=before()),
    "before-postgres": lambda name, grounds: ours(name, grounds.migrated_by(before()), tree=before()),
    "echo-within": lambda name, _: script(name, "echo", echoes="updates", ANSWERS="within"),
    "echo-texts-within": lambda name, _: script(name, "echo", echoes="texts", ANSWERS="within"),
    "fsm-within": lambda name, grounds: script(name, "fsm", REDIS=grounds.redis(), ANSWERS="within"),
}


def script(
    name: str, module: str, *, echoes: str = "", processes: int = 1, alone: bool = False, **settings: str
) -> Entry:
    """A contender that is a script of the laboratory."""
    return Entry(name, (f"{SCRIPTS}.{module}",), settings, processes, echoes, alone)


def ours(name: str, database: str, processes: int = 1, tree: Path = ROOT) -> Entry:
    """The program as it is, or as another tree has it, at a plain database address."""
    return Entry(name, ("bot", "serve"), {"DATABASE_URL": database}, processes, tree=tree)


def before() -> Path:
    """The tree of before, which BEFORE names: a clone or work tree of an earlier commit. KeyError when nothing does."""
    return Path(os.environ["BEFORE"]).resolve(strict=True)


def entries(names: list[str], grounds: Grounds) -> list[Entry]:
    """The contenders of these names; "sqlite-1000" and "postgres-1000" are ours with so many drafts stored. KeyError for one that nobody has."""
    return [_stored(name, grounds) or KNOWN[name](name, grounds) for name in names]


def _stored(name: str, grounds: Grounds) -> Entry | None:
    match = re.fullmatch(r"(sqlite|postgres)-(\d+)", name)
    return ours(name, grounds.stored(match[1], int(match[2]))) if match else None
