"""Days as they end, and months as their readers call them."""

import shutil
from pathlib import Path

import pytest
from babel.dates import get_month_names

from locales.check import of_all
from locales.days import OWN_MONTHS, faults, of_the_year, with_days, written
from locales.message import FILE, HERE, catalogs

WITH_A_STOP = ("8. oktobra 2026.",)


def test_a_second_full_stop_is_found_wherever_a_day_stands() -> None:
    assert [*faults("Odgovorite do {day}.", "", WITH_A_STOP)] == [
        "full stop: two of them: 'Odgovorite do 8. oktobra 2026..'"
    ]
    assert [*faults("Od {since} do {until}.", "", WITH_A_STOP)] == [
        "full stop: two of them: 'Od {since} do 8. oktobra 2026..'"
    ]
    assert [*faults("Od {since} (uključujući i taj dan).", "", WITH_A_STOP)] == []
    assert [*faults("Poslano {at}.", "", WITH_A_STOP)] == [], "it ends in the time of day"
    assert [*faults("Rok: {day}.", "", ("8 oktober 2026",))] == []


def test_a_place_that_has_a_time_elsewhere_is_a_day_where_the_source_fills_it_so() -> None:
    assert with_days()["{committee} has it since {at}."] == {"at"}
    assert "at" not in with_days().get("Sent {at}.", set())
    assert [*faults("{committee} ga ima od {at}.", "{committee} has it since {at}.", WITH_A_STOP)]


@pytest.mark.parametrize("code", catalogs(HERE))
def test_the_months_of_a_language_are_twelve(code: str) -> None:
    assert len({*written(code, HERE)}) == 12
    assert [*of_the_year(code, HERE)] == []


@pytest.mark.parametrize("code", OWN_MONTHS)
@pytest.mark.parametrize("cldr", [True, False])
def test_a_language_whose_readers_call_them_otherwise_has_to_name_them(tmp_path: Path, code: str, cldr: bool) -> None:
    """A catalog with the twelve names of CLDR in its head, and one that leaves the months to CLDR."""
    for one in ("sv", code):
        shutil.copytree(HERE / one, tmp_path / one)
    path = tmp_path / code / FILE
    names = (name.replace(" ", "\u00a0") for name in get_month_names("wide", locale=code).values())
    head, found, messages = path.read_text(encoding="utf-8").partition("#\nmsgid")
    about = [line for line in head.splitlines(keepends=True) if not line.startswith("# X-Months")]
    months = f"# X-Months: {' '.join(names)}\n" if cldr else ""
    path.write_text("".join((*about, months, found, messages)), encoding="utf-8")
    assert f"{code}: months: {OWN_MONTHS[code]!r} is in none of them" in "".join(of_all(tmp_path))
