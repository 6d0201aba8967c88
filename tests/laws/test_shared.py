"""Law: what several tests share stands in a module of its own noun, and a fixture of several tests in the conftest.py above them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.laws.source import TESTS, name, nodes, tree


def imported(path: Path) -> Iterator[str]:
    """Whatever is imported in a file, also far down in a function: modules, and names of modules after a dot."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def fixtures(path: Path) -> Iterator[str]:
    """The fixtures of a file, by their full names."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            "fixture" in ast.unparse(one) for one in node.decorator_list
        ):
            yield f"{name(path).removesuffix('.py').replace('/', '.')}.{node.name}"


def test_nothing_is_imported_from_a_test() -> None:
    found = {
        f"{name(path)} imports {one}"
        for path in TESTS
        for one in {*imported(path)}
        if one.startswith("tests.") and any(part.startswith("test_") for part in one.split("."))
    }
    assert found == set(), "give it a module of its own noun"


def test_a_test_imports_no_fixture() -> None:
    """A conftest.py may take one over from another part of the tests."""
    of_all = {one for path in TESTS for one in fixtures(path)}
    found = {
        f"{name(path)} imports {one}"
        for path in TESTS
        for one in {*imported(path)} & of_all
        if path.name != "conftest.py"
    }
    assert found == set(), "a fixture comes from the conftest.py of its directory, or of one above"
