"""The law of the house that is built, not patched: what a part works with is handed in when it is made."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.laws.source import SOURCES, TESTS, name, nodes, tree

DIALOGS = [path for path in SOURCES if name(path).startswith("dialogs/")]
CLOCKS = {
    "bot/settings/clock.py": "the clock",
    "storage/database/instant.py": "an embedded database has no clock but its machine's",
    "storage/files/objects.py": "a store of objects dates by a clock of its own, as near to this machine's as to any",
}
"""Who may ask the machine what time it is."""
ASKS = {
    *(f"datetime.datetime.{one}" for one in ("now", "today", "utcnow")),
    "datetime.date.today",
    *(f"time.{one}" for one in ("asctime", "ctime", "gmtime", "localtime", "strftime", "time", "time_ns")),
}
"""How the machine is asked. How long something took is no time of day: `time.monotonic` is free."""
TIME = {"clock", "Clock", "datetime", "here", "now", "time", "today"}
"""What no test patches, by any of these names on the way to it."""
DOORS = {"setattr", "delattr"}, {"__setattr__", "__delattr__", "__dict__"}, {"vars", "globals"}
"""By what an attribute is set without an assignment to it: functions, attributes, and what is written into when it is called."""
WRITES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove"),
    *("reverse", "setdefault", "sort", "subtract", "update"),
}
"""What a container is changed by."""
CONTAINERS = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp
MADE = {"Counter", "bytearray", "count", "cycle", "defaultdict", "deque", "dict", "iter", "list", "set"}
"""What makes one that can be changed, or used up."""
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
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
MADE_BY_THE_ROOT = {
    *("Applicants", "ContactPersons", "Delivery", "Health", "Notifier", "Program", "Resources", "Turns"),
    "application",
}
"""What bot/main/program.py and bot/main/process.py make, and a test makes only through them (tests/house.py)."""
OF_THE_ROOT = {
    "tests/house.py": "it composes what all other tests stand on",
    "tests/main/test_health.py": "what is said of a database that nobody has migrated, or that is away",
    "tests/main/test_readiness.py": "the same, check by check",
    "tests/settings/test_settings.py": "what the program makes of the settings",
}
"""Who may make them, and why."""
PARTS = {"files", "papers", "quotas", "site", "notifier", "translation", "turns", "uploads"}


def stored(among: Iterator[ast.AST] | tuple[ast.AST, ...]) -> Iterator[ast.expr]:
    """What is assigned to, or deleted."""
    for node in among:
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield node


def root(node: ast.AST) -> str:
    """The name that an expression begins with, "" for none; `vars(turns)["hours"]` begins with vars."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Call) and ast.unparse(node.func) in DOORS[2]:
        node = node.func
    return node.id if isinstance(node, ast.Name) else ""


def meant_in(path: Path) -> dict[str, str]:
    """What each imported name stands for: {"dt": "datetime.datetime"}."""
    found: dict[str, str] = {}
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {one.asname: one.name for one in node.names if one.asname}
            found |= {one.name.partition(".")[0]: one.name.partition(".")[0] for one in node.names if not one.asname}
        elif isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


def dotted(node: ast.AST, meant: dict[str, str]) -> str:
    """What an expression stands for, from the module on: "datetime.datetime.now"; "" when it begins with nothing that was imported."""
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript) or root(node) not in meant:
        return ""
    return meant[root(node)] + ast.unparse(node)[len(root(node)) :]


def test_no_test_patches_the_time_or_what_it_was_given() -> None:
    assert [one for path in TESTS for one in patched_in(path)] == []


def patched_in(path: Path) -> Iterator[str]:
    """Where a test patches the time, or an object: a limit of a module is patched, or a method of a class, and what a part is made of is handed in."""
    meant = meant_in(path)
    for node in nodes(path):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("setattr", "delattr")
        ):
            what = [one.value if isinstance(one, ast.Constant) else dotted(one, meant) for one in node.args[:2]]
            if not what[0] or TIME & set(".".join(map(str, what)).split(".")):
                yield said(path, node)
        elif isinstance(node, ast.Import | ast.ImportFrom) and "unittest" in ast.unparse(node):
            yield said(path, node)


def test_the_tests_have_one_clock() -> None:
    made = [
        name(path) for path in TESTS for node in nodes(path) if isinstance(node, ast.ClassDef) and node.name == "Clock"
    ]
    assert made == ["tests/clock.py"]


