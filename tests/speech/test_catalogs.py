"""The catalogs: whole, honest about how they were made, each with its glossary, and with labels that fit their buttons."""

import ast
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.speech.catalog_file import CATALOGS, about
from bot.speech.catalogs import moment, say
from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.applicants.rooms import COMMANDS
from dialogs.case.step import Step
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.declare import Dialog, Question
from dialogs.kinds.card import Card
from dialogs.kinds.day import STOCKHOLM
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Option
from dialogs.language.words import Words, _
from dialogs.phases.steps import DIALOGS, TASKS
from locales import whole
from locales.message import texts
from tests.spread import WHOLE

pytestmark = pytest.mark.english

ROOT = Path(__file__).parent.parent.parent
CODES = sorted(path.parent.parent.name for path in CATALOGS.glob("*/LC_MESSAGES/messages.po"))
LONGEST, LONGEST_QUESTION = 60, 75
"""Characters of a label; Telegram cuts what is longer on a phone. The city's own questions are a little longer in Swedish."""
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ONE_FORM = {"tr"}
"""Languages whose nouns stay in the singular after a number, so that one form says all."""
COUNTS = range(1000)
PLACE = re.compile(r"\{\w+\}")
QUOTED = re.compile("“([^”]+)”")
NOT_OURS = {"Message"}
"""A button of Telegram's own, which is called what Telegram calls it in that language."""


