"""What comes into a turn, and what is left to do once it is committed."""

from dataclasses import dataclass, field
from typing import Literal

from bot.turns.origin import Origin
from dialogs.language.events import Event
from storage.outbox.held_updates import Holdable
from storage.outbox.outbox import Post

Instead = Literal["held", "full", "ended"]
"""The event is "held" until a file has been fetched; or nothing was done with it: too much is held already ("full"), or the session by which it came
has "ended".
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """An applicant's event that waits for its turn."""

    origin: Origin
    event: Event
    waiting: Holdable | None = None
    """How to hold it if it cannot be taken at once; None for an event that is never held."""


@dataclass(slots=True)
class AfterCommit:
    """What is left to do once a turn is committed."""

    gone: set[str] = field(default_factory=set)
    """The SHA-256 of files that nobody holds any more."""
    dropped: bool = False
    """Whether something was deleted for good."""
    posts: list[Post] = field(default_factory=list)
    """Replies that are leased to this process, to be sent at once."""
    waits: bool = False
    """Whether something else waits in the outbox to be sent."""
    instead: Instead | None = None
    """What became of an event that could not be taken at once."""
