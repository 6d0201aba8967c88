"""The city: what a place belongs to, and files that somebody has edited."""

from pathlib import Path

import pytest

from bot.settings.city import DATA, city
from dialogs.case.city import City, Committee, District

SMALL = City(
    (Committee("ks", "Kommunstyrelsen"),),
    (
        District("inner", "Inner", ("Möllevången", "Sofielund", "Norra Hamnen")),
        District("outer", "Outer", ("Rosengård", "Södra Sofielund", "Hamnen", "Holm")),
    ),
)


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Möllevången", "inner"),
        ("MÖLLEVÅNGENS gator", "inner"),
        ("Mollevangen", "inner"),
        ("Mo\u0308llevången", "inner"),
        ("Torget: Möllevångstorget.", "inner"),
        ("Rosengårdsskolans gård", "outer"),
        ("Rosengårdsvägen", ""),
        ("Rosengårdare", ""),
        ("Holmen", ""),
        ("Holms torg", "outer"),
        ("Holmstorget", ""),
        ("Hamntorget", ""),
        ("norra hamnen", "inner"),
        ("Norra delen av hamnen", "outer"),
        ("Södra\nSofielund", "outer"),
        ("Möllevången och Rosengård", ""),
        ("Möllevången mot Rosengård, med Möllevångsskolan", "inner"),
        ("Kungsholmen", ""),
        ("", ""),
        ("…", ""),
        ("في روزنغورد", ""),
        ("في Rosengård، مالمو", "outer"),
    ],
)
def test_a_place_in_a_text(text: str, district: str) -> None:
    assert SMALL.district_of(text) == district


def test_what_is_not_listed_any_more_is_called_by_its_id() -> None:
    assert SMALL.committee("ks").name == "Kommunstyrelsen"
    assert SMALL.committee("gone") == Committee("gone", "gone")
    assert SMALL.district("inner").name == "Inner"
    assert SMALL.district("gone").name == "gone"


@pytest.mark.parametrize(
    ("committees", "districts", "said"),
    [
        ((Committee("ks", "A"), Committee("ks", "B")), (), "'ks' is given twice"),
        ((Committee("KS", "A"),), (), "needs an id"),
        ((Committee("ks", " "),), (), "needs an id"),
        ((), (District("a", "A"), District("a", "B")), "'a' is given twice"),
        ((), (District("a", "A", ("Höja",)), District("b", "B", ("hoja",))), "'hoja' is in two districts"),
        ((), (District("a", "A", ("–",)),), "without a name"),
    ],
)
def test_two_that_say_the_same_of_different_things(
    committees: tuple[Committee, ...], districts: tuple[District, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        City(committees, districts)


def test_malmo() -> None:
    malmo = city()
    assert [district.id for district in malmo.districts] == ["norr", "innerstaden", "oster", "soder", "vaster"]
    assert malmo.committee("ks").name == "Kommunstyrelsen"
    assert "Tekniska nämnden" not in {committee.name for committee in malmo.committees}, "it is the one that forwards"
    for district in malmo.districts:
        assert {malmo.district_of(place) for place in district.places} == {district.id}
    assert malmo.district_of("Möllevångstorget") == "innerstaden"
    assert malmo.district_of("Rosengård") == "oster"
    assert malmo.district_of("Sorgenfri") == "", "there are three, in two districts"


HEAD = 'source = "us"\ndate = 2026-11-21\nnote = "made up"\n'
DISTRICT = '[[districts]]\nid = "norr"\nname = "Norr"\nplaces = ["Lugnet"]\n'


@pytest.mark.parametrize(
    ("districts", "said"),
    [
        ("districts = [", "districts.toml is not right"),
        (HEAD, "districts: Field required"),
        (DISTRICT, "source: Field required; date: Field required; note: Field required"),
        (HEAD + DISTRICT.replace('"Norr"', "7"), r"districts\.0\.name"),
        (HEAD + "plases = []\n" + DISTRICT, "plases: Extra inputs"),
        (HEAD + DISTRICT + DISTRICT, "'norr' is given twice"),
    ],
)
def test_a_file_that_is_not_right_says_what_and_where(districts: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "committees.toml").write_bytes((DATA / "committees.toml").read_bytes())
    (tmp_path / "districts.toml").write_text(districts, encoding="utf-8")
    with pytest.raises(ValueError, match=said) as raised:
        city(tmp_path)
    assert "districts.toml" in str(raised.value)


def test_a_file_that_was_edited(tmp_path: Path) -> None:
    (tmp_path / "committees.toml").write_text(HEAD + "committees = []\n", encoding="utf-8")
    (tmp_path / "districts.toml").write_text(HEAD + DISTRICT, encoding="utf-8")
    assert city(tmp_path) == City((), (District("norr", "Norr", ("Lugnet",)),))
