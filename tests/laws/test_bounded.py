"""Law: work for a stranger is bounded before it is done. Four million characters of the worst kinds reach every reader;
what is counted is what is looked at.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

import pytest

from bot.speech import detect
from bot.speech.catalogs import languages
from bot.turns import uploads
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine import form
from dialogs.engine.draft import Draft
from dialogs.engine.turn import Writer, turn
from dialogs.kinds import amount, day, times
from dialogs.kinds.kind import Refusal
from dialogs.kinds.reading import read
from dialogs.language.events import Command, Event, Fill, Revise, Say, Start, clean
from dialogs.language.replies import Ask
from dialogs.language.words import LONGEST, MOST_MARKS, cleaned
from dialogs.phases.steps import DIALOGS
from tests.dialogs.kinds.every_kind import KINDS
from tests.dialogs.small import WRITER
from tests.dialogs.world import World
from tests.spread import spread

MANY = 4_000_000
WORST = {
    "marks out of order": "a" + "\u0301\u0323" * (MANY // 2),
    "marks without a letter": "\u0345\u0301" * (MANY // 2),
    "letters with marks": "a\u0301\u0323" * (MANY // 3),
    "blanks inside": "1" + " " * MANY + "x",
    "digits": "1" * MANY,
    "lines": "x\n" * (MANY // 2),
    "carriage returns": "\r" * MANY,
    "joiners": "\u200d" * MANY,
    "commas and ats": "@," * (MANY // 2),
    "one long word": "x" * MANY,
    "words": "ord " * (MANY // 4),
    "arabic": "\u0645\u0631\u062d\u0628\u0627 " * (MANY // 6),
    "brackets": "<" * MANY,
}
ONCE = 40
"""How often everything that is looked at may be looked at: each pattern, each step of cleaning."""


@dataclass
class Looked:
    """How many characters patterns and normalising were given: the longest text, all together, and marks in a row."""

    longest: int = 0
    together: int = 0
    marks: int = 0
    short: dict[str, int] = field(default_factory=dict)
    """By pattern whose work can grow with the square of a text: the longest that it was given."""

    def at(self, text: object) -> None:
        if isinstance(text, str):
            self.longest, self.together = max(self.longest, len(text)), self.together + len(text)


class Pattern:
    """A pattern that says what it is given, and does its work."""

    def __init__(self, pattern: re.Pattern[str], looked: Looked, name: str) -> None:
        self._pattern, self._looked, self._name = pattern, looked, name

    def __getattr__(self, verb: str) -> Any:
        done = getattr(self._pattern, verb)
        if not callable(done):
            return done

        def looking(*given: Any, **more: Any) -> Any:
            text = given[1] if verb in ("sub", "subn") else given[0]
            self._looked.at(text)
            self._looked.short[self._name] = max(len(text), self._looked.short.get(self._name, 0))
            return done(*given, **more)

        return looking


@lru_cache(100)
def marks_in_a_row(text: str) -> int:
    """The most of them in a text; the same few texts are looked at again and again."""
    if text.isascii():
        return 0
    return max(
        (sum(1 for _mark in run) for is_mark, run in groupby(map(unicodedata.combining, text), bool) if is_mark),
        default=0,
    )


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """Every pattern of ours, and the normalising of Unicode, says what it is given. The catalogs are read before: nobody sends them."""
    languages()
    found = Looked()
    normalize = unicodedata.normalize

    def normalizing(form: Any, text: str) -> str:
        found.at(text)
        found.marks = max(found.marks, marks_in_a_row(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", normalizing)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("bot", "dialogs"):
            for attribute, value in list(vars(module).items()):
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    monkeypatch.setattr(sys.modules[name], attribute, Pattern(value, found, f"{name}.{attribute}"))
    return found


def is_bounded(looked: Looked) -> None:
    assert looked.longest <= LONGEST
    assert looked.together <= ONCE * LONGEST
    assert looked.marks <= MOST_MARKS


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_cleaning(looked: Looked, text: str) -> None:
    assert len(cleaned(text)) <= LONGEST
    is_bounded(looked)


def events(text: str) -> list[Event]:
    """Everything with which somebody can bring a text."""
    fields: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("text", "words", "bounds", "name", "email", "phone", "pin", "new.name", "ids"), (text,)
    )
    return [Say(text), Revise(text, "m1"), Fill("done", "", 0, 0, fields), Start(text), Command("language", text)]


@pytest.mark.parametrize(("worst", "accepted"), spread(list(WORST), (False, True)))
def test_whoever_has_just_come(looked: Looked, worst: str, accepted: bool) -> None:
    for event in events(WORST[worst]):
        world = World(accepted=accepted)
        looked.together = 0
        world.does(event)
        is_bounded(looked)


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_every_question_of_every_dialog_says_how_much_too_long_it_is_and_keeps_nothing(
    looked: Looked, text: str
) -> None:
    for dialog in (*DIALOGS.values(), *DESK_DIALOGS.values()):
        first = turn(dialog, Draft(1), Say("x"), WRITER).replies[-1]
        if not isinstance(first, Ask):
            continue
        form_of_it = Fill("done", first.key, 1, 0, {one.name: (text,) for one in first.fields})
        for event in (Say(text), form_of_it):
            looked.together = 0
            taken = turn(dialog, Draft(1), clean(event), WRITER)
            assert not taken.draft.answers
            is_bounded(looked)


@pytest.mark.parametrize(("name", "worst"), spread(list(KINDS), list(WORST)))
def test_no_kind_takes_the_beginning_of_a_text_for_an_answer(name: str, worst: str) -> None:
    kind, text = KINDS[name], WORST[worst]
    fields: dict[str, tuple[str, ...]] = {one.name: (text,) for one in kind.offer(None, {}).fields}
    for event in (Say(text), Fill("done", "", 0, 0, fields)):
        said = clean(event)
        assert isinstance(said, Say | Fill)
        found = read(kind, said, None, {})
        assert isinstance(found, Refusal) or not fields
        assert not isinstance(found, Refusal) or found.value is None


@pytest.mark.parametrize(("name", "worst"), spread(list(DESK_DIALOGS), list(WORST)))
def test_a_desks_form(looked: Looked, name: str, worst: str) -> None:
    dialog, text = DESK_DIALOGS[name], WORST[worst]
    posted: dict[str, dict[str, tuple[str, ...]]] = {
        one.key: {"text": (text,), "words": (text,), "day": (text,), "amount": (text,)} for one in dialog.questions
    }
    form.filled(dialog, Draft(1), posted, Writer(7, "sv", WRITER.now))
    assert looked.longest <= LONGEST
    assert looked.marks <= MOST_MARKS
    assert looked.together <= ONCE * LONGEST * len(dialog.questions)


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_days_times_and_amounts_are_short_before_a_pattern_sees_them(looked: Looked, text: str) -> None:
    text = text[:LONGEST]
    assert day.day_in(text, None) is None
    assert times.time_in(text, None) == ""
    assert amount.amount_in(text) is None
    assert max(looked.short.values(), default=0) <= 100


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_name_of_a_language_and_the_language_of_a_text(looked: Looked, text: str) -> None:
    detect.tongue(text)
    assert looked.longest <= detect.READ


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_name_of_a_file(looked: Looked, text: str) -> None:
    assert len(uploads._name(text, ".pdf")) <= 120
    is_bounded(looked)