def test_the_time_comes_from_the_clock_that_is_handed_in() -> None:
    assert [one for path in SOURCES if name(path) not in CLOCKS for one in clocks_in(path)] == []


def test_how_long_something_has_taken_comes_from_it_too() -> None:
    """In what a turn or a worker waits for, so that a test that moves the clock on need not wait."""
    floors = tuple(f"bot/{floor}/" for floor in ("turns", "worker", "documents"))
    own = [
        said(path, node)
        for path in SOURCES
        if name(path).startswith(floors)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ("monotonic", "perf_counter") and root(node) == "time"
    ]
    assert own == []


def clocks_in(path: Path) -> Iterator[str]:
    """Where a module asks the machine for the time, or has a clock of its own."""
    meant = meant_in(path)
    yield from (said(path, node) for node in nodes(path) if dotted(node, meant) in ASKS)
    for statement in tree(path).body:
        made = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        own = isinstance(made, ast.Call) and root(made.func) == "Clock"
        if own or (isinstance(statement, ast.FunctionDef) and statement.name == "now"):
            yield said(path, statement)


def test_no_module_of_dialogs_remembers_anything() -> None:
    assert [one for path in DIALOGS for one in remembered_in(path)] == []


def remembered_in(path: Path) -> Iterator[str]:
    """Where a function writes into what outlives it, or is cached, or where something is made once that can be changed."""
    yield from (said(path, node) for node in outlives(tree(path), None))
    for node in nodes(path):
        yield from (said(path, one) for one in made_once(node) if is_changeable(one))
    meant = meant_in(path)
    cached = [node for node in nodes(path) if dotted(node, meant) in ("functools.cache", "functools.lru_cache")]
    known = [
        one
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name in REMEMBERED
        for decorator in node.decorator_list
        for one in ast.walk(decorator)
    ]
    yield from (said(path, node) for node in cached if node not in known)


def outlives(node: ast.AST, own: set[str] | None) -> Iterator[ast.AST]:
    """Where functions change what is not theirs. `own` are the names of the functions around, None outside of all."""
    if isinstance(node, FUNCTIONS):
        own = (own or set()) | names_in(node)
    elif own is not None and (isinstance(node, ast.Global) or (root_written(node) or "self") not in own | {"self"}):
        yield node
    for one in ast.iter_child_nodes(node):
        yield from outlives(one, own)


def names_in(function: ast.AST) -> set[str]:
    """The names that belong to a function: what it is given, and what it assigns."""
    inside = tuple(ast.walk(function))
    given = {one.arg for one in inside if isinstance(one, ast.arg)}
    return given | {node.id for node in stored(inside) if isinstance(node, ast.Name)}


