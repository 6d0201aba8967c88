"""What a contact person looks for in the queue, also as the parameters of an address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from dialogs.case.state import SENT
from dialogs.language.words import Words, _, cleaned
from dialogs.phases.initiation.copied import scope_today

SORTS: dict[str, Words] = {
    "waiting": _("What has waited longest"),
    "newest": _("The newest first"),
    "area": _("By area"),
    "state": _("By state"),
}
LONGEST = 60
"""Characters of the search words; the rest is cut off."""
MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show of the queue; empty fields leave everything in. `has` is who has the case: "me", "nobody", or a contact person's id like "p3";
    `days` is the shortest wait; `trouble` is for cases where something did not arrive; with `openly`
    protected cases are found by their number alone.
    """

    words: str = ""
    state: str = ""
    district: str = ""
    has: str = ""
    waits: str = ""
    locale: str = ""
    scope: str = ""
    days: int = 0
    unread: bool = False
    followed: bool = False
    trouble: bool = False
    openly: bool = False
    sort: str = "waiting"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Filter(sort=self.sort)

    def without(self, name: str) -> "Filter":
        """The same filter with one field emptied."""
        return replace(self, **{name: getattr(Filter(), name)})

    @property
    def narrowing(self) -> tuple[str, ...]:
        """The names of the fields that leave something out."""
        return tuple(one.name for one in fields(self) if one.name != "sort" and getattr(self, one.name) != one.default)


UNTAKEN = Filter(has="nobody", state=SENT.id)
"""What has arrived and nobody has taken."""


def filter_in(values: Mapping[str, str], among: Mapping[str, Collection[str]]) -> Filter:
    """The filter in an address's parameters. A value that is not `among` those of its field is ignored."""
    chosen = {name: values.get(name, "") for name in ("state", "district", "has", "waits", "locale", "scope", "sort")}
    chosen["scope"] = scope_today(chosen["scope"])
    known = {name: value for name, value in chosen.items() if value and value in among[name]}
    days = values.get("days", "").strip()
    return Filter(
        words=" ".join(cleaned(values.get("words", "")).split())[:LONGEST],
        days=min(int(days), MOST_DAYS) if days.isascii() and days.isdecimal() and len(days) < 9 else 0,
        unread=bool(values.get("unread")),
        followed=bool(values.get("followed")),
        trouble=bool(values.get("trouble")),
        openly=False,
        **known,
    )


def values_of(wanted: Filter) -> dict[str, str]:
    """The filter as an address's parameters, without empty fields; filter_in reads them back."""
    found = {one.name: getattr(wanted, one.name) for one in fields(wanted) if getattr(wanted, one.name) != one.default}
    return {name: "1" if value is True else str(value) for name, value in found.items()}
