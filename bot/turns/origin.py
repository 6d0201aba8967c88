"""Where an event comes from, what is shown there, and who sends the replies."""

from dataclasses import dataclass
from typing import Protocol

from dialogs.applicants.where import Standing
from dialogs.language.replies import Reply
from storage.outbox.outbox import Post
from storage.people.people import Address
from storage.people.update_ids import UpdateId


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: the address, the client's preferred language, and the channel's ids of the updates that carried it."""

    address: Address
    locale: str
    updates: tuple[UpdateId, ...] = ()
    network: str = ""
    """The network address that it came from, "" where a channel knows none."""
    seen: int | None = None
    """The number of the last notice on the page that this browser last got (0 for none); None where no page can get lost."""
    session: str = ""
    """The hash of the token that the browser of somebody new will keep, "" for anybody else."""
    browser: int = 0
    """The number of the session by which somebody known came, 0 where there is none: once it has ended, nothing is done."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address shows: the standing of the person there, or None; the replies; the number of the last notice among them, 0 for none;
    and whether something of what was said is still on its way there.
    """

    standing: Standing | None
    replies: list[Reply]
    upto: int = 0
    coming: bool = False


class Hand(Protocol):
    """Sends at once what this process has just committed."""

    def free(self, to: Address, waiting: set[int]) -> bool:
        """Whether a reply to this address may be sent from here, given the outbox rows that are waiting there ahead of it."""

    def deliver(self, posts: list[Post]) -> None:
        """Begin to send these posts, which are leased to this process."""
