"""What is tried: which processes run on what, and how much of a storm they get."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Combination:
    """What runs: the commands, on which database, and how updates come in."""

    database: str
    way: str
    commands: tuple[str, ...] = ("serve",)
    full: bool = False
    """Whether the disk below the database is full now and then."""
    pooled: bool = False
    """Whether PgBouncer stands before the database, in transaction mode."""
    objects: bool = False
    """Whether files are in an object store."""

    @property
    def name(self) -> str:
        """As the table says it."""
        counted = Counter(self.commands)
        what = ", ".join(f"{times} × {one}" if times > 1 else one for one, times in counted.items())
        also = (
            (" behind PgBouncer", self.pooled),
            (f" · {self.way}", True),
            (" · files in an object store", self.objects),
            (" · disk full", self.full),
        )
        return f"{what} · {self.database}" + "".join(words for words, meant in also if meant)


@dataclass(frozen=True)
class Plan:
    """How much of it: people, seconds between kills (a range), kills, faults (one call in `every`), and how people live."""

    people: int
    kills: int
    between: tuple[float, float]
    every: int
    stall: float
    think: float
    patience: float
    wanted: int = 1
    leaving: float = 0.25
    restarts: int = 0
    """Restarts of the database server."""
    ending: float = 120
    """Seconds that everybody gets to finish, once it is calm."""