def root_written(node: ast.AST) -> str:
    """The name at the beginning of what this changes: by an assignment into it, by one of WRITES, or by `next`; "" for nothing."""
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return root(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
        return root(node.func)
    if isinstance(node, ast.Call) and root(node.func) == "next" and node.args:
        return root(node.args[0])
    return ""


def made_once(node: ast.AST) -> Iterator[ast.expr]:
    """What is made where a function or a class is, and is the same at each call and for each object: defaults, and what a class assigns."""
    if isinstance(node, FUNCTIONS):
        yield from (one for one in (*node.args.defaults, *node.args.kw_defaults) if one)
    if isinstance(node, ast.ClassDef):
        yield from (one.value for one in node.body if isinstance(one, ast.Assign | ast.AnnAssign) if one.value)


def is_changeable(value: ast.expr) -> bool:
    """Whether this makes something that can be changed, or used up."""
    made = isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in MADE
    return made or isinstance(value, CONTAINERS)


def test_nothing_is_set_from_outside() -> None:
    """Whoever wants another one says so when it is made, or calls a method that says what that means."""
    assert [one for path in SOURCES for one in (*set_in(path), *doors_in(path))] == []


def set_in(path: Path) -> Iterator[str]:
    """Where an attribute is set on what is neither the object itself, nor a record, nor a library's."""
    free = LIBRARIES.get(name(path), set()) | RECORDS.get(name(path), set())
    for node in stored(nodes(path)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own and root(node) not in free and ast.unparse(node.value) not in HELD:
                yield said(path, node)


def doors_in(path: Path) -> Iterator[str]:
    """Where one of DOORS stands open. An object that is frozen may finish itself: `object.__setattr__(self, ...)`."""
    own = [
        node.func for node in nodes(path) if isinstance(node, ast.Call) and node.args and root(node.args[0]) == "self"
    ]
    called, attributes, written = DOORS
    for node in nodes(path):
        way = (isinstance(node, ast.Name) and node.id in called) or root_written(node) in written
        way = way or (isinstance(node, ast.Attribute) and node.attr in attributes and node not in own)
        if way and root(node) not in LIBRARIES.get(name(path), ()):
            yield said(path, node)


def test_no_test_sets_a_part_of_the_house() -> None:
    """It is composed with what the test wants: `@pytest.mark.house(...)`, or a fixture `given`."""
    assert [one for path in TESTS for one in parts_set_in(path)] == []


def parts_set_in(path: Path) -> Iterator[str]:
    """Where a test sets an attribute of a part, or goes through one of DOORS."""
    for node in stored(nodes(path)):
        parts = PARTS & set(ast.unparse(node.value).split(".")) if isinstance(node, ast.Attribute) else ()
        if parts and root(node) != "self":
            yield said(path, node)
    yield from doors_in(path)


def test_no_test_builds_the_house_a_second_time() -> None:
    """What a test makes by hand, it makes as production does not: it then passes when the program forgets a part."""
    assert [one for path in TESTS if name(path) not in OF_THE_ROOT for one in built_in(path)] == []


def built_in(path: Path) -> Iterator[str]:
    """Where something is made that is the root's to make."""
    ours = {
        alias.asname or alias.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.")
        for alias in node.names
        if alias.name in MADE_BY_THE_ROOT
    }
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            yield said(path, node)


def said(path: Path, node: ast.AST) -> str:
    """Where something stands, and what."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"


@pytest.mark.parametrize(
    ("law", "text"),
    [
        (patched_in, 'monkeypatch.setattr(composed.turns, "hours", None)'),
        (patched_in, 'monkeypatch.setattr(composed.clock, "here", None)'),
        (patched_in, 'monkeypatch.setattr("bot.settings.clock.datetime", None)'),
        (patched_in, 'from bot.settings.clock import Clock\nonce.setattr(Clock, "x", None)'),
        (patched_in, 'from bot.worker import delivery\nmonkeypatch.setattr(delivery, "datetime", None)'),
        (patched_in, "from unittest.mock import patch"),
        (parts_set_in, "composed.turns.hours = None"),
        (parts_set_in, 'setattr(composed.turns, "hours", None)'),
        (parts_set_in, 'composed.turns.__dict__["hours"] = None'),
        (parts_set_in, 'vars(composed.turns)["hours"] = None'),
        (set_in, "turns.hours = None"),
        (doors_in, 'setattr(turns, "hours", None)'),
        (doors_in, 'turns.__dict__["hours"] = None'),
        (doors_in, 'object.__setattr__(turns, "hours", None)'),
        (clocks_in, "import time\ntime.time()"),
        (clocks_in, "from time import time as at\nat()"),
        (clocks_in, "import datetime as dt\ndt.datetime.now(dt.UTC)"),
        (clocks_in, "from datetime import date\ndate.today()"),
        (clocks_in, "CLOCK = Clock()"),
        (remembered_in, "SEEN = []\ndef f(x):\n    SEEN.append(x)"),
        (remembered_in, "from itertools import count\nIDS = count()\ndef f():\n    return next(IDS)"),
        (remembered_in, "from functools import lru_cache\ng = lru_cache(f)"),
        (remembered_in, "import functools\n@functools.cache\ndef f(x): ..."),
        (remembered_in, "def f(x, seen=[]): ..."),
        (remembered_in, "def f(x, *, seen=defaultdict(int)): ..."),
        (remembered_in, "def f(ids=itertools.count()):\n    return next(ids)"),
        (remembered_in, "class C:\n    seen = {}"),
        (remembered_in, "class C:\n    seen: ClassVar[list[str]] = []"),
        (remembered_in, "def f():\n    f.seen = 1"),
    ],
)
def test_what_is_planted_is_seen(law: Callable[[Path], Iterator[str]], text: str, tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(text, encoding="utf-8")
    assert [*law(path)] != []
