"""The sources of the program, as the laws read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted(path for folder in ("bot", "dialogs", "storage") for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """A file of the repository by its path in it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """What stands in a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, whole."""
    return tuple(_imported(tree(path)))


def _imported(parsed: ast.Module) -> Iterator[str]:
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def importers(package: str) -> set[str]:
    """The sources that import a package."""
    return {name(path) for path in SOURCES if any(module.partition(".")[0] == package for module in imported(path))}
