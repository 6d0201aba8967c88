"""The overview: how many cases come from which part of the city and where they stand, so that support is spread fairly. Never a name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dialogs.case.city import City
from dialogs.case.criterion import MET
from dialogs.language.words import Listing, Words, _, n_
from dialogs.phases.initiation.criteria import KIND_OF_ACTOR
from dialogs.phases.steps import STATES

IN_OVERVIEW: dict[str, Words] = {id: state.overview or state.label for id, state in STATES.items()}
"""What the states are called in the overview of districts."""
ESTABLISHED: dict[str, Words] = {
    "yes": _("Has worked together before"),
    "not_yet": _("Has not worked together before"),
    "unknown": _("Not known"),
}
"""What groups say of their cooperation: groups that are not established must not be left out."""
NOT_YET = ("not_yet", "dont_know")
UNKNOWN = ""
"""The id for no district: none was named, or none that is known."""


Thing = Literal["state", "month", "actors", "language", "established"]
"""What cases are counted by."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of cases in one district that are alike in one thing, with nothing that tells whose they are:
    `value` is a state, the month of sending (2026-11), a kind of actor, a language, or the verdict on established cooperation.
    """

    district: str
    thing: Thing
    value: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """The cases of one district, or of all. Each of `states`, `months`, `languages` and `established` adds up to `sent`;
    a case counts once for each kind of its actors.
    """

    district: str
    sent: int
    states: dict[str, int]
    months: dict[str, int]
    actors: dict[str, int]
    languages: dict[str, int]
    established: dict[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every district in the city's order, even those without cases, then the cases of no known district; and all of them together.

    `begun` is the number of drafts begun in each month, in the whole city: where an unsent draft comes from is known to its writers alone.
    """

    districts: tuple[Totals, ...]
    all: Totals
    begun: dict[str, int]

    @property
    def none_yet(self) -> tuple[str, ...]:
        """The districts that no case has come from."""
        return tuple(one.district for one in self.districts if not one.sent)

    @property
    def months(self) -> tuple[str, ...]:
        """Every month from the first to the last in which something was begun or sent."""
        return tuple(self.all.months)


Sums = dict[Thing, Counter[str]]
"""For each thing, the number of cases by value."""


def overview(groups: Iterable[Tally], begun: Mapping[str, int], city: City) -> Overview:
    """The overview of these groups; `begun` is drafts begun by month. Each case is counted once each by state, month, language and cooperation."""
    known = {district.id for district in city.districts}
    of: defaultdict[str, Sums] = defaultdict(_none)
    everything = _none()
    for one in groups:
        place = one.district if one.district in known else UNKNOWN
        for sums in (of[place], everything):
            sums[one.thing][_said(one)] += one.number
    months = months_between({*everything["month"], *begun})
    places = (*(district.id for district in city.districts), *((UNKNOWN,) if UNKNOWN in of else ()))
    return Overview(
        tuple(_counted(place, of[place], months, everything) for place in places),
        _counted(UNKNOWN, everything, months, everything),
        {month: begun.get(month, 0) for month in months},
    )


def _none() -> Sums:
    return {thing: Counter() for thing in get_args(Thing)}


def _said(one: Tally) -> str:
    return _standing(one.value) if one.thing == "established" else one.value


def _counted(district: str, sums: Sums, months: tuple[str, ...], among: Sums) -> Totals:
    """The totals of `sums`, with every key that occurs `among` all cases, so that each district has the same columns."""
    kinds = list(KIND_OF_ACTOR)
    kinds += sorted(set(among["actors"]) - set(kinds))
    return Totals(
        district,
        sums["state"].total(),
        {state: sums["state"][state] for state in IN_OVERVIEW if state in among["state"]},
        {month: sums["month"][month] for month in months},
        {kind: sums["actors"][kind] for kind in kinds},
        {locale: sums["language"][locale] for locale in sorted(among["language"])},
        {one: sums["established"][one] for one in ESTABLISHED},
    )


def _standing(verdict: str) -> str:
    return "yes" if verdict in MET else "not_yet" if verdict in NOT_YET else "unknown"


def months_between(named: set[str]) -> tuple[str, ...]:
    """Every month from the first of these to the last. ValueError for anything that is not a month."""
    if not named:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(named), max(named)))
    made = tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    if not named <= set(made):
        raise ValueError(f"a month is written like 2026-11, not {min(named - set(made))!r}")
    return made


def told(found: Overview, city: City) -> tuple[Words, ...]:
    """The overview in sentences: a line for each district with cases, a line for the districts without, a line for the drafts."""
    none_yet = tuple(city.district(id).name for id in found.none_yet)
    return (
        *(told_of(one, city) for one in found.districts if one.sent),
        *((_("None yet from {districts}.", districts=Listing(none_yet)),) if none_yet else ()),
        n_(
            "{count} draft has been begun in the whole city. Where, only those who write it know.",
            "{count} drafts have been begun in the whole city. Where, only those who write them know.",
            count=sum(found.begun.values()),
        ),
    )


def told_of(one: Totals, city: City) -> Words:
    """One district in a sentence: how many, and where they stand."""
    standing = Listing(
        tuple(
            _("{state}: {number}", state=IN_OVERVIEW[state], number=number)
            for state, number in one.states.items()
            if number
        )
    )
    return n_(
        "{district}: {count} case. {standing}.",
        "{district}: {count} cases. {standing}.",
        count=one.sent,
        district=name_of(one.district, city),
        standing=standing,
    )


def name_of(district: str, city: City) -> str | Words:
    """A district's name, or words of ours when it is not known."""
    return city.district(district).name if district else _("District not known")
