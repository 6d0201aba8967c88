"""Law: the tests of a source file are found by its name, or by a line of tests/tested.toml, and they really use it."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("bot", "dialogs", "storage")
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
BY_NAME = {
    "bot/documents/spawn.py": "bot/documents/child.py",
    "storage/migrations/__init__.py": "storage/migrations/env.py",
}
"""What is not imported, but started or loaded by its name."""


def mirror(source: str) -> str:
    """Where the tests of a source file stand by its name: bot/turns/quota.py in tests/turns/test_quota.py."""
    path = Path(source)
    return f"tests/{path.parent.as_posix().removeprefix('bot/')}/test_{path.name}"


def line(source: str) -> str:
    """The line of tests/tested.toml for a source file, or for its folder: its key, "" if there is none."""
    return next((one for one in (source, f"{Path(source).parent.as_posix()}/") if one in TESTED), "")


@cache
def text(path: str) -> str:
    """A file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def imported(path: str) -> frozenset[str]:
    """The files of the repository that a file imports by name."""
    found = set[str]()
    for node in ast.walk(ast.parse(text(path))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            stem = name.replace(".", "/")
            found |= {one for one in (f"{stem}.py", f"{stem}/__init__.py") if (ROOT / one).exists()}
    return frozenset(found)


@cache
def reached(path: str) -> frozenset[str]:
    """Everything that comes along when a file is imported, and the whole program where it starts the program."""
    there, new = {path}, {path}
    while new:
        starts = "bot/__main__.py" if any(one.startswith("tests/") and STARTS in text(one) for one in new) else ""
        new = {one for file in new for one in (*imported(file), BY_NAME.get(file, starts)) if one} - there
        there |= new
    return frozenset(there)


def test_the_test_of_each_source_file_is_found() -> None:
    found = {source for source in SOURCES if (ROOT / mirror(source)).is_file()}
    lost = [source for source in SOURCES if source not in found and not line(source)]
    assert [f"{source}: write {mirror(source)}, or a line in tests/tested.toml" for source in lost] == []
    assert found & TESTED.keys() == set(), "these have a test of their name: take their lines out of tests/tested.toml"
    assert TESTED.keys() == {line(source) for source in {*SOURCES} - found}, (
        "take what is gone out of tests/tested.toml"
    )
    assert [test for test in TESTED.values() if not (ROOT / test).is_file()] == []


def test_that_test_uses_it() -> None:
    """By what it imports, directly or far away. Whether it really runs it, tests/exercised.py says."""
    tests = {
        source: mirror(source) if (ROOT / mirror(source)).is_file() else TESTED[line(source)] for source in SOURCES
    }
    assert [f"{test} does not use {source}" for source, test in tests.items() if source not in reached(test)] == []
