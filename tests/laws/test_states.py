"""Law: whoever asks where a case stands takes the state's id from where it is declared, so that a misspelt one does not wait for ever."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2 import nodes as template

from bot.web.pages.pages import HERE
from dialogs.phases.steps import STATES
from tests.laws.source import SOURCES, name, nodes, text

TODAY = [path for path in SOURCES if "versions" not in path.parts]
"""Without the migrations, which name what was called so then."""
TEMPLATES = sorted((HERE / "templates").glob("*.html"))


def python(path: Path) -> Iterator[str]:
    """Where a module compares a state with a text, matches it with one, or asks for one by a text."""
    for node in nodes(path):
        match node:
            case ast.Compare(left=left, comparators=[*others]) if any(map(_is_state, (left, *others))):
                asked: list[ast.expr] = [left, *others]
            case ast.Match(subject=subject, cases=cases) if _is_state(subject):
                asked = [one for case in cases for one in ast.walk(case.pattern) if isinstance(one, ast.expr)]
            case ast.keyword(arg="state", value=value):
                asked = [value]
            case _:
                continue
        if any(isinstance(one, ast.Constant) and one.value in STATES for each in asked for one in ast.walk(each)):
            yield f"{name(path)}:{asked[0].lineno}"


def html(path: Path) -> Iterator[str]:
    """Where a template compares a state with a text."""
    for node in Environment(autoescape=True).parse(text(path)).find_all(template.Compare):
        inside = [node.expr, *(one.expr for one in node.ops)]
        if any(_is_state_in_html(one) for one in inside) and any(
            const.value in STATES for one in (node, *inside) for const in one.find_all(template.Const)
        ):
            yield f"{name(path)}:{node.lineno}"


def _is_state(node: ast.expr) -> bool:
    """`case.state`, and the column of it."""
    return isinstance(node, ast.Attribute) and node.attr == "state"


def _is_state_in_html(node: template.Node) -> bool:
    return isinstance(node, template.Getattr) and node.attr == "state"


def test_no_state_is_named_a_second_time() -> None:
    assert [where for path in TODAY for where in python(path)] == []
    assert [where for path in TEMPLATES for where in html(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        'case.state == "taken"',
        '"taken" != case.state',
        'cases.c.state == "sent"',
        'case.state in ("sent", "taken")',
        'Filter(has="me", state="sent")',
        'match case.state:\n    case "taken" | "sent":\n        pass',
    ],
)
def test_a_state_that_is_named_a_second_time_is_found(line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(line, encoding="utf-8")
    assert len(list(python(planted))) == 1


@pytest.mark.parametrize("line", ['{% if case.state == "taken" %}{% endif %}', '{{ case.state in ("sent", "taken") }}'])
def test_a_state_that_is_named_a_second_time_on_a_page_is_found(line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.html"
    planted.write_text(line, encoding="utf-8")
    assert list(html(planted)) == ["planted.html:1"]
