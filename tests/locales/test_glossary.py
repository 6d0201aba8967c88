"""A glossary's tables, as a person writes them."""

from pathlib import Path

import pytest

from locales.glossary import read, rows
from locales.message import HERE, catalogs

TEXT = """\
# Glossary

## Terms

| English source | Swedish | bs | Note |
| --- | --- | --- | --- |
| contact person | kontaktperson | osoba za kontakt | |

## Stems

Words before the table.

| Term | Stems | Never |
| --- | :---: | --- |
| contact person | osob* za kontakt | kontakt osob* |
| case | predmet* |

## Never

| Never | Instead | Why |
| --- | --- | --- |
| `niko*` | nijedna osoba | rule 3 |
| a \\| b | c | d |
"""


def test_a_table_is_read_below_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "glossary.md"
    path.write_text(TEXT, encoding="utf-8")
    glossary = read(path)
    assert [(term.name, term.stems.cell, term.never.cell) for term in glossary.terms] == [
        ("contact person", "osob* za kontakt", "kontakt osob*"),
        ("case", "predmet*", ""),
    ]
    niko, _either = glossary.never
    assert niko.words.found("Niko to ne zna.")
    assert (niko.instead, niko.why) == ("nijedna osoba", "rule 3")
    assert rows(TEXT, "Never")[1]["never"] == "a | b"


def test_a_language_without_a_glossary_is_not_checked(tmp_path: Path) -> None:
    assert read(tmp_path / "glossary.md").terms == ()


@pytest.mark.parametrize("code", [code for code in catalogs(HERE) if read(HERE / code / "glossary.md").terms])
def test_a_glossary_with_stems_has_those_of_the_most_important_terms(code: str) -> None:
    terms = {term.name for term in read(HERE / code / "glossary.md").terms}
    assert {"contact person", "application", "draft", "case", "committee", "actor", "criterion"} <= terms
    assert {"withdraw", "delete", "public document", "reference number", "decision", "by a day"} <= terms
    assert "city" in terms or code == "en", "in English the authority and the place are one word"
