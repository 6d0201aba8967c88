"""What a test stands on, read off its code, so that nobody has to remember a marker:
`postgresql`, `browser`, `process`, and `quick` for what needs none of them.
"""

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

MARKERS = {
    "postgresql": "needs a PostgreSQL server",
    "browser": "drives a real Chromium",
    "process": "starts processes",
    "quick": "needs none of these, and is of a folder of QUICK: `make quick`",
}
QUICK = ("dialogs", "laws", "storage")
"""Folders below tests/ of what is right or wrong without anything around it but one database."""
BROWSER = "chromium"
"""The fixture that is a browser."""
STARTERS = ("subprocess", "multiprocessing")
"""Modules that start processes."""
ALSO = {"create_subprocess_exec", "create_subprocess_shell"}


def marked(items: list[pytest.Item]) -> None:
    """Give each test its markers."""
    starters = Starters()
    for item in items:
        if isinstance(item, pytest.Function):
            given = item.callspec.params.values() if hasattr(item, "callspec") else ()
            if "postgres" in item.fixturenames or "postgresql" in given:
                item.add_marker("postgresql")
            if BROWSER in item.fixturenames:
                item.add_marker("browser")
            if any(starters.reach(one) for one in (item.function, *_fixtures(item))):
                item.add_marker("process")
        if folder(item.nodeid) in QUICK and not any(map(item.get_closest_marker, ("postgresql", "browser", "process"))):
            item.add_marker("quick")


def folder(nodeid: str) -> str:
    """The folder below tests/ that a test is in; "" for one that is in none."""
    path = nodeid.partition("::")[0].split("/")
    return path[1] if len(path) > 2 else ""


def _fixtures(item: pytest.Function) -> Iterator[Any]:
    known = item._fixtureinfo.name2fixturedefs
    return (one.func for name in item.fixturenames for one in known.get(name, ()))


class Starters:
    """Which functions and classes of the tests start processes, themselves or through others of the tests that they name.

    What the program itself starts (it makes papers in a child) does not count: it is part of what it does.
    """

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def reach(self, one: Any) -> bool:
        """Whether this one can come to where a process is started."""
        if isinstance(one, ModuleType):
            return one.__name__ in STARTERS
        one = inspect.unwrap(one) if callable(one) else one
        module = getattr(one, "__module__", None) or ""
        if module in STARTERS:
            return True
        if not module.startswith("tests") or not isinstance(one, FunctionType | type):
            return False
        if id(one) not in self._known:
            self._known[id(one)] = False  # until it is known: whoever names itself is no reason
            self._known[id(one)] = any(map(self._starts, _functions(one)))
        return self._known[id(one)]

    def _starts(self, function: FunctionType) -> bool:
        names = set(_names(function.__code__))
        if names & ALSO:
            return True
        found = [function.__globals__[name] for name in names if name in function.__globals__]
        ours = [one for one in found if isinstance(one, ModuleType) and one.__name__.startswith("tests")]
        found += [vars(module)[name] for module in ours for name in names & set(vars(module))]
        return any(map(self.reach, found))


def _functions(one: FunctionType | type) -> Iterator[FunctionType]:
    if isinstance(one, FunctionType):
        yield one
        return
    for part in (part for kind in one.__mro__ if kind.__module__.startswith("tests") for part in vars(kind).values()):
        for name in ("__func__", "fget", "func"):
            part = getattr(part, name, part)  # noqa: PLW2901  # what a decorator holds
        if isinstance(part, FunctionType):
            yield inspect.unwrap(part) if hasattr(part, "__wrapped__") else part


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)
