"""Law: what several tests share stands in a module of its own noun, and a fixture of several tests in the conftest.py above them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent.parent
FILES = {path.relative_to(TESTS.parent).as_posix(): path for path in sorted(TESTS.rglob("*.py"))}


def imported(tree: ast.Module) -> Iterator[str]:
    """Whatever is imported in a file, also far down in a function: modules, and names of modules after a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def fixtures(file: str, tree: ast.Module) -> Iterator[str]:
    """The fixtures of a file, by their full names."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            "fixture" in ast.unparse(one) for one in node.decorator_list
        ):
            yield f"{file.removesuffix('.py').replace('/', '.')}.{node.name}"


@cache
def trees() -> dict[str, ast.Module]:
    return {file: ast.parse(path.read_text(encoding="utf-8")) for file, path in FILES.items()}


def test_nothing_is_imported_from_a_test() -> None:
    found = {
        f"{file} imports {name}"
        for file, tree in trees().items()
        for name in {*imported(tree)}
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))
    }
    assert found == set(), "give it a module of its own noun"


def test_a_test_imports_no_fixture() -> None:
    """A conftest.py may take one over from another part of the tests."""
    of_all = {name for file, tree in trees().items() for name in fixtures(file, tree)}
    found = {
        f"{file} imports {name}"
        for file, tree in trees().items()
        for name in {*imported(tree)} & of_all
        if not file.endswith("/conftest.py")
    }
    assert found == set(), "a fixture comes from the conftest.py of its directory, or of one above"