@cache
def catalog(code: str) -> Catalog:
    with (CATALOGS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


@cache
def template() -> Catalog:
    with (CATALOGS / "messages.pot").open("rb") as file:
        return read_po(file)


def strings(code: str) -> Iterator[tuple[str, str]]:
    """Each text of a catalog after the id that it stands for."""
    for message in catalog(code):
        for text in texts(message.string) if message.id else ():
            yield texts(message.id)[0], text


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_there_with_every_form_and_every_place(code: str) -> None:
    """A language may lag while one works; in `make test-all`, before an issue is closed, none does."""
    assert whole.problems(template(), catalog(code), code, code not in whole.WHOLE and not WHOLE) == []


def test_what_is_there_is_right_also_in_a_language_that_lags() -> None:
    source, lags = template(), deepcopy(catalog("fi"))
    lags.delete("Back")
    lags["Continue"].string = ""
    assert whole.problems(source, lags, "fi", may_lag=True) == []
    assert len(whole.problems(source, lags, "fi")) == 2
    lags["Received: {at}"].string = "Saapunut: {reference}"
    (problem,) = whole.problems(source, lags, "fi", may_lag=True)
    assert "Received: {at}" in problem


@pytest.mark.parametrize("code", CODES)
def test_its_head_says_how_it_was_made_and_who_has_read_it(code: str) -> None:
    assert about(code).get("Reviewed") in {"yes", "no"}, f"{code}: say at the head of its catalog: X-Reviewed: no"
    head = " ".join(catalog(code).header_comment.replace("#", " ").split())
    for wanted in ("How it was made: ", f"locales/{code}/glossary.md"):
        assert wanted in head, f"{code}: say at the head of its catalog: {wanted}"


@pytest.mark.parametrize("code", CODES)
def test_a_glossary_stands_beside_it(code: str) -> None:
    path = CATALOGS / code / "glossary.md"
    assert path.exists(), f"{code}: write locales/{code}/glossary.md, with the terms that its catalog keeps to"
    glossary = path.read_text(encoding="utf-8")
    assert "samverkansstöd" in glossary
    assert "tekniska nämnden" in glossary.casefold()


@pytest.mark.parametrize("code", CODES)
def test_numbers_that_cldr_tells_apart_have_forms_of_their_own(code: str) -> None:
    category, form = Locale.parse(code).plural_form, c2py(catalog(code).plural_expr)
    pairs = {(form(count), category(count)) for count in COUNTS}
    forms = {form for form, _category in pairs}
    assert forms == set(range(catalog(code).num_plurals)), "a form that no number takes"
    if code not in ONE_FORM:
        assert len(pairs) == len(forms), "one form for numbers of different categories"


@pytest.mark.parametrize("code", CODES)
def test_no_direction_is_marked_in_it(code: str) -> None:
    """Inserted text is isolated where it is inserted; a mark inside a text would only fight with that."""
    assert [id for id, text in strings(code) if DIRECTION_MARKS.search(text)] == []


@cache
def labels() -> dict[str, str]:
    """The ids of everything that stands on a button, each after where it was found."""
    return {
        words.id: where
        for where, words in (*_declared((DIALOGS, DESK_DIALOGS, TASKS)), *_menus(), *_written())
        if words.id.strip()
    }


def _menus() -> Iterator[tuple[str, Words]]:
    for name, words in COMMANDS.items():
        yield f"/{name}", words
    for question, _answer in QUESTIONS_AND_ANSWERS:
        yield "help", question


def _declared(value: object) -> Iterator[tuple[str, Words]]:
    """The labels in the declared dialogs: options, kinds, cards, tasks, and what is pressed to change and to send."""
    match value:
        case Option(id=id, label=Words() as label):
            yield id, label
        case Step(label=Words() as label):
            yield value.id, label
        case Dialog(send=send, yes=yes):
            yield from ((value.key, send), (value.key, yes))
        case Question(label=label, ways=ways):
            yield from ((value.key, label), *ways)
        case Card(button=button, confirms=confirms):
            yield from (("card", button), *confirms)
        case Items(flag_on=on, flag_off=off):
            yield from (("items", on), ("items", off))
    if isinstance(value, dict):
        yield from (found for one in value.values() for found in _declared(one))
    elif isinstance(value, tuple):
        yield from (found for one in value for found in _declared(one))
    elif is_dataclass(value) and not isinstance(value, Words):
        yield from (found for one in fields(value) for found in _declared(getattr(value, one.name)))


def _written() -> Iterator[tuple[str, Words]]:
    """The labels that are written where the button is made."""
    for path in sorted((ROOT / "dialogs").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Button" | "button"), args=[label, *_rest]):
                    for one in ast.walk(label):
                        match one:
                            case ast.Call(func=ast.Name(id="_" | "n_"), args=[ast.Constant(value=str(id)), *_more]):
                                yield f"{path.name}:{node.lineno}", Words(id)


def test_the_labels_are_found() -> None:
    assert {"Back", "Send the application…", "Property owner", "Not yet", "The queue", "Change {name}"} <= set(labels())
    assert set(labels()) <= {texts(message.id)[0] for message in template()}


@pytest.mark.parametrize("code", ["", *CODES])
def test_every_label_fits_on_its_button(code: str) -> None:
    said = {id: id for id in labels()} | dict(strings(code) if code else ())
    long = {
        said[id]: where
        for id, where in labels().items()
        if len(PLACE.sub("", said[id]).strip()) > (LONGEST_QUESTION if where == "help" else LONGEST)
    }
    assert long == {}


@pytest.mark.parametrize("code", CODES)
def test_a_button_is_quoted_as_it_is_labelled(code: str) -> None:
    said = {id: text for id, text in strings(code) if text}
    quoted = [(id, label) for id in said for label in QUOTED.findall(id) if label in said.keys() - NOT_OURS]
    assert quoted
    assert [(said[label], said[id]) for id, label in quoted if said[label] not in said[id]] == []


@pytest.mark.parametrize("code", CODES)
def test_a_day_stands_in_a_sentence_in_every_month(code: str) -> None:
    for month in range(1, 13):
        said = moment(datetime(2026, month, 8, 12, 5, tzinfo=STOCKHOLM), code)
        assert re.match(r"8(\D+)2026\D+12[:.]05$", said), "the day first, as in Sweden, then the clock"
        assert moment(datetime(2026, month, 8, tzinfo=STOCKHOLM), code, "date") in said


def test_a_day_is_in_the_form_that_a_sentence_asks_for() -> None:
    at = datetime(2026, 10, 8, 12, 5, tzinfo=STOCKHOLM)
    for code, said in (
        ("sv", "8 oktober 2026 kl.\u00a012:05"),
        ("bs", "8. oktobra 2026. u\u00a012:05"),
        ("so", "8 Oktoobar 2026, saacadda\u00a012:05"),
        ("uk", "8 жовтня 2026 року, 12:05"),
        ("ar", "8 تشرين\u00a0الأول/أكتوبر 2026 الساعة\u00a012:05"),
        ("fa", "8 اکتبر 2026، ساعت\u00a012:05"),
        ("ckb", "8ی تشرینی\u00a0یەکەمی 2026، کاتژمێر\u00a012:05"),
        ("tr", "8 Ekim 2026, saat\u00a012:05"),
    ):
        assert moment(at, code) == said


@pytest.mark.parametrize("code", CODES)
def test_a_head_that_names_months_names_all_twelve(code: str) -> None:
    months = about(code).get("Months")
    if months is None:
        return
    names = months.split(" ")
    assert len(set(names)) == 12
    for month, name in enumerate(names, 1):
        assert name in moment(datetime(2026, month, 8, tzinfo=STOCKHOLM), code, "date")


def test_an_address_is_copied_without_a_mark() -> None:
    """What looks like one and could reorder a sentence is isolated like any other text."""
    for code in ("en", "ar"):
        said = say(_("On the web: {link}", link="https://example.se/join/x-_9"), code)
        assert "https://example.se/join/x-_9" in said
        assert not {"\u2068", "\u2069"} & {*said}
        assert say(_("On the web: {link}", link="https://exa\u05d0mple.se"), code).count("\u2068") == 1
