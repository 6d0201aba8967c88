"""Past the outbox: an alarm that the outbox does not get through must not wait in it. Nothing else goes this way."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from bot.operations.loops import beat
from bot.worker.outcome import Carrier, Delivered
from dialogs.language.channels import known
from storage.outbox.outbox import Outgoing, Post
from storage.people.people import Address

log = logging.getLogger(__name__)
PATIENCE = 60.0
"""Seconds for one try."""


class Straight:
    """Sends letters at once, through the `carriers` of this process, by channel. It does not retry."""

    def __init__(self, carriers: Mapping[str, Carrier]) -> None:
        known(carriers)
        self.carriers = carriers
        self._numbers = count(-1, -1)

    async def send(self, people: Sequence[Sequence[Outgoing]], at: datetime) -> set[Address]:
        """Send to each of several people, by the first of their ways that works. Returns the addresses that were reached."""
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
