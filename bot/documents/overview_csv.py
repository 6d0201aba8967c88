"""The overview as a table in one language, and as a file for spreadsheets. Law: no cell can become a formula."""

import csv
import io
from dataclasses import dataclass

from babel import UnknownLocaleError

from bot.speech.catalogs import own_name, say
from dialogs.case.city import City
from dialogs.desk.spread import ESTABLISHED, IN_OVERVIEW, Overview, Totals, name_of
from dialogs.language.words import Text, Words, _
from dialogs.phases.initiation.criteria import KIND_OF_ACTOR, NO_KIND

SEPARATOR = ";"
"""In a Swedish Excel the comma is the decimal sign, so a file with commas would open as one column."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The beginnings of a cell that spreadsheets take for a formula."""

MONTH, ACTOR, LANGUAGE, STATE, BEFORE = (
    _("Sent in"),
    _("With such an actor"),
    _("Language"),
    _("Where they stand"),
    _("Cooperation"),
)
DISTRICT, SENT, TOGETHER, BEGUN = _("District"), _("Sent"), _("The whole city"), _("Drafts begun, in the whole city")


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """Columns as (group, label); the first two have no group. A row is its name, and a number or None for each further column."""

    head: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def overview_table(found: Overview, city: City, locale: str) -> OverviewTable:
    """A row for each district, even one that no case comes from; then the whole city, then the drafts begun in each month."""

    def spoken(text: Text) -> str:
        return say(text, locale)

    every = found.all
    groups: tuple[tuple[Words, list[str]], ...] = (
        (STATE, [spoken(IN_OVERVIEW[state]) for state in every.states]),
        (MONTH, list(every.months)),
        (ACTOR, [spoken(KIND_OF_ACTOR.get(kind, NO_KIND)) for kind in every.actors]),
        (LANGUAGE, [_language(code) for code in every.languages]),
        (BEFORE, [spoken(ESTABLISHED[one]) for one in every.established]),
    )
    head = (
        ("", spoken(DISTRICT)),
        ("", spoken(SENT)),
        *((spoken(group), label) for group, labels in groups for label in labels),
    )
    begun = [*[None] * (1 + len(every.states)), *found.begun.values()]
    rows = (
        *((spoken(name_of(one.district, city)), _numbers(one)) for one in found.districts),
        (spoken(TOGETHER), _numbers(every)),
        (spoken(BEGUN), (*begun, *[None] * (len(head) - 1 - len(begun)))),
    )
    return OverviewTable(head, rows)


def _numbers(one: Totals) -> tuple[int | None, ...]:
    parts: tuple[dict[str, int], ...] = (
        {str(state): number for state, number in one.states.items()},
        one.months,
        one.actors,
        one.languages,
        one.established,
    )
    return (one.sent, *(number for part in parts for number in part.values()))


def _language(code: str) -> str:
    try:
        return own_name(code)
    except (UnknownLocaleError, ValueError):
        return code or "?"


def overview_csv(found: Overview, city: City, locale: str) -> bytes:
    """The table as CSV: UTF-8 with the byte order mark by which Excel knows it, semicolons, and one line of headings."""
    table = overview_table(found, city, locale)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=SEPARATOR)
    writer.writerow(_safe(f"{group}: {label}" if group else label) for group, label in table.head)
    for name, numbers in table.rows:
        writer.writerow([_safe(name), *("" if number is None else number for number in numbers)])
    return written.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """The text of a cell, with an apostrophe before anything that a spreadsheet would calculate."""
    return f"'{text}" if text.startswith(FORMULA) else text
