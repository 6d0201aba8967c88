"""Which functions of the program each test file really runs: `python -m pytest -p tests.exercised tests/turns` says it at the end.

It is where the lines of tests/tested.toml come from. Only this process is seen, not the ones that a test starts.
"""

import ast
import json
import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Generator
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
KEPT = Path(os.environ.get("EXERCISED", ROOT / ".exercised.json"))
"""Where the functions are kept by test file and source file, so that runs of several folders add up."""
RUN: set[tuple[str, str]] = set()
"""Source file and function, since the last test began."""


class Marked(ast.NodeTransformer):
    """Each function says first that it is run."""

    def __init__(self, path: str) -> None:
        self.path = path

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._marked(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._marked(node)

    def _marked(self, node: Any) -> ast.AST:
        self.generic_visit(node)
        said = ast.parse(f"__import__('sys').modules['tests.exercised'].RUN.add({(self.path, node.name)!r})").body[0]
        for one in ast.walk(said):
            ast.copy_location(one, node.body[0])
        documented = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
        node.body.insert(1 if documented else 0, said)
        return node  # type: ignore[no-any-return]


class Loader(SourceFileLoader):
    """A module whose functions are marked. Nothing is cached."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = ast.parse(decode_source(self.get_data(path)))
        return compile(Marked(Path(path).relative_to(ROOT).as_posix()).visit(tree), path, "exec", dont_inherit=True)


class Finder(PathFinder):
    """Finds the program's own modules."""

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: ModuleType | None = None) -> Any:
        if fullname.partition(".")[0] not in ("bot", "dialogs", "storage"):
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and "versions" not in fullname:
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


class Exercised:
    """The pytest plugin that writes down what each test file has run."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        RUN.clear()
        done = yield
        for path, function in RUN:
            self.found[item.nodeid.partition("::")[0]][path].add(function)
        return done

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        kept |= {
            test: {path: sorted(functions) for path, functions in sorted(by.items())} for test, by in self.found.items()
        }
        KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        terminalreporter.section("exercised")
        for test, by in self.found.items():
            most = sorted(by, key=lambda path: -len(by[path]))[:8]
            terminalreporter.line(f"{test}: " + ", ".join(f"{path} ({len(by[path])})" for path in most))
        tables = tomllib.loads((ROOT / "tests/tested.toml").read_text(encoding="utf-8")).values()
        for source, test in (line for table in tables for line in table.items()):
            if test in self.found and source not in self.found[test]:
                terminalreporter.line(f"{test} runs no function of {source} in this process")


def pytest_configure(config: pytest.Config) -> None:
    """Named by `-p`."""
    config.pluginmanager.register(Exercised())


sys.modules["tests.exercised"] = sys.modules[__name__]
sys.meta_path.insert(0, Finder)
