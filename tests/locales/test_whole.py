"""What has to be in every plural form of a message."""

import pytest
from babel.messages.catalog import Catalog

from locales.message import FILE, HERE, read
from locales.whole import in_words, problems

ONE, MANY = "{count} file", "{count} files"


@pytest.mark.parametrize("code", ["sv", "pl", "ar", "bs", "uk"])
def test_a_number_lost_in_the_last_form_is_found(code: str) -> None:
    assert not lost(code, ())
    assert lost(code, (read(HERE / code / FILE, code).num_plurals - 1,))


@pytest.mark.parametrize(
    ("code", "forms"), [("sv", {0}), ("pl", {0}), ("ar", {0, 1, 2}), ("bs", set()), ("uk", set()), ("fa", set())]
)
def test_a_form_that_means_one_number_may_say_it_in_words(code: str, forms: set[int]) -> None:
    catalog = read(HERE / code / FILE, code)
    assert in_words(catalog.plural_expr) == forms
    assert not lost(code, tuple(forms))
    assert all(lost(code, (form,)) for form in {*range(catalog.num_plurals)} - forms)


def lost(code: str, forms: tuple[int, ...]) -> list[str]:
    """The faults of a message of a language that has no number in some of its forms."""
    source, catalog = Catalog(), Catalog(code)
    ours = read(HERE / code / FILE, code)
    catalog.mime_headers = [("Plural-Forms", ours.plural_forms)]
    source.add((ONE, MANY))
    said = tuple("files" if form in forms else MANY for form in range(ours.num_plurals))
    catalog.add((ONE, MANY), said)
    return problems(source, catalog, code)
