"""A contact person on the phone, who opens some of what arrives and takes it."""

import asyncio
import random
import time

from tests.telegram.bot_api import Account
from tests.telegram.phone import Phone, shown

COMING = 180
"""Seconds to be let in."""


class Clerk:
    """One contact person."""

    def __init__(self, number: int, name: str, account: Account, chance: random.Random) -> None:
        self.name, self.account, self.chance = name, account, chance
        self.phone = Phone(account, 9_000 + number, "en", name)
        self._read = 0
        """How many messages were read."""

    async def come(self, token: str) -> None:
        """In by the link. TimeoutError when nobody answers."""
        await self.phone.start(token)
        until = time.monotonic() + COMING
        while not self.account.shown[self.phone.id]:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name} was not let in")
            await asyncio.sleep(0.05)

    async def work(self) -> None:
        """Open what arrives, and take every third, until cancelled; whoever goes on later begins where they were."""
        while True:
            await asyncio.sleep(0.3)
            there = self.account.shown[self.phone.id]
            for message in there[self._read :]:
                acts = [button["callback_data"] for button in self.phone.buttons(message)]
                wanted = next((act for act in acts if act.startswith(("case:", "take:"))), "")
                if wanted and (wanted.startswith("take:") or self.chance.random() < 0.3):
                    self.phone.press(wanted, message["message_id"])
            self._read = len(there)

    @property
    def everything(self) -> str:
        """All that was shown."""
        return "\n".join(shown(message) for message in self.account.shown[self.phone.id])
