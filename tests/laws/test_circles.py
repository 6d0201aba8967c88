"""Law: no circle of imports, however long, not even by an import that is lazy or for the type checker.

import-linter holds packages apart as wholes; here every module counts by itself, and so does each package's own `__init__`. Importing a module does
not count as importing the `__init__` of the package that it stands in, unless names of that are imported: what is empty binds nothing.
"""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest


def circle(*packages: str) -> list[str]:
    """The modules of a circle in these packages, the first again at the end; none where there is no circle."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    try:
        TopologicalSorter({one: graph.find_modules_directly_imported_by(one) for one in graph.modules}).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_import_comes_back_to_where_it_began() -> None:
    assert circle("bot", "dialogs", "storage") == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("house/__init__.py", "from house.room.lamp import light"),
        ("house/room/lamp.py", "def lazy():\n    from house.door import knock"),
        ("house/room/lamp.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.door import knock"),
        ("house/room/lamp.py", "import house.room"),
        ("house/room/lamp.py", "from . import switch"),
    ],
)
def test_a_circle_through_a_package_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, line: str
) -> None:
    """`switch` is a name of the package, no module of it."""
    built = {
        "house/__init__.py": "",
        "house/door.py": "from house.room import switch",
        "house/room/__init__.py": "from house.room import chair, lamp",
        "house/room/chair.py": "from house.room import lamp",
        "house/room/lamp.py": "from house import knob",
    }
    for name, text in built.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert circle("house") == []
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert circle("house") != []
