"""What is demanded of ours, and whether what was measured last holds it."""

from dataclasses import dataclass
from typing import Any

from tests.benchmarks.entries import STORED
from tests.benchmarks.last_measured import kept
from tests.benchmarks.measured import ratio
from tests.benchmarks.parts import results
from tests.benchmarks.rounds import Results

BOTH = ("sqlite", "postgres")
LESS = 0.85
"""Of what two bare processes gain over one."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A sentence, what is allowed, what was found, whether that holds."""

    what: str
    allowed: str
    found: str
    holds: bool


def demands() -> list[Demand]:
    """Every demand of which something was measured."""
    found: list[Demand] = []
    for part, judge in (("turns", _turns), ("pickle", _pickle), ("processes", _processes), ("stored", _stored)):
        if there := kept(part):
            found += judge(results(there["found"]))
    if there := kept("memory"):
        found += _memory(there["found"])
    return found


def _least(what: str, least: float, value: float) -> Demand:
    return Demand(what, f"at least {least:.2f}", f"{value:.2f}", value >= least)


def _most(what: str, most: float, value: float, unit: str = "") -> Demand:
    return Demand(what, f"at most {most:.5g}{unit}", f"{value:.2f}{unit}", value <= most)


def _turns(there: Results) -> list[Demand]:
    found = []
    for database in BOTH:
        mine = there[f"ours-{database}"]
        for other, least in (("echo", 0.75), ("echo-texts", 0.75), ("fsm", 1.2), ("dialog", 1.8)):
            rates = ratio(mine.samples, there[other].samples)
            found.append(_least(f"updates a second, ours-{database} over {other}", least, rates))
        found.append(_most(f"cold start to the first answer, ours-{database}", 3, mine.start, " s"))
    return found


def _pickle(there: Results) -> list[Demand]:
    rates = ratio(there["ours-sqlite"].samples, there["conversation-100"].samples)
    return [_least("updates a second, ours-sqlite over conversation-100", 5, rates)]


def _processes(there: Results) -> list[Demand]:
    bare = ratio(there["echo-2"].samples, there["echo"].samples)
    mine = ratio(there["ours-postgres-2"].samples, there["ours-postgres"].samples)
    return [_least(f"what two processes gain on PostgreSQL; two bare ones gain {bare:.2f}", bare * LESS, mine)]


def _stored(there: Results) -> list[Demand]:
    found = []
    few, many = STORED[0], STORED[-1]
    for database in BOTH:
        if f"{database}-{many}" in there:
            for of, most in (("p50", 1.15), ("cpu", 1.15), ("p99", 1.3)):
                value = ratio(there[f"{database}-{many}"].samples, there[f"{database}-{few}"].samples, of)
                found.append(_most(f"{of} with {many:,} drafts over that with {few}, {database}", most, value))
    return found


def _memory(there: Any) -> list[Demand]:
    found = []
    for name, looks in there.items():
        last, half = looks[-1], next(one for one in looks if one[0] >= looks[-1][0] / 2)
        found.append(_most(f"memory a process after {last[0]:,} updates, {name}", 200, last[1], " MB"))
        found.append(_most(f"its growth over the last half, {name}", 1.01, last[1] / half[1]))
    return found
