"""Calls beside the conversation, outside the outbox: they concern nobody's answers, and may be lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.telegram.render import Call, render
from bot.telegram.trouble import Trouble
from dialogs.language.replies import Tell
from dialogs.language.words import Words

log = logging.getLogger(__name__)

MakeCall = Callable[[Call], Awaitable[Any]]


def stop_spinner(callback: str) -> Call:
    """The call that stops the spinner of a pressed button."""
    return {"method": "answerCallbackQuery", "callback_query_id": callback}


class BestEffort:
    """Makes calls in the background, each in a task of its own, without promising that they arrive."""

    def __init__(self, call: MakeCall) -> None:
        self._call = call
        self._tasks: set[asyncio.Task[Any]] = set()

    def soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do this in the background."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def tell(self, chat: int, locale: str, words: Words) -> None:
        """Say something in a chat."""
        for call in render(Tell((words,)), locale, chat):
            self.soon(self.attempt(call))

    async def attempt(self, call: Call) -> bool:
        """Make a call. Returns whether it worked."""
        try:
            await self._call(call)
        except Trouble as trouble:
            log.info("%s: %s", call["method"], trouble)
            return False
        return True

    async def close(self) -> None:
        """Drop what has not been said yet."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
