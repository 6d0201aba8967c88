"""Strangers on Telegram: chats that send files nobody asked for, floods, pastes without end, and files where they are asked for."""

import asyncio
import random
from contextlib import suppress

from tests.siege.bombs import PDF, picture_bomb
from tests.telegram.bot_api import Account
from tests.telegram.phone import Phone

SLOW = 1.0
"""Seconds that a file of theirs takes to come from Telegram."""


FILES = tuple(PDF + bytes([number]) + b"\0" * size for number in range(3) for size in (100, 1_000_000, 8_000_000))
"""Some small, some large."""


PIECES = ("å\u0301\u0323" * 1365,) * 30


class Chat:
    """One stranger's chat. What they do depends on their number, so that all of it happens."""

    def __init__(self, account: Account, number: int, seed: int) -> None:
        self.phone = Phone(account, 9000 + number, name=f"Stranger {number}")
        self._there = False
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
            await self.phone.send_file("a.pdf", self.chance.choice((*FILES, picture_bomb())))
        await asyncio.sleep(3)

    async def _paste(self) -> None:
        """One text of 120,000 characters, as a client cuts it."""
        for piece in PIECES:
            await self.phone.send(text=piece)
        await asyncio.sleep(1)

    async def _presses(self) -> None:
        for _time in range(50):
            await self.phone.say(self.chance.choice(("/start", "/menu", "?", "/help", "/export")))

    async def _to_the_files(self) -> None:
        """Walk to the question for files; who is slowed down tries again."""
        while not self._there:
            with suppress(AssertionError, TimeoutError):
                async with asyncio.timeout(60):
                    await self.phone.walk("papers")
                self._there = True
