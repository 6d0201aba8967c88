"""The siege: python -m tests.siege, or make siege. Each combination for a minute; a table at the end, and exit status 1 when a bound did not hold."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.crash.combination import Combination
from tests.crash.table import PAGE, machine
from tests.postgres import Postgres
from tests.siege.ground import DISK, MEGABYTE, Outcome, Siege

COMBINATIONS = (
    Combination("SQLite", "polling"),
    Combination("SQLite", "webhook"),
    Combination("PostgreSQL", "webhook", ("web", "worker")),
    Combination("PostgreSQL", "polling", ("web", "worker")),
)
SLOWEST, HEAVIEST = 500, 500
"""Milliseconds that 99 of 100 answers to somebody quiet may take; megabytes of memory of all processes together."""
BEGIN, END = "<!-- make siege writes from here -->", "<!-- make siege wrote to here -->"
HEADINGS = (
    "what runs",
    "quiet on the web: answers, median / p99 (ms)",
    "quiet on Telegram: answers, median / p99 (ms)",
    "memory, at most (MB)",
    "files: brought by browsers / on the disk at most (MB)",
    "requests of strangers: answered / refused / cut",
    "submissions",
    "letters to somebody else",
    "files fetched from Telegram",
)


def main() -> None:
    """Read what is wanted, lay siege, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.siege", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="combinations whose name holds this")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    wanted = parser.parse_args()
    chosen = [one for one in COMBINATIONS if wanted.only in one.name]
    postgres = Postgres(durable=True) if any(one.database == "PostgreSQL" for one in chosen) else None
    outcomes = []
    for one in chosen:
        with tempfile.TemporaryDirectory(prefix="siege-") as name:
            url = postgres.bare() if postgres and one.database == "PostgreSQL" else f"sqlite:///{name}/guide.sqlite3"
            outcomes.append(asyncio.run(Siege(one, url, Path(name), wanted.seed).last(wanted.seconds)))
        print(_row(outcomes[-1]), flush=True)
        for line in broken(outcomes[-1]):
            print(f"  {line}", flush=True)
    if postgres:
        postgres.close()
    text = f"`make siege`, {wanted.seconds:.0f} seconds each: {machine()}.\n\n{table(outcomes)}"
    print(f"\n{text}")
    if wanted.write:
        page = PAGE.read_text()
        PAGE.write_text(f"{page.partition(BEGIN)[0]}{BEGIN}\n\n{text}\n\n{END}{page.partition(END)[2]}")
    sys.exit(any(broken(one) for one in outcomes))


def broken(one: Outcome) -> list[str]:
    """Every bound that did not hold."""
    slow = [f"{name}: p99 {waits.of(0.99):.0f} ms" for name, waits in _quiet(one) if waits.of(0.99) > SLOWEST]
    few = [f"{name}: {len(waits.times)} answers" for name, waits in _quiet(one) if len(waits.times) < one.seconds / 2]
    refused = [f"{name} was refused: {waits.refused}" for name, waits in _quiet(one) if waits.refused]
    heavy = [f"{one.memory / MEGABYTE:.0f} MB of memory"] if one.memory > HEAVIEST * MEGABYTE else []
    full = [f"{one.disk / MEGABYTE:.0f} MB of files"] if one.disk > DISK * MEGABYTE else []
    faults = [f"{count} answers {status}" for status, count in one.statuses.items() if status == 500]
    return [*slow, *few, *refused, *heavy, *full, *faults, *one.broken]


def _quiet(one: Outcome) -> tuple:  # type: ignore[type-arg]
    return (("the web", one.web.waits), ("Telegram", one.telegram.waits))


def table(outcomes: list[Outcome]) -> str:
    """The rows in Markdown, a heading above them."""
    return "\n".join([f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}", *map(_row, outcomes)])


def _row(one: Outcome) -> str:
    answered = sum(count for status, count in one.statuses.items() if 0 < status < 400)
    refused = sum(count for status, count in one.statuses.items() if status >= 400)
    cells = (
        one.name,
        *(f"{len(waits.times)}, {waits.of(0.5):.0f} / {waits.of(0.99):.0f}" for _name, waits in _quiet(one)),
        f"{one.memory / MEGABYTE:.0f}",
        f"{one.sent / MEGABYTE:,.0f} / {one.disk / MEGABYTE:.0f}",
        f"{answered:,} / {refused:,} / {one.statuses[0]:,}",
        str(one.submissions),
        str(one.letters),
        str(one.fetched),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
