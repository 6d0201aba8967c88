"""Where an event comes from, what stands where it came from, and who sends what comes of it."""

from dataclasses import dataclass
from typing import Protocol

from dialogs.applicants.where import Standing
from dialogs.language.replies import Reply
from storage.outbox.outbox import Post
from storage.people.people import Address


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: the address, the client's preferred language, and the channel's numbers of the updates that carried it."""

    address: Address
    locale: str
    updates: tuple[int, ...] = ()
    network: str = ""
    """The network address that it came from, "" where a channel knows none."""
    seen: int | None = None
    """The number of the last notice on the page that this browser got last (0 for none); None where no page gets lost."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at a web address: the standing of who is there, or None; what is said there; the number of the last notice among it, 0 for none."""

    standing: Standing | None
    replies: list[Reply]
    upto: int = 0


class Hand(Protocol):
    """Sends at once what this process has just committed."""

    def free(self, to: Address, waiting: set[int]) -> bool:
        """Whether a reply may go to this address from here, when these rows of the outbox are waiting there before it."""

    def deliver(self, posts: list[Post]) -> None:
        """Begin to send these, which are leased to this process."""
