"""What may be stored of what somebody wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.ids import number_in
from dialogs.language.words import UNWANTED, cleaned

FAMILY = "👩\u200d👩\u200d👧"
PERSIAN = "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("\x00", ""),
        ("a\u202eb\u202c", "ab"),
        ("\u2066a\u2069", "a"),
        ("\ufeffa", "a"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\ud800b", "ab"),
        (PERSIAN, PERSIAN),
        (FAMILY, FAMILY),
        ("a\u200e\u200fb", "a\u200e\u200fb"),
        ("e\u0301", "é"),
        ("e\u202e\u0301", "é"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("  a\tb \n", "a\tb"),
        ("<b>&amp;=1+1", "<b>&amp;=1+1"),
    ],
)
def test_what_is_kept(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not UNWANTED.search(once)
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    assert once.encode().decode() == once


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("", 0),
        ("²", 0),
        ("١", 0),
        ("-1", 0),
        ("9" * 18, int("9" * 18)),
        ("9" * 5000, 0),
        ("1 ", 0),
    ],
)
def test_the_number_of_a_button(text: str, number: int) -> None:
    assert number_in(text) == number
