"""Ids: one reading of them for every door, whatever anybody writes there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.ids import number_in, number_of


@given(st.integers(0, 10**18 - 1), st.sampled_from(["", "p", "e"]))
def test_an_id_gives_its_number_back(number: int, letter: str) -> None:
    assert number_of(f"{letter}{number}") == number
    assert number_of(number) == number


@pytest.mark.parametrize(
    "wrong", ["", "p", "pp12", "P12", "-1", " 12", "12 ", "1_2", "p-1", "٣", "²", "9" * 19, None, True, -1, 1.5, ["12"]]
)
def test_what_is_no_id_names_nothing(wrong: object) -> None:
    assert number_of(wrong) == 0


@given(st.text() | st.from_regex(r"[a-z]?[0-9]{0,30}"))
def test_nothing_that_is_written_stops_a_turn(text: str) -> None:
    assert 0 <= number_in(text) < 10**18
    assert 0 <= number_of(text) < 10**18
    assert number_in(text) in (0, number_of(text))
