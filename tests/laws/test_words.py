"""Law: whatever a sentence leaves open in braces is filled where it is said, and nothing is given that it does not say."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2 import nodes as template

from bot.web.pages.pages import HERE
from dialogs.language.words import PLACE
from tests.laws.source import SOURCES, name, nodes, text

TEMPLATES = sorted((HERE / "templates").glob("*.html"))
MARKS = ("_", "n_")
CHECKED = {("Step", "says"), ("Channel", "missed"), ("Channel", "invites"), ("Way", "label")}
"""What may leave a sentence open, because it says itself, when it is made, which places it fills."""
BY_OTHERS = {
    "Page {number} of {total}": "bot/documents/paper.typ",
    "{date} at {time}": "bot/speech/catalogs.py, which alone makes text of a day",
    "{label}:": "bot/telegram/render.py, which knows the sentence by its id",
}
"""Sentences that something else than words fills."""
TOGETHER = {
    "“{notice}” of {at} did not reach {name}.",
    "“{notice}” of {at} did not reach the mailbox.",
    "● {reference}: {title}. {state}. {waiting}.",
    "{reference}: {title}. {state}. {waiting}.",
}
"""Sentences whose values are put together before: their tests read them."""


@dataclass(frozen=True)
class Said:
    """A sentence where it is said: its forms (None for what is no literal), and what it is given (None for what is put together before)."""

    where: str
    forms: tuple[str | None, ...]
    given: frozenset[str | None]

    @property
    def places(self) -> frozenset[str]:
        """The places that it has, in any of its forms."""
        return frozenset(place for form in self.forms for place in PLACE.findall(form or ""))

    def wrong(self, filled: set[frozenset[str | None]]) -> str | None:
        """What is wrong with it, in a file that fills these places of sentences that were left open; None if nothing is."""
        literal = [form for form in self.forms if form is not None]
        if len(literal) < len(self.forms):
            return f"{self.where}: no catalog can know a sentence that is no literal"
        if odd := [form for form in literal if {*PLACE.sub("", form)} & {*"{}"}]:
            return f"{self.where}: a place is a name in braces, and nothing else: {odd[0]!r}"
        counted = {"count"} if len(literal) > 1 else set()
        if literal[0] in BY_OTHERS or (None in self.given and literal[0] in TOGETHER):
            return None
        if self.places - counted == self.given - counted or (not self.given and self.places in filled):
            return None
        return f"{self.where}: {literal[0]!r} is given {sorted(map(str, self.given))}"


def python(path: Path) -> Iterator[str]:
    """What is wrong with the sentences of a module."""
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    checked = {id(keyword.value) for call in calls for keyword in call.keywords if _is_checked(call, keyword.arg)}
    checked |= {id(argument) for call in calls for argument in call.args if _called(call) == "Way"}
    fills = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "filled"]
    filled = {_given(call) for call in fills}
    for call in calls:
        if _called(call) == "Words" and call.args and _literal(call.args[0]) is not None:
            yield f"{name(path)}:{call.lineno}: what is said without a mark is in no catalog"
        if _called(call) in MARKS:
            forms = tuple(_literal(argument) for argument in call.args)
            said = Said(f"{name(path)}:{call.lineno}", forms, _given(call))
            if wrong := said.wrong(filled | ({said.places} if id(call) in checked else set())):
                yield wrong


def html(path: Path) -> Iterator[str]:
    """What is wrong with the sentences of a template."""
    for call in Environment(autoescape=True).parse(text(path)).find_all(template.Call):
        if isinstance(call.node, template.Name) and call.node.name in MARKS:
            texts = call.args[: MARKS.index(call.node.name) + 1]
            forms = tuple(str(one.value) if isinstance(one, template.Const) else None for one in texts)
            more = [None] if call.dyn_kwargs else []
            said = Said(f"{name(path)}:{call.lineno}", forms, frozenset([*(one.key for one in call.kwargs), *more]))
            if wrong := said.wrong(set()):
                yield wrong


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_checked(call: ast.Call, keyword: str | None) -> bool:
    return (_called(call), keyword) in CHECKED


def _given(call: ast.Call) -> frozenset[str | None]:
    return frozenset(keyword.arg for keyword in call.keywords)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_place_of_every_sentence_is_filled() -> None:
    assert [wrong for path in SOURCES for wrong in python(path)] == []


def test_every_place_of_every_sentence_of_a_page_is_filled() -> None:
    assert len(TEMPLATES) > 30
    assert [wrong for path in TEMPLATES for wrong in html(path)] == []


def test_no_sentence_is_excused_that_nobody_says() -> None:
    calls = [node for path in SOURCES for node in nodes(path) if isinstance(node, ast.Call)]
    said = {_literal(argument) for call in calls if _called(call) in MARKS for argument in call.args}
    assert TOGETHER | BY_OTHERS.keys() <= said


@pytest.mark.parametrize(
    "line",
    [
        '_("Asked for by {day}.")',
        '_("Asked for by {day}.", on=day)',
        '_("Asked for.", day=day)',
        '_("Asked for by {day}.", day=day, name=name)',
        '_("Asked for by {day}.", **values)',
        '_("Asked for by { day }.", day=day)',
        '_("Asked for by {day!r}.", day=day)',
        '_("Asked for by " + day)',
        'n_("{name} has {count} day", "{name} has {count} days", count=1)',
        'n_("{count} day", "{count} days of {name}", count=1)',
        'Step(label=_("{name} took it"))',
        'Words("{number}", {"number": 3})',
        'Way("take", _("Take it")), _("{reference}…")',
        '_("Asked for by {day}."), asked.filled(name=name)',
    ],
)
def test_a_place_that_nothing_fills_is_found(line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(line, encoding="utf-8")
    assert [wrong.partition(":")[0] for wrong in python(planted)] == ["planted.py"]


@pytest.mark.parametrize(
    "line",
    [
        '_("Asked for by {day}.", day=day)',
        'n_("one day", "{count} days", count=1)',
        'n_("{name} has one day", "{name} has {count} days", count=1, name=name)',
        'Step(says=_("{name} took it"))',
        'Way("take", _("Take {reference}…"))',
        'asked = _("Asked for by {day}."); asked.filled(day=day)',
    ],
)
def test_a_sentence_that_is_whole_is_left_alone(line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(line, encoding="utf-8")
    assert list(python(planted)) == []


@pytest.mark.parametrize(
    "line",
    [
        '{{ _("The last check was on {day}.") }}',
        '{{ _("The last check was on {day}.", date=day) }}',
        '{% if day %}<p title="{{ _("{day}", **values) }}"></p>{% endif %}',
        '{{ n_("{count} day of {name}", "{count} days of {name}", days) }}',
        "{{ _(day) }}",
    ],
)
def test_a_place_that_a_page_does_not_fill_is_found(line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.html"
    planted.write_text(line, encoding="utf-8")
    assert [wrong.partition(":")[0] for wrong in html(planted)] == ["planted.html"]
