"""Somebody who writes a draft with others."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CoWriter:
    """Somebody who writes a draft with others: the person, and since when; None where that was not noted yet."""

    person: int
    since: datetime | None
    link_for: str = ""
    """For whom the link was by which they came, if the writer who made it said so."""

    def place(self) -> tuple[float, int]:
        """What puts writers in the order in which they came."""
        return (self.since.timestamp() if self.since else 0.0, self.person)
