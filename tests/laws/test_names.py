"""Law: one word is one thing. Whoever searches for a class, or for a type that has a name, finds one."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.laws.source import SOURCES, nodes, tree
from tests.laws.source import name as name_of


def types_of(path: Path) -> Iterator[str]:
    """The classes of a file, and the types that it gives a name to; but for type variables, which are nobody else's."""
    yield from (node.name for node in nodes(path) if isinstance(node, ast.ClassDef))
    for node in tree(path).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="TypeVar"))):
                continue
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper():
                yield name


def test_no_two_types_have_one_name() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for name in types_of(path):
            found[name].append(name_of(path))
    assert len(found) > 300
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
