"""The city: the committees that a matter may be forwarded to, and the districts with the places in them."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

ID = re.compile(r"[a-z][a-z0-9_]*")
SHORTEST_STEM = 5
"""Letters. Shorter stems, like those of "Hamnen" and "Staden", begin half the names in the city."""
PLACES = "torg(et)?|park(en)?|skola(n)?|kyrka(n)?|bad(et)?|bibliotek(et)?|falt(et)?|lund(en)?|centrum"
"""Endings of what is named after the place it is in. Not streets: Limhamnsvägen is the road to Limhamn and begins elsewhere."""


@dataclass(frozen=True, slots=True)
class Committee:
    """One of the city's committees, or the executive board: a short id, and its name in Swedish."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class District:
    """A part of the city, and the names of the places in it."""

    id: str
    name: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """The committees and the districts, in menu order. ValueError for a repeated or bad id, a missing name, or a place in two districts."""

    committees: tuple[Committee, ...]
    districts: tuple[District, ...]

    def __post_init__(self) -> None:
        for what in (self.committees, self.districts):
            ids = [one.id for one in what]
            if twice := sorted(id for id, times in Counter(ids).items() if times > 1):
                raise ValueError(f"the id {twice[0]!r} is given twice")
            for one in what:
                if not ID.fullmatch(one.id) or not one.name.strip():
                    raise ValueError(f"{one.id!r} ({one.name!r}) needs an id of a-z, 0-9 and _, and a name")
        _names(self.districts)

    def committee(self, id: str) -> Committee:
        """The committee with this id, named by the id if it is no longer listed: old cases keep what they say."""
        return next((one for one in self.committees if one.id == id), Committee(id, id))

    def district(self, id: str) -> District:
        """The district with this id, named by the id if it is no longer listed."""
        return next((one for one in self.districts if one.id == id), District(id, id))

    def district_of(self, text: str) -> str:
        """The id of the district whose places a text names most often; "" when it names none, or two equally often.

        Where two names fit the same words, the longer name is meant.
        """
        names = _names(self.districts)
        words, found, at = _words(text), Counter[str](), 0
        while at < len(words):
            fitting = [(len(name), id) for name, id in names if _fits(name, words[at : at + len(name)])]
            length, id = max(fitting, default=(1, ""))
            if id:
                found[id] += 1
            at += length
        (first, times), (_second, next_times) = [*found.most_common(2), ("", 0), ("", 0)][:2]
        return first if times > next_times else ""


def _words(text: str) -> tuple[str, ...]:
    """The words as they are compared: without case, and without dots and rings, which not every keyboard has."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return tuple(re.findall(r"\w+", plain.casefold()))


@cache
def _names(districts: tuple[District, ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every place's name as words, with its district. ValueError for a place without a name, or in two districts."""
    known: dict[tuple[str, ...], str] = {}
    for district in districts:
        for place in district.places:
            words = _words(place)
            if not words:
                raise ValueError(f"{district.id!r} has a place without a name")
            if known.setdefault(words, district.id) != district.id:
                raise ValueError(f"{place!r} is in two districts: {known[words]!r} and {district.id!r}")
    return tuple(known.items())


def _fits(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(words) == len(name) and words[:-1] == name[:-1] and bool(_inflected(name[-1]).fullmatch(words[-1]))


@cache
def _inflected(word: str) -> re.Pattern[str]:
    """Matches the word, its genitive, and what is named after it: Möllevången, Möllevångens, Möllevångstorget."""
    stem = word.removesuffix("en") if len(word) >= SHORTEST_STEM + 2 else word
    called = f"|{re.escape(stem)}s?({PLACES})s?" if len(stem) >= SHORTEST_STEM else ""
    return re.compile(f"{re.escape(word)}s?{called}")
