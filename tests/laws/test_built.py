"""The law of the house that is built, not patched: what a part works with is handed in when it is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laws.test_house import ROOT, SOURCES, name, tree

TESTS = sorted((ROOT / "tests").rglob("*.py"))
DIALOGS = sorted((ROOT / "dialogs").rglob("*.py"))
CLOCKS = {
    "bot/settings/clock.py": "the clock",
    "storage/database/instant.py": "an embedded database has no clock but its machine's",
    "storage/files/objects.py": "a store of objects dates by a clock of its own, as near to this machine's as to any",
}
"""Who may ask the machine what time it is."""
WRITES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove"),
    *("reverse", "setdefault", "sort", "subtract", "update"),
}
"""What a container is changed by."""
REMEMBERED = {"_names", "_inflected"}
"""What dialogs/ computes once for arguments that never change: the names of the city's places (dialogs/case/city.py)."""
LIBRARIES = {
    "bot/documents/archive.py": {"info"},
    "bot/documents/letter.py": {"core", "document", "font", "info", "label", "page", "run"},
    "bot/main/server.py": {"last"},
    "bot/operations/logs.py": {"record", "sys", "warnings"},
    "bot/operations/loops.py": {"work"},
    "bot/telegram/applicants.py": {"BaseModel"},
    "bot/web/http/download.py": {"response"},
    "storage/database/pool.py": {"context"},
    "storage/database/sqlite_writer.py": {"connection"},
}
"""Whose attributes are set because a library, or the interpreter, wants it so."""
RECORDS = {
    "bot/main/backup.py": {"made"},
    "bot/main/restore.py": {"done"},
    "bot/turns/applicant.py": {"one", "taken"},
    "storage/cases/verify.py": {"verdict"},
    "bot/operations/loops.py": {"loop"},
    "bot/operations/rate_limit.py": {"bucket"},
    "dialogs/engine/draft.py": {"latest"},
}
"""Records of one file, or of one turn, that are filled in as it goes on."""
HELD = {"self.taken", "self.environment", "self.buckets[name]"}
"""The same, held by an object: what a turn has done, a library's own, and a bucket."""
PARTS = {"files", "papers", "quotas", "site", "telling", "translation", "turns", "uploads"}


def stored(tree: ast.AST) -> Iterator[ast.expr]:
    """What is assigned to, or deleted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield node


def root(node: ast.expr) -> str:
    """The name that an expression begins with, "" for none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_no_test_patches_the_time() -> None:
    patched = re.compile(r"""setattr\([^)]*["'][\w.]*\bnow["']""")
    assert [name(path) for path in TESTS if patched.search(path.read_text(encoding="utf-8"))] == []


def test_the_tests_have_one_clock() -> None:
    made = [
        name(path)
        for path in TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name == "Clock"
    ]
    assert made == ["tests/clock.py"]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_time_comes_from_the_clock_that_is_handed_in(path: Path) -> None:
    module = tree(path)
    asks = {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute) and root(node) == "datetime"}
    assert not asks & {"now", "utcnow", "today"} or name(path) in CLOCKS
    for statement in module.body:
        assert not isinstance(statement, ast.FunctionDef) or statement.name != "now", "a clock of the module's own"
        made = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        assert not (isinstance(made, ast.Call) and root(made.func) == "Clock"), "a clock of the module's own"


@pytest.mark.parametrize("path", DIALOGS, ids=name)
def test_no_module_of_dialogs_remembers_anything(path: Path) -> None:
    module = tree(path)
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        given = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
        own = given | {node.id for node in stored(function) if isinstance(node, ast.Name)}
        for node in ast.walk(function):
            assert not isinstance(node, ast.Global), ast.unparse(node)
        written = [node for node in stored(function) if not isinstance(node, ast.Name)]
        written += [
            call.func.value
            for call in ast.walk(function)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
        ]
        for node in written:
            begins = root(node)
            assert not begins or begins in own | of_the_whole(module, function), f"{node.lineno}: {ast.unparse(node)}"
        if isinstance(function, ast.FunctionDef) and function.name not in REMEMBERED:
            assert not any(
                "cache" in ast.unparse(one) for one in function.decorator_list if "property" not in ast.unparse(one)
            )


def of_the_whole(module: ast.Module, inner: ast.AST) -> set[str]:
    """The names that belong to the functions around one."""
    around = [one for one in ast.walk(module) if isinstance(one, ast.FunctionDef) and inner in ast.walk(one)]
    found = {arg.arg for one in around for arg in ast.walk(one.args) if isinstance(arg, ast.arg)}
    return found | {node.id for one in around for node in stored(one) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_set_from_outside(path: Path) -> None:
    """Whoever wants another one says so when it is made, or calls a method that says what that means."""
    free = {"self", "cls"} | LIBRARIES.get(name(path), set()) | RECORDS.get(name(path), set())
    for node in stored(tree(path)):
        if isinstance(node, ast.Attribute):
            known = root(node) in free and (root(node) not in ("self", "cls") or isinstance(node.value, ast.Name))
            assert known or ast.unparse(node.value) in HELD, f"{node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_no_test_sets_a_part_of_the_house(path: Path) -> None:
    """It is composed with what the test wants: `@pytest.mark.house(...)`, or a fixture `given`."""
    for node in stored(tree(path)):
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            through = set(ast.unparse(node.value).split(".")) - {"self"}
            assert not through & PARTS, f"{node.lineno}: {ast.unparse(node)}"
