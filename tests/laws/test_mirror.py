"""Law: the tests of a source file are found by its name, or by a line of tests/tested.toml, and they really use it."""

import ast
from functools import cache

from tests import exercised
from tests.laws.source import ROOT, nodes
from tests.tested import BY_NAME, SOURCES, STARTS, TESTED, line, mirror, pairs, text


@cache
def imported(path: str) -> frozenset[str]:
    """The files of the repository that a file imports by name."""
    found = set[str]()
    for node in nodes(ROOT / path):
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


def test_that_test_reaches_it() -> None:
    """By what it imports, directly or far away. That it really runs it, `make test-all` proves (tests/exercised.py)."""
    assert [f"{test} does not use {source}" for source, test in pairs().items() if source not in reached(test)] == []


def test_a_test_that_runs_nothing_of_its_source_is_told() -> None:
    """Once it has run; and not of a source without a function, or of what a test starts as a process of its own."""
    ran = {"tests/turns/test_quota.py": {"storage/files/quota.py": {"held"}}, "tests/process/test_start.py": {}}
    assert exercised.unproven(ran) == ["tests/turns/test_quota.py runs no function of bot/turns/quota.py"]
    ran["tests/turns/test_quota.py"]["bot/turns/quota.py"] = {"room"}
    ran["tests/storage/migrations/test_migrations.py"] = {
        "storage/migrations/__init__.py": {"migrate"},
        "storage/migrations/env.py": {"main"},
    }
    assert exercised.unproven(ran) == []


def test_what_the_workers_ran_comes_together() -> None:
    plugin = exercised.Exercised()
    plugin.add({"tests/turns/test_quota.py": {"bot/turns/quota.py": ["room"]}})
    plugin.add({"tests/turns/test_quota.py": {"bot/turns/quota.py": ["used"], "storage/files/quota.py": ["held"]}})
    assert plugin.kept() == {
        "tests/turns/test_quota.py": {"bot/turns/quota.py": ["room", "used"], "storage/files/quota.py": ["held"]}
    }
