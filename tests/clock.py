"""The clock of a house in a test."""

from datetime import UTC, datetime, timedelta

from bot.settings.clock import Clock as ProgramClock
from dialogs.kinds.day import STOCKHOLM


def now() -> datetime:
    """The present, for what a test writes down itself."""
    return datetime.now(UTC)


def local(told: str) -> datetime:
    """A time like "2026-11-20 19:00" by the clocks of Stockholm."""
    return datetime.fromisoformat(told).replace(tzinfo=STOCKHOLM)


class Clock(ProgramClock):
    """Goes by this machine's clock until it is told a time; from then on it stands still, and is moved on by the test.

    `told` is a time of Stockholm, "" for none yet.
    """

    def __init__(self, told: str = "") -> None:
        super().__init__()
        self._told = local(told) if told else None

    def here(self) -> datetime:
        """What it was told, or the present."""
        return self._told or super().here()

    def passed(self) -> float:
        """The seconds by what it was told, so that a test that moves it on need not wait."""
        return self.here().timestamp()

    @property
    def at(self) -> datetime:
        """What it shows now; to be set, and to be added to."""
        return self.now()

    @at.setter
    def at(self, at: datetime) -> None:
        self._told = at

    def is_now(self, told: str) -> None:
        """From now on it is this time in Stockholm."""
        self.at = local(told)

    def stop(self) -> "Clock":
        """It stands still from now on. The clock itself."""
        self.at = self.at
        return self

    def tick(self) -> None:
        """A minute passes."""
        self.at += timedelta(minutes=1)
