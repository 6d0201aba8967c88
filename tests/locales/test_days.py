"""Days as they end, and months as their readers call them."""

import pytest

from locales.days import OWN_MONTHS, faults, of_the_year, with_days, written
from locales.message import HERE, catalogs

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
    assert len({*written(code)}) == 12
    assert [*of_the_year(code)] == []


def test_a_language_whose_readers_call_them_otherwise_has_to_name_them() -> None:
    assert {"ar", "fa"} == OWN_MONTHS
