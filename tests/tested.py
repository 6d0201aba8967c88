"""Where the tests of a source file are: by its name, or by a line of tests/tested.toml."""

import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("bot", "dialogs", "storage", "locales")
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "__init__.py" and "versions" not in path.parts
)
TESTED: dict[str, str] = {
    source: test
    for table in tomllib.loads((ROOT / "tests/tested.toml").read_text(encoding="utf-8")).values()
    for source, test in table.items()
}
"""By source file, or by folder (with a slash at its end): the test that stands elsewhere, or under another name."""
STARTS = '"-m"'
"""How a test starts the program in a process of its own."""
STARTS_A_PROGRAM = "from tests.process."
"""The same, by what the tests of processes share."""
UNSEEN = {
    "bot/documents/export.py": "made in a process of its own (bot/documents/child.py)",
    "bot/telegram/aiogram_session.py": "its one function runs at import, before any test",
}
"""What no test can be seen to run, and why."""
BY_NAME = {
    "bot/main/program.py": "bot/telegram/connect.py",
    "bot/documents/spawn.py": "bot/documents/child.py",
    "storage/migrations/__init__.py": "storage/migrations/env.py",
}
"""What is not imported, but started or loaded by its name."""


def mirror(source: str) -> str:
    """Where the tests of a source file stand by its name: bot/turns/quota.py in tests/turns/test_quota.py."""
    path = Path(source)
    return f"tests/{path.parent.as_posix().removeprefix('bot/')}/test_{path.name}"


def line(source: str) -> str:
    """The line of tests/tested.toml for a source file, or for a folder that it is in, the nearest first: its key, "" if there is none."""
    folders = [f"{folder.as_posix()}/" for folder in Path(source).parents]
    return next((one for one in (source, *folders) if one in TESTED), "")


def pairs() -> dict[str, str]:
    """The test of each source file."""
    return {source: mirror(source) if (ROOT / mirror(source)).is_file() else TESTED[line(source)] for source in SOURCES}


@cache
def text(path: str) -> str:
    """A file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")
