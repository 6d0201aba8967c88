"""What a table of a glossary finds in a text."""

import pytest

from locales.phrases import Phrases


@pytest.mark.parametrize(
    ("cell", "text", "found"),
    [
        ("osob* za kontakt", "Osobama za kontakt", "osob* za kontakt"),
        ("osob* za kontakt", "osoba koja je za kontakt", ""),
        ("osob* * kontakt", "osoba za kontakt", "osob* * kontakt"),
        ("nacrt, predmet*", "Predmeti", "predmet*"),
        ("sag", "en sagsliste", ""),
        ("*beslut*", "gallringsbeslutet", "*beslut*"),
        ("Grad, Gradu", "u gradu", ""),
        ("Grad, Gradu", "u Gradu", "Gradu"),
        ("işlem*", "İşleminiz", "işlem*"),
        ("committee*", "{committee} has it", ""),
        ("ilaa {day}", "Ka jawaab ilaa {day}.", "ilaa {day}"),
        ("staden, not hela staden", "Det gäller hela staden.", ""),
        ("staden, not hela staden", "Hela staden och staden", "staden"),
        ("… Twoj*", "Twoje szkice. Twoje pliki „Twoje”", ""),
        ("… Twoj*", "Wszystkie Twoje szkice", "… Twoj*"),
        ("*معيار*, *معايير*", "والمعايير", "*معايير*"),
        ("*حذف*", "حُذِفت", "*حذف*"),
        ("پیش‌نویس", "پیش‌نویس‌ها", ""),
        ("پیش‌نویس*", "پیش‌نویس‌ها", "پیش‌نویس*"),
        ("go’aa*", "Go’aanka", "go’aa*"),
        ("?", "هل هذا?", "?"),
        ("متن رسمی، به سوئدی", "به سوئدی", ""),
        ("", "anything", ""),
    ],
)
def test_the_first_phrase_that_stands_there_is_found(cell: str, text: str, found: str) -> None:
    assert Phrases(cell).found(text) == found


def test_a_text_without_what_was_found_is_what_is_left() -> None:
    assert Phrases("Grad*").without("Gradu i gradu").split() == ["i", "gradu"]
