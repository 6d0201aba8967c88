"""Which functions of the program each test file really runs: `python -m pytest -p tests.exercised tests/turns` says it at the end.

It is where the lines of tests/tested.toml come from. `make test-all` runs with it, and fails where a test has run no function of the source that it
is the test of (tests/tested.py). Only the processes of pytest are seen, not the ones that a test starts.
"""

import ast
import json
import os
import sys
from collections import defaultdict
from collections.abc import Generator, Mapping
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

from tests.spread import WHOLE
from tests.tested import BY_NAME, ROOT, STARTS, STARTS_A_PROGRAM, UNSEEN, pairs, text

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
        if fullname.partition(".")[0] not in ("bot", "dialogs", "storage", "locales"):
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and "versions" not in fullname:
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def unproven(ran: Mapping[str, Mapping[str, object]]) -> list[str]:
    """What is wrong with the tests that have `ran` (by test file, the source files of which it ran functions): each that ran none of its source."""
    return [
        f"{test} runs no function of {source}"
        for source, test in pairs().items()
        if test in ran and source not in ran[test] and not _is_unseen(source, test)
    ]


def _is_unseen(source: str, test: str) -> bool:
    """Whether it cannot be seen: no function in it does anything but promise (a protocol's), it runs at import, or in a process of its own."""
    tree = ast.walk(ast.parse(text(source)))
    last = [one.body[-1] for one in tree if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    does = [one for one in last if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    starts = STARTS in text(test) or STARTS_A_PROGRAM in text(test) or test.startswith("tests/process/")
    elsewhere = source in BY_NAME.values() or source in UNSEEN or starts
    return elsewhere or not does


class Exercised:
    """The pytest plugin that writes down what each test file has run, in all workers together."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        RUN.clear()
        done = yield
        ran = self.found[item.nodeid.partition("::")[0]]
        for path, function in RUN:
            ran[path].add(function)
        return done

    def add(self, kept: Mapping[str, Mapping[str, list[str]]]) -> None:
        """Add what a worker has kept."""
        for test, by in kept.items():
            ran = self.found[test]
            for path, functions in by.items():
                ran[path] |= set(functions)

    def kept(self) -> dict[str, dict[str, list[str]]]:
        """What was run, as JSON has it."""
        return {
            test: {path: sorted(functions) for path, functions in sorted(by.items())} for test, by in self.found.items()
        }

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear it from a worker that ends."""
        self.add(getattr(node, "workeroutput", {}).get("exercised", {}))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker says what it ran; in the whole run, a test that ran nothing of its source fails it."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["exercised"] = self.kept()
        elif WHOLE and unproven(self.found) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        KEPT.write_text(json.dumps(before | self.kept(), indent=1), encoding="utf-8")
        terminalreporter.section("exercised")
        if not WHOLE:
            for test, by in self.found.items():
                most = sorted(by, key=lambda path: -len(by[path]))[:8]
                terminalreporter.line(f"{test}: " + ", ".join(f"{path} ({len(by[path])})" for path in most))
        for one in unproven(self.found):
            terminalreporter.line(one, red=WHOLE)


def pytest_configure(config: pytest.Config) -> None:
    """Named by `-p`, or by PYTEST_PLUGINS, which workers of `-n` heed before they import anything of the program."""
    config.pluginmanager.register(Exercised())


sys.modules["tests.exercised"] = sys.modules[__name__]
sys.meta_path.insert(0, Finder)
