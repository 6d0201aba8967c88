"""The table of the storms, and the page that it stands on."""

import platform
import sqlite3
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from tests.crash.outcome import Outcome

PAGE = Path(__file__).parent.parent.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- make crash writes from here -->", "<!-- to here -->"
HEADINGS = (
    "combination",
    "people / on the web",
    "updates",
    "kills",
    "database restarts",
    "faults",
    "answers acknowledged / on the web",
    "lost",
    "without effect",
    "submissions expected / stored / double",
    "came in / left / links that had ended",
    "notices expected / arrived / reported undelivered",
    "repeated to one recipient, at most",
    "repeated",
    "longest silence (s)",
)


def table(outcomes: Iterable[Outcome]) -> str:
    """The rows in Markdown, a heading above them."""
    rows = [HEADINGS, tuple("---" for _one in HEADINGS), *(_row(one) for one in outcomes)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Outcome) -> tuple[str, ...]:
    verdict = one.verdict
    return (
        one.name,
        f"{one.people} / {one.visitors}",
        f"{one.updates:,}",
        str(one.kills),
        str(one.restarts),
        f"{one.faults.total():,}" + ("" if one.bites is None else f"; full disk met {one.bites:,} times"),
        f"{verdict.acknowledged:,} / {one.browsed:,}",
        str(len(verdict.lost)),
        str(len(verdict.dropped)),
        f"{verdict.expected} / {verdict.stored} / {len(verdict.double)}",
        f"{verdict.writing.came_in} / {verdict.writing.left} / {verdict.writing.turned_away}",
        f"{verdict.notices} / {verdict.arrived} / {verdict.told}",
        str(one.most),
        str(one.repeated),
        f"{one.silence:.0f}",
    )


def machine() -> str:
    """Where it ran, and on what."""
    import os

    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()} {platform.release()}, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "asyncpg", "aiogram", "python-telegram-bot"))
    )


def write(text: str) -> None:
    """Put it on the page, between the marks."""
    page = PAGE.read_text()
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")
