"""Law: whoever takes a closed union apart names every member, or says aloud that the rest is nothing to it."""

import ast
from pathlib import Path
from typing import get_args

from dialogs.applicants.acts import Act
from dialogs.language.events import Event
from dialogs.language.replies import Reply
from dialogs.language.words import type_of_value
from tests.laws.source import SOURCES, name, nodes

UNIONS = {
    "Event": {one.__name__ for one in get_args(Event)},
    "Reply": {one.__name__ for one in get_args(Reply)},
    "Act": {one.__name__ for one in get_args(Act)},
    "Value": {one.__name__ for one in get_args(type_of_value)},
}


def named(match: ast.Match) -> set[str]:
    """The classes that a match names."""
    return {
        node.cls.id
        for case in match.cases
        for node in ast.walk(case.pattern)
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
    }


def ends_openly(match: ast.Match, after: ast.stmt | None) -> bool:
    """Whether the match has a last case for everything else, or `assert_never` stands behind it."""
    last = match.cases[-1].pattern
    rest = isinstance(last, ast.MatchAs) and last.pattern is None and match.cases[-1].guard is None
    return rest or (after is not None and "assert_never(" in ast.unparse(after))


def matches(path: Path) -> list[tuple[ast.Match, ast.stmt | None]]:
    """Every match of a file, with the statement behind it."""
    bodies = [body for node in nodes(path) for _name, body in ast.iter_fields(node) if isinstance(body, list)]
    return [
        (one, (*body[at + 1 :], None)[0])
        for body in bodies
        for at, one in enumerate(body)
        if isinstance(one, ast.Match)
    ]


def test_who_takes_a_union_apart_says_what_becomes_of_the_rest() -> None:
    open_ended = []
    for path in SOURCES:
        for match, after in matches(path):
            names = named(match)
            if any(len(names & members) >= 2 for members in UNIONS.values()) and not ends_openly(match, after):
                open_ended.append(f"{name(path)}:{match.lineno}")
    assert open_ended == []


def test_who_names_all_of_a_union_would_notice_a_new_member() -> None:
    """A match that names every reply, or every act, ends in assert_never, so that the type checker names it when one more comes."""
    quiet = []
    for path in SOURCES:
        for match, after in matches(path):
            if any(named(match) >= members for members in UNIONS.values()):
                end = ast.unparse(match.cases[-1]) + (ast.unparse(after) if after else "")
                if "assert_never(" not in end:
                    quiet.append(f"{name(path)}:{match.lineno}")
    assert quiet == []
