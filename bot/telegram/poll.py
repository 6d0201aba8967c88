"""Long polling. Law: an update is confirmed to Telegram, by the next offset, only when it has been dealt with."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.operations.loops import beat, pause
from bot.telegram.hear import Incoming, hear
from bot.telegram.trouble import Trouble
from storage.database.sqlstate import kind

log = logging.getLogger(__name__)

LONG = 25
"""Seconds that Telegram may keep a call open while nothing happens."""
WINDOW = 100
"""Most updates that one call returns, the oldest first (Bot API, getUpdates)."""
PATIENCE = 0.15
"""Seconds that new updates wait for the turns in progress. No turn waits for a file (bot/telegram/held.py)."""
BACK_OFF = (1, 2, 5, 10, 30)
"""Seconds between attempts while Telegram is away; the last value repeats."""
AGAIN = 1
"""Seconds before we hand over again messages that failed in a way nobody foresaw."""

Fetch = Callable[[int, int], Awaitable[list[dict[str, Any]]]]
TakeBatch = Callable[[list[Incoming]], Awaitable[None]]


class Poll:
    """A loop over getUpdates. `fetch` takes (offset, seconds); `take` deals with the messages of one chat, in order, and returns when that is durable."""

    def __init__(self, name: str, fetch: Fetch, take: TakeBatch) -> None:
        self.name, self.fetch, self.take = name, fetch, take
        self.offset = 0
        self._open: set[int] = set()
        """Ids of updates not dealt with yet. The offset never passes them."""
        self._last = 0
        self._given: set[int] = set()
        """Ids of updates not confirmed yet, which each call returns again."""
        self._waiting: dict[int, list[Incoming]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Listen until cancelled. Whatever is in progress then comes again after the next start."""
        failures = 0
        try:
            while True:
                try:
                    await self.once()
                    beat()
                    failures = 0
                except Exception as error:
                    log.warning("%s: %s", self.name, error if isinstance(error, Trouble) else kind(error))
                    await pause(getattr(error, "retry_after", None) or BACK_OFF[min(failures, len(BACK_OFF) - 1)])
                    failures += 1
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def once(self) -> None:
        """Fetch, hand over, and wait a little for the turns; then move the offset past everything that is dealt with."""
        updates = await self.fetch(self.offset, 0 if self._open else LONG)
        fresh = [update for update in updates if update["update_id"] not in self._given]
        for update in fresh:
            self._hand_over(update)
        if self._tasks:
            # Updates behind a full window stay invisible until the first of these are confirmed.
            until = asyncio.FIRST_COMPLETED if len(updates) >= WINDOW else asyncio.ALL_COMPLETED
            await asyncio.wait(self._tasks.values(), timeout=PATIENCE, return_when=until)
        if not updates and not self._open:
            # Everything is confirmed. After a week of silence Telegram may renumber from below what came before.
            self.offset, self._last = 0, 0
        elif self._given:
            self.offset = min(self._open, default=self._last + 1)
        self._given = {id for id in self._given if id >= self.offset} if self.offset else set()

    def _hand_over(self, update: dict[str, Any]) -> None:
        id = update["update_id"]
        self._given.add(id)
        self._last = max(self._last, id)
        if message := hear(update):
            self._open.add(id)
            self._waiting.setdefault(message.chat, []).append(message)
            if message.chat not in self._tasks:
                self._tasks[message.chat] = asyncio.create_task(self._chat(message.chat))

    async def _chat(self, chat: int) -> None:
        """Deal with everything that waits in one chat, a batch at a time, until nothing does."""
        try:
            while messages := self._waiting.pop(chat, None):
                ids = {id for message in messages for id in message.updates}
                try:
                    await self.take(messages)
                    self._open -= ids
                except Exception as error:
                    log.error("%s: %s", self.name, kind(error))
                    await asyncio.sleep(AGAIN)
                    self._given -= ids  # they come again with the next call
        finally:
            del self._tasks[chat]
