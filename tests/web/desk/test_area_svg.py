"""The area of a case as a picture."""

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.drawing import EDGE, WIDTH
from bot.web.desk.area_svg import area_svg, corners_of, geo, pin_of

SVG = "{http://www.w3.org/2000/svg}"
TOLERANCE = 0.06
"""Drawn to a tenth of a unit."""


def place(pin: list[float] | None = None, *bounds: str, words: str = "Torget") -> dict[str, Any]:
    return {"words": words, "bounds": list(bounds), "pin": pin, "done": True}


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def said(svg: str) -> str:
    return plain(
        " ".join("".join(one.itertext()) for tag in ("title", "desc") for one in ET.fromstring(svg).iter(SVG + tag))
    )


def polygon(svg: str) -> list[tuple[float, float]]:
    drawn = next(ET.fromstring(svg).iter(SVG + "polygon"))
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in (drawn.get("points") or "").split())]


@pytest.mark.parametrize(
    "value", [None, {}, "x", [], place(), place(None, "Bergsgatan"), {"pin": [1]}, {"pin": [99, 0]}]
)
def test_without_coordinates_there_is_no_picture(value: Any) -> None:
    assert area_svg(value, "sv") == ""


def test_a_pin() -> None:
    svg = area_svg(place([55.5915, 13.0076], "Bergsgatan"), "en")
    assert said(svg) == (
        "The area: Torget Pin: 55.59150, 13.00760. 2,000 m south of Malmö Central Station. "
        "There is no map under it. The squares are 100 m wide."
    )
    assert "<polygon" not in svg
    assert f"M{WIDTH / 2} {WIDTH / 2}c" in svg, "its point is in the middle"
    assert "100 m" in [plain("".join(one.itertext())) for one in ET.fromstring(svg).iter(SVG + "text")]
    assert geo((55.5915, 13.0076)) == "geo:55.59150,13.00760"


def test_corners_among_the_bounds() -> None:
    value = place(
        None, "55.5900, 13.0000", "Bergsgatan 12, 13", "(55.5900; 13.0100)", "55.5850 13.0100", "95.1, 13.2", "55, 13"
    )
    assert corners_of(value) == ((55.59, 13.0), (55.59, 13.01), (55.585, 13.01))
    assert pin_of(value) is None
    svg = area_svg(value, "en")
    (x1, y1), (x2, y2), (x3, y3) = polygon(svg)
    assert (y1, x2) == (y2, x3)
    assert "In the middle: 55.58750, 13.00500. 3 corners." in said(svg)
    # On the ground 0.01 degrees of longitude are 631 m here, and 0.005 of latitude 557 m.
    assert math.isclose((x2 - x1) / (y3 - y2), 631 / 557, rel_tol=0.005)


@pytest.mark.parametrize(
    ("pin", "where"),
    [
        ([55.6090, 13.0003], "At Malmö Central Station"),
        ([55.6190, 13.0003], "1,100 m north of"),
        ([55.6150, 13.0103], "920 m north-east of"),
        ([55.6090, 13.0403], "2,500 m east of"),
        ([55.5628, 12.9759], "5,400 m south of"),
        ([55.6090, 12.9003], "6,300 m west of"),
        ([55.6133, 12.9764], "1,600 m west of"),
        ([59.3300, 18.0600], "514 km north-east of"),
    ],
)
def test_where_it_is_from_the_station(pin: list[float], where: str) -> None:
    assert where in said(area_svg(place(pin), "en"))


NEAR = st.tuples(st.floats(55.4, 55.7), st.floats(12.8, 13.2))
ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(NEAR | ANYWHERE, max_size=6), st.none() | ANYWHERE | NEAR, st.sampled_from(["sv", "ar"]))
def test_everything_stays_within_the_frame(
    corners: list[tuple[float, float]], pin: tuple[float, float] | None, locale: str
) -> None:
    value = place(list(pin) if pin else None, *(f"{latitude:.5f}, {longitude:.5f}" for latitude, longitude in corners))
    svg = area_svg(value, locale)
    assert bool(svg) == bool(corners or pin)
    if svg and corners:
        drawn = polygon(svg)
        assert len(drawn) == len(corners)
        assert all(EDGE - TOLERANCE <= at <= WIDTH - EDGE + TOLERANCE for point in drawn for at in point)


def test_somebodys_words_are_escaped_and_two_on_a_page_are_told_apart() -> None:
    svg = area_svg(place([55.6, 13.0], words='<script>"&'), "ar", id="area-2")
    drawn = ET.fromstring(svg)
    assert '<script>"&' in said(svg)
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == "area-2-title area-2-told"
    assert {one.get("id") for one in drawn.iter() if one.get("id")} == {"area-2-title", "area-2-told"}


def test_nothing_is_fetched_and_it_takes_the_pages_colour() -> None:
    svg = area_svg(place([55.6, 13.0], "55.61, 13.01"), "sv")
    assert not re.search(r"href|url\(|<image|<style|@import", svg)
    assert svg.count("http") == 1, "the name of the language SVG, and nothing else"
    assert 'fill="currentColor"' in svg
    assert "prefers-color-scheme" in area_svg(place([55.6, 13.0]), "sv", alone=True)
