"""Strangers on Telegram: chats that send files nobody asked for, floods, pastes without end, and files where they are asked for."""

import asyncio
import random
from contextlib import suppress

from tests.applicant import ANSWERS
from tests.siege.bombs import PDF, picture_bomb
from tests.telegram.bot_api import Account
from tests.telegram.phone import Phone

SLOW = 1.0
"""Seconds that a file of theirs takes to come from Telegram."""


class Chat:
    """One stranger's chat. What they do depends on their number, so that all of it happens."""

    def __init__(self, account: Account, number: int, seed: int) -> None:
        self.phone = Phone(account, 9000 + number, name=f"Stranger {number}")
        self.number, self.chance = number, random.Random(f"{seed} chat {number}")

    async def rage(self) -> None:
        """Do it until cancelled."""
        while True:
            match self.number % 4:
                case 0:
                    await self._files(60)
                case 1:
                    await self._paste()
                case 2:
                    await self._presses()
                case 3:
                    await self._to_the_files()
                    await self._files(20)
            await asyncio.sleep(self.chance.uniform(0.1, 0.5))

    async def _files(self, many: int) -> None:
        """Files, whether anybody asked for them or not."""
        for _file in range(many):
            content = PDF + self.chance.randbytes(16) + b"\0" * self.chance.choice((100, 1_000_000, 8_000_000))
            await self.phone.send_file("a.pdf", self.chance.choice((content, picture_bomb())))
        await asyncio.sleep(3)

    async def _paste(self) -> None:
        await self.phone.say("å\u0301\u0323" * 40_000)

    async def _presses(self) -> None:
        for _time in range(50):
            await self.phone.say(self.chance.choice(("/start", "/menu", "?", "/help", "/export")))

    async def _to_the_files(self) -> None:
        """A quick way to the question for files; who is slowed down has to begin again."""
        await self.phone.start()
        for steps in (("tap accept",), *ANSWERS.values()):
            for step in steps:
                await asyncio.sleep(0.3)
                verb, _space, rest = step.partition(" ")
                with suppress(AssertionError, LookupError):
                    if verb == "say":
                        await self.phone.say(rest)
                    elif rest == "skip":
                        return
                    elif self.phone.account.shown[self.phone.id]:
                        await self.phone.tap(rest)
