"""The overview as a file for spreadsheets and as a picture."""

import csv
import io
import struct
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.drawing import WIDTH
from bot.documents.overview_csv import FORMULA, overview_csv, overview_table
from bot.documents.overview_svg import overview_png, overview_svg
from bot.settings.city import city
from dialogs.case.city import City, District
from dialogs.desk.spread import IN_OVERVIEW, overview
from tests.overview_rows import Row, grouped

SVG = "{http://www.w3.org/2000/svg}"
SMALL = City((), (District("north", "Norr"), District("south", "Söder")))
ROWS = [
    Row("north", "2026-10", "taken", ("association", "company"), "sv", "met"),
    Row("north", "2026-11", "sent", ("network",), "ar", "not_yet"),
    Row("", "2026-11", "withdrawn", (), "en"),
]
FOUND = overview(grouped(ROWS), {"2026-09": 3, "2026-11": 2}, SMALL)


def cells(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "the mark that Excel knows UTF-8 by"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("locale", ["sv", "ar", "ckb", "en"])
def test_every_word_of_the_picture_is_in_the_readers_language(locale: str) -> None:
    assert "(English)" not in overview_svg(FOUND, SMALL, locale)


def test_the_table_as_text() -> None:
    text = overview_csv(FOUND, SMALL, "en").decode("utf-8-sig")
    assert text.endswith("\r\n")
    head, *rows = text.splitlines()
    assert head.startswith(
        "District;Sent;Where they stand: Not taken yet;Where they stand: Taken;Where they stand: Withdrawn;Sent in: 2026-09;"
    )
    assert rows == [
        "Norr;2;1;1;0;0;1;1;0;1;1;0;1;0;1;0;1;1;1;0",
        "Söder;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0",
        "District not known;1;0;0;1;0;0;1;0;0;0;0;0;0;0;1;0;0;0;1",
        "The whole city;3;1;1;1;0;1;2;0;1;1;0;1;0;1;1;1;1;1;1",
        "Drafts begun, in the whole city;;;;;3;0;2;;;;;;;;;;;;",
    ]


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(["", *FORMULA]))
def test_no_cell_is_a_formula_and_none_is_lost(name: str, first: str) -> None:
    name = first + name
    place = City((), (District("odd", name),))
    rows = [Row("odd", "2026-11", "sent", (name,), name)]
    found = cells(overview_csv(overview(grouped(rows), {}, place), place, "sv"))
    assert not [cell for row in found for cell in row if cell.startswith(FORMULA)]
    assert found[1][0] in (name, f"'{name}")
    assert len({len(row) for row in found}) == 1, "no name breaks a row"


def test_each_row_has_a_number_for_each_heading() -> None:
    table = overview_table(FOUND, SMALL, "ar")
    assert all(len(numbers) == len(table.head) - 1 for _name, numbers in table.rows)
    assert [label for group, label in table.head if not group] == [table.head[0][1], table.head[1][1]]


def picture(locale: str, *, alone: bool = False) -> ET.Element:
    return ET.fromstring(overview_svg(FOUND, SMALL, locale, alone=alone))


def test_the_picture_says_everything_in_words_too() -> None:
    drawn = picture("en")
    assert drawn.get("role") == "img"
    labels = {
        found.get("id"): "".join(found.itertext()) for tag in ("title", "desc") for found in drawn.iter(SVG + tag)
    }
    assert list(labels) == (drawn.get("aria-labelledby") or "").split()
    said = " ".join(labels.values()).translate({0x2068: None, 0x2069: None})
    assert "Norr: 2 cases. Not taken yet: 1 and Taken: 1." in said
    assert "None yet from Söder." in said
    texts = ["".join(text.itertext()) for text in drawn.iter(SVG + "text")]
    assert {"Norr", "Söder", "none yet", "District not known", "Withdrawn: 1"} <= set(texts)
    assert {"Not taken yet", "Taken", "Withdrawn"} <= set(texts), "the legend"
    assert "5 drafts begun in the whole city" in texts


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    boxes = [(box.get("fill"), float(box.get("width") or 0)) for box in picture("en").iter(SVG + "rect")]
    lengths = [width for fill, width in boxes if fill in ("url(#overview-sent)", "url(#overview-taken)")]
    assert lengths[0] == lengths[1] == (WIDTH - 28) / 2 - 2


def test_no_state_looks_like_another() -> None:
    rows = [Row("north", "2026-11", state) for state in IN_OVERVIEW]
    drawn = ET.fromstring(overview_svg(overview(grouped(rows), {}, SMALL), SMALL, "en"))
    patterns = [found.get("d") for one in drawn.iter(SVG + "pattern") for found in one]
    filled = {box.get("fill") for box in drawn.iter(SVG + "rect")} - {"none"}
    assert len(filled) == len(set(patterns)) == len(patterns) == len(IN_OVERVIEW) - 1, "one alone has no pattern"


@pytest.mark.parametrize("locale", ["sv", "ar"])
def test_everything_stays_on_the_sheet_and_begins_on_the_readers_side(locale: str) -> None:
    drawn = picture(locale)
    assert drawn.get("direction") == "ltr", "the page around it must not turn it over"
    for box in drawn.iter(SVG + "rect"):
        start, width = float(box.get("x") or -1), float(box.get("width") or 0)
        assert 0 <= start <= start + width <= WIDTH
    first = next(drawn.iter(SVG + "text"))
    assert (first.get("text-anchor") == "end") == (locale == "ar")
    assert ("".join(first.itertext())[0] == "\u2067") == (locale == "ar")


def test_it_takes_the_pages_colour_or_brings_both_when_alone() -> None:
    assert picture("sv").get("fill") == "currentColor"
    assert not list(picture("sv").iter(SVG + "style")), "the site's policy allows no style of its own in a page"
    (style,) = picture("sv", alone=True).iter(SVG + "style")
    assert "prefers-color-scheme:dark" in (style.text or "")


def test_names_are_escaped() -> None:
    place = City((), (District("odd", 'A<b>&"c'),))
    drawn = ET.fromstring(overview_svg(overview(grouped([]), {}, place), place, "en"))
    assert 'A<b>&"c' in ["".join(text.itertext()) for text in drawn.iter(SVG + "text")]


@pytest.mark.parametrize("locale", ["sv", "ar"])
def test_as_png(locale: str) -> None:
    made = overview_png(overview_svg(overview(grouped(ROWS), {}, city()), city(), locale))
    assert made.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", made[16:24])
    assert width > 800
    assert height > width / 2
