"""Those who write one draft together, and what they tell each other outside of the chat: links, who has come in, who is out."""

import asyncio
from typing import Literal

Part = Literal["founder", "out", "leaves", "forgets", "stays", "stranger"]
GUESTS: tuple[Part, ...] = ("out", "leaves", "forgets", "stays")
"""In the order in which they are invited: the first is taken out again, one leaves, one deletes everything about themselves, one stays."""
PARTS: tuple[Part, ...] = ("founder", *GUESTS, "stranger")
GOING = frozenset(GUESTS) - {"stays"}


class Company:
    """One of them. `links` are those of the contact persons into a case that the city started: the founder comes in by the first, and nobody by another."""

    def __init__(self, links: tuple[str, ...] = ()) -> None:
        self.links = links
        self.draft = 0
        """What they write; 0 until the founder has begun."""
        self.invited: dict[Part, asyncio.Future[str]] = {}
        self.inside: set[Part] = set()
        self.gone: set[Part] = set()
        self.dead: dict[str, str] = dict.fromkeys(links[1:], "the city's second link")
        """Links that lead nowhere any more, and why."""
        self.moved = asyncio.Event()
        """Set whenever somebody is about to come in, to leave, or to take somebody out."""

    def link(self, part: Part) -> asyncio.Future[str]:
        """The link for whoever has this part, once there is one."""
        return self.invited.setdefault(part, asyncio.get_running_loop().create_future())

    @property
    def next(self) -> Part | None:
        """Whom the founder invites now: one after the other, so that it is known who came first."""
        invited = [part for part in GUESTS if part in self.invited and self.invited[part].done()]
        return None if set(invited) - self.inside else next((part for part in GUESTS if part not in invited), None)

    @property
    def whole(self) -> bool:
        """Whether everybody has come in."""
        return self.inside == set(GUESTS)

    @property
    def settled(self) -> bool:
        """Whether everybody is out who was to go, and the links have ended: now it may be sent."""
        return self.gone == GOING and len(self.dead) >= len(self.links[1:]) + len(ENDED)


ENDED = ("used", "ended", "of somebody who left")
"""Why a link leads nowhere any more."""
