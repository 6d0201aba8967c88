"""The law of the house that is built, not patched: what a part works with is handed in when it is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.laws.sources import ROOT, SOURCES, name, tree

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
    "bot/telegram/aiogram_session.py": {"BaseModel"},
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
PARTS = {"files", "papers", "quotas", "site", "notifier", "translation", "turns", "uploads"}


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


def test_the_time_comes_from_the_clock_that_is_handed_in() -> None:
    assert [one for path in SOURCES for one in clocks_in(path)] == []


def clocks_in(path: Path) -> Iterator[str]:
    """Where a module asks the machine for the time, or has a clock of its own."""
    module = tree(path)
    for node in ast.walk(module):
        asks = isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today") and root(node) == "datetime"
        if asks and name(path) not in CLOCKS:
            yield said(path, node)
    for statement in module.body:
        made = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        own = isinstance(made, ast.Call) and root(made.func) == "Clock"
        if own or (isinstance(statement, ast.FunctionDef) and statement.name == "now"):
            yield said(path, statement)


def test_no_module_of_dialogs_remembers_anything() -> None:
    assert [one for path in DIALOGS for one in remembered_in(path)] == []


def remembered_in(path: Path) -> Iterator[str]:
    """Where a function writes into what outlives it, or is cached."""
    module = tree(path)
    functions = [
        one for one in ast.walk(module) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    for function in functions:
        own = {name for one in functions if function in ast.walk(one) for name in names_in(one)}
        for node in ast.walk(function):
            if isinstance(node, ast.Global) or (root_written(node) or "self") not in own | {"self"}:
                yield said(path, node)
        for decorator in getattr(function, "decorator_list", ()):
            if (
                re.search(r"\b(lru_)?cache\b", ast.unparse(decorator))
                and getattr(function, "name", "") not in REMEMBERED
            ):
                yield said(path, decorator)


def names_in(function: ast.AST) -> set[str]:
    """The names that belong to a function: what it is given, and what it assigns."""
    given = {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}
    return given | {node.id for node in stored(function) if isinstance(node, ast.Name)}


def root_written(node: ast.AST) -> str:
    """The name at the beginning of what this changes: by an assignment into it, or by one of WRITES; "" for nothing."""
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return root(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
        return root(node.func)
    return ""


def test_nothing_is_set_from_outside() -> None:
    """Whoever wants another one says so when it is made, or calls a method that says what that means."""
    assert [one for path in SOURCES for one in set_in(path)] == []


def set_in(path: Path) -> Iterator[str]:
    """Where an attribute is set on what is neither the object itself, nor a record, nor a library's."""
    free = LIBRARIES.get(name(path), set()) | RECORDS.get(name(path), set())
    for node in stored(tree(path)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own and root(node) not in free and ast.unparse(node.value) not in HELD:
                yield said(path, node)


def test_no_test_sets_a_part_of_the_house() -> None:
    """It is composed with what the test wants: `@pytest.mark.house(...)`, or a fixture `given`."""
    found = [
        said(path, node)
        for path in TESTS
        for node in stored(tree(path))
        if isinstance(node, ast.Attribute)
        and PARTS & set(ast.unparse(node.value).split("."))
        and ast.unparse(node.value) != "self"
    ]
    assert found == []


def said(path: Path, node: ast.AST) -> str:
    """Where something stands, and what."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"
