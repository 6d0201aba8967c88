"""Past the outbox: what says that the outbox does not get through must not lie in it. Nothing else goes this way."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from bot.operations.loops import beat
from bot.worker.delivery import Carrier, Delivered
from dialogs.language.channels import known
from storage.outbox.outbox import Outgoing, Post
from storage.people.people import Address

log = logging.getLogger(__name__)
PATIENCE = 60.0
"""Seconds for one try."""


class Straight:
    """Sends letters by the `carriers` of this process, by channel, at once; none of them is tried again by itself."""

    def __init__(self, carriers: Mapping[str, Carrier]) -> None:
        known(carriers)
        self.carriers = carriers
        self._numbers = count(-1, -1)

    async def send(self, people: Sequence[Sequence[Outgoing]], at: datetime) -> set[Address]:
        """To each of several people, on the first of their ways that works. The addresses that were reached."""
        reached = await asyncio.gather(*(self._one(ways, at) for ways in people))
        return {address for address in reached if address}

    async def _one(self, ways: Sequence[Outgoing], at: datetime) -> Address | None:
        for letter in ways:
            if letter.to.channel in self.carriers and await self._carried(letter, at):
                return letter.to
        return None

    async def _carried(self, letter: Outgoing, at: datetime) -> bool:
        post = Post(next(self._numbers), letter.to, letter.person, letter.reply, letter.locale, "", 1, at)
        beat()
        try:
            async with asyncio.timeout(PATIENCE):
                went = await self.carriers[letter.to.channel].carry(post)
        except Exception as error:
            log.error("an alarm did not go by %s: %s", letter.to.channel, type(error).__name__)
            return False
        if not isinstance(went, Delivered):
            log.error("an alarm did not go by %s: %s", letter.to.channel, getattr(went, "trouble", "asked to wait"))
        return isinstance(went, Delivered)
