"""Events: what a person did, with every text as it may be stored, however much of it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.events import (
    LONGEST_NAME,
    LONGEST_WORD,
    Attach,
    Command,
    Event,
    Filed,
    Fill,
    Misfit,
    Point,
    Press,
    Revise,
    Say,
    Start,
    clean,
)
from dialogs.language.words import LONGEST, cleaned

HIDDEN = "a\u202eb\x00c"
"""A letter that turns the direction, and one that no database takes."""


@pytest.mark.parametrize("event", [Say(HIDDEN), Revise(HIDDEN, "7")])
def test_what_somebody_writes_is_cleaned(event: Say | Revise) -> None:
    said = clean(event)
    assert isinstance(said, Say | Revise)
    assert said.text == cleaned(HIDDEN) == "abc"


@pytest.mark.parametrize("event", [Say("a", f"{HIDDEN}\ud800"), Revise("a", f"{HIDDEN}\ud800")])
def test_what_a_channel_calls_a_message_is_stored_with_the_answer_and_is_cleaned(event: Say | Revise) -> None:
    said = clean(event)
    assert isinstance(said, Say | Revise)
    assert said.ref == "abc"


def test_each_field_of_a_form_is_cleaned_and_the_longest_says_how_much_was_not_read() -> None:
    form = clean(Fill("ok", "area", 1, 1, {"name": (HIDDEN, "x" * (LONGEST + 5)), "more": ("y" * (LONGEST + 2),)}))
    assert isinstance(form, Fill)
    assert form.fields["name"][0] == "abc"
    assert form.over == 5


@given(st.integers(0, 30))
def test_what_is_over_is_counted_once_more_than_the_channel_has_cut(over: int) -> None:
    said = clean(Say("x" * (LONGEST + over), over=3))
    assert isinstance(said, Say)
    assert (len(said.text), said.over) == (LONGEST, 3 + over)


def test_a_file_has_a_name_of_bounded_length_and_never_none() -> None:
    sent = clean(Attach(tuple(Filed("0" * 64, name, "image/png", 1) for name in ("\u202e", "n" * 500))))
    assert isinstance(sent, Attach)
    assert [file.name for file in sent.files] == ["file", "n" * LONGEST_NAME]


def test_what_comes_with_a_link_or_a_command_is_cut() -> None:
    much = "w" * 10_000
    assert clean(Start(much)) == Start("w" * LONGEST_WORD)
    assert clean(Command("help", much)) == Command("help", "w" * LONGEST_WORD)


@pytest.mark.parametrize("event", [Press("ok", "area", 1, 1), Point(55.6, 13.0), Misfit("sticker")])
def test_what_holds_no_text_stays_as_it_is(event: Event) -> None:
    assert clean(event) is event
