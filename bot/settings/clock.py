"""The clock. A program has one, and hands it to every part that asks for the time. Nothing below bot/ has a clock.
Law: the clock that counts is the database's (bot/operations/timekeeper.py), so that several machines agree on what is due, and whose lease has run out.
"""

import time
from datetime import UTC, datetime, timedelta

NEAR = timedelta(seconds=1)
"""A smaller difference is ignored."""


class Clock:
    """This machine's clock, corrected by the one that counts."""

    def __init__(self) -> None:
        self.offset = self.difference = timedelta()
        """How far the clock that counts is ahead of this machine's: the correction in use, and the last measurement."""

    def here(self) -> datetime:
        """The time by this machine's own clock, aware, in UTC: for what this machine has dated, such as the files on its disk."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self.here() + self.offset

    def passed(self) -> float:
        """Seconds since some moment, which no correction moves: their difference is how long something has taken on this machine."""
        return time.monotonic()

    def follow(self, difference: timedelta) -> bool:
        """Note that the clock that counts is ahead by this `difference`. Returns whether the correction changed."""
        self.difference = difference
        before, self.offset = self.offset, difference if abs(difference) >= NEAR else timedelta()
        return abs(self.offset - before) >= NEAR
