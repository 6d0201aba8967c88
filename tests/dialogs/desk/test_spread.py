"""The overview: sums add up whatever the rows, and what is missing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech.catalogs import say
from dialogs.case.city import City, District
from dialogs.desk.spread import ESTABLISHED, IN_OVERVIEW, Totals, overview, told
from dialogs.phases.steps import STATES
from tests.overview_rows import Row, grouped, one_by_one

CITY = City((), (District("north", "Norr"), District("south", "Söder"), District("east", "Öster")))
MONTHS = st.builds("{:04}-{:02}".format, st.integers(2024, 2027), st.integers(1, 12))
ROWS = st.builds(
    Row,
    st.sampled_from(["north", "south", "east", "gone", ""]),
    MONTHS,
    st.sampled_from(tuple(STATES)),
    st.lists(st.sampled_from(["association", "company", "residents", "choir"])).map(tuple),
    st.sampled_from(["sv", "ar", "so", ""]),
    st.sampled_from(["met", "partly", "not_yet", "dont_know", "", "odd"]),
)


def parts(one: Totals) -> list[dict[str, int]]:
    states = {str(state): number for state, number in one.states.items()}
    return [states, one.months, one.languages, one.established, one.actors]


@given(st.lists(ROWS), st.dictionaries(MONTHS, st.integers(0, 99)))
def test_sums_add_up_whatever_the_rows(rows: list[Row], begun: dict[str, int]) -> None:
    found = overview(grouped(rows), begun, CITY)
    for one in (*found.districts, found.all):
        for part in parts(one)[:4]:
            assert sum(part.values()) == one.sent
        assert all(0 <= number <= one.sent for number in one.actors.values())
    assert found == one_by_one(tuple(rows), begun, CITY)
    of_all = parts(found.all)
    for columns in map(parts, found.districts):
        assert [list(part) for part in columns] == [list(part) for part in of_all], "the same columns for each"
    for number, part in enumerate(of_all):
        for key, times in part.items():
            assert sum(parts(one)[number][key] for one in found.districts) == times
    assert found.all.sent == len(rows) == sum(one.sent for one in found.districts)
    assert list(found.begun) == list(found.months) == sorted(found.months)
    assert {month: number for month, number in found.begun.items() if month in begun} == begun
    assert sum(found.begun.values()) == sum(begun.values())
    assert [one.district for one in found.districts][:3] == ["north", "south", "east"]
    assert set(found.none_yet) == {"north", "south", "east"} - {row.district for row in rows}


def test_months_between_are_there_too() -> None:
    found = overview(grouped([Row("north", "2025-11", "sent"), Row("north", "2026-02", "sent")]), {"2025-10": 4}, CITY)
    assert found.months == ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02")
    assert found.all.months == {"2025-10": 0, "2025-11": 1, "2025-12": 0, "2026-01": 0, "2026-02": 1}
    assert found.begun == {"2025-10": 4, "2025-11": 0, "2025-12": 0, "2026-01": 0, "2026-02": 0}


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "2026-11-21"])
def test_what_is_no_month(month: str) -> None:
    with pytest.raises(ValueError):
        overview(grouped([Row("north", "2026-10", "sent"), Row("north", month, "sent")]), {}, CITY)


def test_a_case_counts_once_for_each_kind_of_its_actors() -> None:
    found = overview(grouped([Row("north", "2026-11", "sent", ("company", "company", "residents"))]), {}, CITY)
    assert found.all.actors["company"] == found.all.actors["residents"] == 1
    assert found.all.actors["association"] == 0, "kinds that nobody is of are shown"


def test_established_or_not() -> None:
    verdicts = ("met", "partly", "not_yet", "dont_know", "")
    found = overview(grouped([Row("north", "2026-11", "sent", established=one) for one in verdicts]), {}, CITY)
    assert found.all.established == {"yes": 2, "not_yet": 2, "unknown": 1}
    assert set(found.all.established) == set(ESTABLISHED)


def test_every_state_has_words() -> None:
    assert tuple(IN_OVERVIEW) == tuple(STATES)


def test_in_sentences() -> None:
    rows = [Row("north", "2026-11", "sent"), Row("north", "2026-11", "decided"), Row("gone", "2026-11", "sent")]
    lines = [
        say(words, "en").translate({0x2068: None, 0x2069: None})
        for words in told(overview(grouped(rows), {"2026-11": 1}, CITY), CITY)
    ]
    assert lines == [
        "Norr: 2 cases. Not taken yet: 1 and Decided: 1.",
        "District not known: 1 case. Not taken yet: 1.",
        "None yet from Söder and Öster.",
        "1 draft has been begun in the whole city. Where, only those who write it know.",
    ]


def test_nothing_at_all() -> None:
    found = overview([], {}, CITY)
    assert found.none_yet == ("north", "south", "east")
    assert found.months == ()
    assert len(told(found, CITY)) == 2
