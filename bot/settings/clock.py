"""The clock, which a program has one of: it is handed to whoever asks for the time. Nothing below bot/ has one.
Law: the clock that counts is the database's (bot/operations/timekeeper.py), so that several machines agree on what is due, and whose lease has run out.
"""

from datetime import UTC, datetime, timedelta

NEAR = timedelta(seconds=1)
"""A difference below this is none."""


class Clock:
    """This machine's clock, put right by the one that counts."""

    def __init__(self) -> None:
        self.offset = self.difference = timedelta()
        """How far the clock that counts is ahead of this machine's: what is gone by, and what was measured."""

    def here(self) -> datetime:
        """The time by this machine's own clock, aware, in UTC: for what this machine has dated, such as the files on its disk."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self.here() + self.offset

    def follow(self, difference: timedelta) -> bool:
        """The clock that counts is ahead by this `difference`. Whether that is something new."""
        self.difference = difference
        before, self.offset = self.offset, difference if abs(difference) >= NEAR else timedelta()
        return abs(self.offset - before) >= NEAR
