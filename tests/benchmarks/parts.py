"""The parts of the laboratory: what each measures, side by side in one run. What they find is kept for the page."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks import queue
from tests.benchmarks.entries import STORED, entries
from tests.benchmarks.grounds import Grounds
from tests.benchmarks.growth import grown
from tests.benchmarks.measured import Sample
from tests.benchmarks.profiled import profiled
from tests.benchmarks.rounds import Found, Results, against, measure, table

DELAY = 1000
"""Microseconds that a flush takes more, as on a real disk."""
A_MINUTE = 60.0
"""Seconds between two times that PicklePersistence writes: one falls into each round."""
BEFORE_AND_AFTER = ["before-sqlite", "ours-sqlite", "before-postgres", "ours-postgres"]
SIDE_BY_SIDE = ["echo", "echo-texts", "raw-sqlite", "raw-postgres", "fsm", "dialog", "ours-sqlite", "ours-postgres"]


@dataclass(frozen=True)
class Length:
    """How long everything takes: rounds and their seconds, cases of the queue, updates of the long day."""

    rounds: int = 7
    paired: int = 21
    seconds: float = 3.0
    minutes: int = 2
    cases: int = 100_000
    updates: int = 1_000_000
    stored: tuple[int, ...] = STORED


SHORT = Length(1, 1, 1.0, 0, 1000, 4000, (10, 1000))
"""Enough to see that everything works."""
Part = Callable[[Length], Any]


def _side_by_side(names: list[str], count: int, seconds: float, delay: int = 0, floor: str = "echo") -> Any:
    grounds = Grounds(delay)
    try:
        results = measure(entries(names, grounds), count, seconds)
        print(table(results, floor), flush=True)
    finally:
        grounds.close()
    return {name: asdict(found) for name, found in results.items()}


def turns(length: Length) -> Any:
    """Everybody, answering by a call of the Bot API."""
    return _side_by_side(SIDE_BY_SIDE, length.rounds, length.seconds)


def before(length: Length) -> Any:
    """Ours and the tree of before that BEFORE names, one after the other in each round: what a change has cost."""
    grounds = Grounds()
    try:
        results = measure(entries(BEFORE_AND_AFTER, grounds), length.paired, length.seconds)
    finally:
        grounds.close()
    for database in ("sqlite", "postgres"):
        print(against(results, f"ours-{database}", f"before-{database}"), flush=True)
    return {name: asdict(found) for name, found in results.items()}


def pickle(length: Length) -> Any:
    """ConversationHandler with more and more conversations, a minute each, since it writes once a minute."""
    names = ["ours-sqlite", "conversation-100", "conversation-1000", "conversation-10000"]
    return _side_by_side(
        names, length.minutes or 1, A_MINUTE if length.minutes else length.seconds, floor="ours-sqlite"
    )


def processes(length: Length) -> Any:
    """One process and two, which then share both cores with the driver and the database."""
    return _side_by_side(["echo", "echo-2", "ours-postgres", "ours-postgres-2"], length.rounds, length.seconds)


def within(length: Length) -> Any:
    """Whoever can answers inside the webhook's response."""
    names = ["echo", "echo-within", "echo-texts-within", "fsm-within", "ours-sqlite", "ours-postgres"]
    return _side_by_side(names, length.rounds, length.seconds)


def flushes(length: Length) -> Any:
    """Every flush takes a millisecond more."""
    return _side_by_side(SIDE_BY_SIDE, length.rounds, length.seconds, DELAY)


def stored(length: Length) -> Any:
    """Ours with more and more drafts of others in the database."""
    found: dict[str, Any] = {}
    for database in ("sqlite", "postgres"):
        names = [f"{database}-{drafts}" for drafts in length.stored]
        found |= _side_by_side(names, length.rounds, length.seconds, floor=names[0])
    return found


def desk(length: Length) -> Any:
    """The contact persons' pages."""
    return {"cases": length.cases, "pages": queue.both(length.cases)}


def memory(length: Length) -> Any:
    """Interviews without a break."""
    grounds = Grounds()
    try:
        return {one.name: grown(one, length.updates) for one in entries(["ours-sqlite", "ours-postgres"], grounds)}
    finally:
        grounds.close()


def profile(_length: Length) -> Any:
    """Where a turn's time goes."""
    grounds = Grounds()
    try:
        return {one.name: profiled(one) for one in entries(["ours-sqlite", "ours-postgres"], grounds)}
    finally:
        grounds.close()


PARTS: dict[str, Part] = {
    "turns": turns,
    "pickle": pickle,
    "processes": processes,
    "within": within,
    "flushes": flushes,
    "stored": stored,
    "desk": desk,
    "memory": memory,
    "profile": profile,
}


def results(found: Any) -> Results:
    """What was kept of a part that ran side by side."""
    return {
        name: Found([Sample(**sample) for sample in one["samples"]], one["start"], one["memory"])
        for name, one in found.items()
    }


COMPARED: dict[str, Part] = {"before": before}
"""Two trees of our own: measured when asked for, and not for the page."""
