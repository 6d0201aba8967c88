"""How the sending of a post went, and who carries it."""

from dataclasses import dataclass, field
from typing import Protocol

from storage.outbox.outbox import Post


@dataclass(frozen=True, slots=True)
class Delivered:
    """It has arrived, or there was nothing to do. `messages` are the channel's own names for what stands there now."""

    messages: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Wait:
    """The carrier asks us to wait so many seconds. That does not count as a failure."""

    seconds: float
    messages: tuple[str, ...] = field(default=(), compare=False)
    """What of it stands there all the same, as of Delivered."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody can be reached at this address any more. `trouble` says why, without any text of the message."""

    trouble: str
    messages: tuple[str, ...] = field(default=(), compare=False)
    """What of it stands there all the same, as of Delivered."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work this time; with `final` it never will."""

    trouble: str
    final: bool = False
    messages: tuple[str, ...] = field(default=(), compare=False)
    """What of it stands there all the same, as of Delivered."""


Outcome = Delivered | Wait | Gone | Failed


class Carrier(Protocol):
    """Brings a post to its address. It never raises for a fault of the outside world."""

    async def carry(self, post: Post) -> Outcome:
        """Send it and say how it went."""
