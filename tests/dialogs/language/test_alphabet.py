"""Names as Swedes look for them."""

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.alphabet import swedish

SORTED = (
    *(
        "",
        "Adam Berg",
        "Anna",
        "anna",
        "Anna Ek",
        "Annabel",
        "Bo",
        "Émile",
        "Emilia",
        "Mzia",
        "Ola",
        "Thorsten",
        "Þorvald",
    ),
    *("Vera", "Wera", "Zoran", "Åke", "Åsa", "Ärla", "Æsa", "Øst", "Özlem", "Олена", "سارة"),
)


def test_the_order_of_the_alphabet() -> None:
    mixed = random.Random(7).sample(SORTED, len(SORTED))
    assert tuple(sorted(mixed, key=swedish)) == SORTED


def test_accents_count_only_between_names_that_are_otherwise_alike() -> None:
    assert sorted(["Lukasz B", "Łukasz A", "Lukasz"], key=swedish) == ["Lukasz", "Łukasz A", "Lukasz B"]
    assert sorted(["Myzia", "Müller", "Myller"], key=swedish) == ["Myller", "Müller", "Myzia"], "ü is found at y"
    assert sorted(["ANNA", "Anna", "anna"], key=swedish) == ["ANNA", "Anna", "anna"]


@given(st.text(max_size=20))
def test_a_letter_in_two_pieces_is_the_same_letter(name: str) -> None:
    whole, pieces = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
    assert swedish(whole)[:2] == swedish(pieces)[:2]
