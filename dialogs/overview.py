"""The overview: how many cases come from which part of the city and where they stand, so that support is spread fairly. Never a name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dialogs.case import State
from dialogs.city import City
from dialogs.phase import MET
from dialogs.phases.criteria import ACTOR_KINDS
from dialogs.words import Listing, Words, _, n_

STATES: dict[State, Words] = {
    "draft": _("Not sent"),
    "started": _("Started by the city"),
    "sent": _("Not taken yet"),
    "taken": _("Taken"),
    "forwarded": _("With another committee"),
    "ready": _("Ready for the committee"),
    "decided": _("Decided"),
    "withdrawn": _("Withdrawn"),
    "disposed": _("Disposed of"),
}
ESTABLISHED: dict[str, Words] = {
    "yes": _("Has worked together before"),
    "not_yet": _("Has not worked together before"),
    "unknown": _("Not known"),
}
"""What the groups say of their cooperation: not established ones are not to be left out."""
NOT_YET = ("not_yet", "dont_know")
UNKNOWN = ""
"""The id of no district: none was named, or none that is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case that was sent, without anything that tells whose it is: `month` of sending (2026-11), the kinds of its actors, the verdict on established cooperation."""

    district: str
    month: str
    state: State
    actors: tuple[str, ...] = ()
    locale: str = ""
    established: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The cases of one district, or of all. Each of `states`, `months`, `languages` and `established` adds up to `sent`; a case counts once for each kind of its actors."""

    district: str
    sent: int
    states: dict[State, int]
    months: dict[str, int]
    actors: dict[str, int]
    languages: dict[str, int]
    established: dict[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every district of the city in its order, those that none come from too, then what is of no known district; and all together.

    `begun` is the number of drafts begun in each month, in the whole city: where an unsent draft comes from is its writers' alone.
    """

    districts: tuple[Counted, ...]
    all: Counted
    begun: dict[str, int]

    @property
    def none_yet(self) -> tuple[str, ...]:
        """The districts that no case has come from."""
        return tuple(one.district for one in self.districts if not one.sent)

    @property
    def months(self) -> tuple[str, ...]:
        """Every month from the first to the last in which something was begun or sent."""
        return tuple(self.all.months)


def overview(rows: Iterable[Row], begun: Mapping[str, int], city: City) -> Overview:
    """The rows counted; `begun` is drafts begun by month."""
    found = tuple(rows)
    known = {district.id for district in city.districts}
    months = _months({row.month for row in found} | set(begun))
    of = {id: tuple(row for row in found if row.district == id) for id in known}
    elsewhere = tuple(row for row in found if row.district not in known)
    everything = _counted(UNKNOWN, found, months, found)
    return Overview(
        (
            *(_counted(district.id, of[district.id], months, found) for district in city.districts),
            *((_counted(UNKNOWN, elsewhere, months, found),) if elsewhere else ()),
        ),
        everything,
        {month: begun.get(month, 0) for month in months},
    )


def _counted(district: str, rows: tuple[Row, ...], months: tuple[str, ...], among: tuple[Row, ...]) -> Counted:
    """`rows` counted, with the same keys as everything `among` which they are: so that columns are the same for each district."""
    states, sent_in = Counter(row.state for row in rows), Counter(row.month for row in rows)
    actors = Counter(kind for row in rows for kind in set(row.actors))
    languages, standing = Counter(row.locale for row in rows), Counter(_standing(row) for row in rows)
    kinds = [option.id for option in ACTOR_KINDS]
    kinds += sorted({kind for row in among for kind in row.actors} - set(kinds))
    return Counted(
        district,
        len(rows),
        {state: states[state] for state in STATES if any(row.state == state for row in among)},
        {month: sent_in[month] for month in months},
        {kind: actors[kind] for kind in kinds},
        {locale: languages[locale] for locale in sorted({row.locale for row in among})},
        {one: standing[one] for one in ESTABLISHED},
    )


def _standing(row: Row) -> str:
    return "yes" if row.established in MET else "not_yet" if row.established in NOT_YET else "unknown"


def _months(named: set[str]) -> tuple[str, ...]:
    """From the first of these to the last, with those between. ValueError for what is no month."""
    if not named:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(named), max(named)))
    made = tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    if not named <= set(made):
        raise ValueError(f"a month is written like 2026-11, not {min(named - set(made))!r}")
    return made


def told(found: Overview, city: City) -> tuple[Words, ...]:
    """The overview in sentences: a line for each district that some come from, one for those that none do, one for the drafts."""
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


def told_of(one: Counted, city: City) -> Words:
    """One district in a sentence: how many, and where they stand."""
    standing = Listing(
        tuple(
            _("{state}: {number}", state=STATES[state], number=number) for state, number in one.states.items() if number
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
    """What a district is called; words of ours when it is not known."""
    return city.district(district).name if district else _("District not known")
