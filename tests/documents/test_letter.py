"""The draft of the official letter: the department's headings, the case's words, and open places where a person has to write."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.build import gathered
from bot.documents.letter import letter
from dialogs.case.case import Case
from dialogs.phases.initiation.part import Ready, known
from tests.documents.played import MADE, Played

HEADINGS = [
    "Sammanfattning",
    "Förslag till beslut",
    "Beslutsunderlag",
    "Beslutsplanering",
    "Beslutet skickas till",
    "Ärendet",
    "Ansvariga",
]
"""In the order of the department's letters (TN-2019-3825, STK-2020-227)."""


def letter_of(one: Played) -> bytes:
    return letter(gathered(one.case, one.sent, one.events, {}, MADE, "Samverkansguiden 1"))


def lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_it_has_the_structure_of_the_departments_letters(swedish: Played) -> None:
    document = docx.Document(io.BytesIO(letter_of(swedish)))
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"] == HEADINGS
    text = lines(letter_of(swedish))
    assert text[1:6] == ["Datum", "2023-04-26", "Vår referens", "Kim Kontakt", "[fyll i: titel och e-postadress]"]
    assert text[6:8] == ["Tjänsteskrivelse", "Samverkansstöd för Rosengård TN-2023-0000"]
    assert "Tekniska nämnden 2023-04-25" in text
    assert "Fastighets- och gatukontorets bedömning" in text


def test_it_is_filled_from_the_case(swedish: Played) -> None:
    text = "\n".join(lines(letter_of(swedish)))
    assert "Trygg Malmö och Made in Rosengård har den 3 mars 2023 kommit in med en ansökan" in text
    assert "Av dem bedöms 5 som uppfyllda och 1 som delvis uppfyllda." in text
    assert "Mörka gångvägar, få mötesplatser på kvällen" in text
    assert "Yttrande fritidsnämnden, 2 april 2023" in text
    assert "enkat.pdf" in text
    assert "Bedömning: delvis. Gruppens egen bedömning: uppfyllt." in text


def test_it_proposes_no_decision(swedish: Played) -> None:
    text = lines(letter_of(swedish))
    proposal = text[text.index("Förslag till beslut") + 1 : text.index("Beslutsunderlag")]
    assert proposal[0] == "Tekniska nämnden beslutar"
    assert all(line.startswith("[fyll i: ") for line in proposal[1:])
    assert "500" not in "\n".join(proposal), "not even after the decision"


def test_what_a_person_has_to_write_is_marked(swedish: Played) -> None:
    document = docx.Document(io.BytesIO(letter_of(swedish)))
    open_places = [run for one in document.paragraphs for run in one.runs if run.text.startswith("[fyll i")]
    assert len(open_places) >= 7
    assert all(run.font.highlight_color is not None for run in open_places)


def test_a_text_in_another_language_asks_for_a_translation(arabic: Played) -> None:
    text = lines(letter_of(arabic))
    assert "Förslaget (på arabiska) [fyll i: översättning till svenska]:" in text
    with zipfile.ZipFile(io.BytesIO(letter_of(arabic))) as archive:
        body = archive.read("word/document.xml").decode()
    assert '<w:lang w:bidi="ar"/>' in body
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body


def test_it_is_swedish_and_holds_nothing_that_runs_or_points_outside(swedish: Played) -> None:
    with zipfile.ZipFile(io.BytesIO(letter_of(swedish))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert re.search(rb'<w:lang [^>]*w:val="sv-SE"', parts["word/styles.xml"])
    assert b"<dc:language>sv-SE</dc:language>" in parts["docProps/core.xml"]
    assert b"python-docx" not in parts["docProps/core.xml"]
    assert not any("vba" in name.lower() or "activex" in name.lower() for name in parts)
    assert not any(b'TargetMode="External"' in content for content in parts.values())
    assert b"<w:hyperlink" not in parts["word/document.xml"]


@pytest.mark.parametrize(
    "words", ["<w:p>&amp;]]>", "a\x00b\x0bc", "{{7*7}} =cmd|' /C calc'!A0", "[fyll i: x]", "\ud800"]
)
def test_what_people_write_is_only_text(swedish: Played, words: str) -> None:
    hostile = replace(swedish, case=replace(swedish.case, title=words, taken_by=words))
    text = "\n".join(lines(letter_of(hostile)))
    assert re.sub("[\x00-\x08\x0b\ud800]", "", words) in text


def test_a_case_with_nothing_in_it() -> None:
    text = lines(letter(gathered(Case(1), (), (), {}, MADE, "Samverkansguiden 1")))
    assert [line for line in text if line in HEADINGS] == HEADINGS
    assert "Tekniska nämnden [fyll i: datum]" in text


@settings(max_examples=20)
@given(st.text(max_size=300))
def test_whatever_is_written_there_is_a_letter(words: str) -> None:
    case = known(Case(1, words, words, taken_by=words, registration=words), ready=Ready(words, words, MADE))
    assert lines(letter(gathered(case, (), (), {}, MADE, "Samverkansguiden 1")))
