"""What is said beside the conversation, outside the outbox: it is about nobody's answers, and may be lost."""

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
    """Let the button that was pressed come to rest."""
    return {"method": "answerCallbackQuery", "callback_query_id": callback}


class BestEffort:
    """Best-effort calls, each beside whatever else is going on."""

    def __init__(self, call: MakeCall) -> None:
        self._call = call
        self._tasks: set[asyncio.Task[Any]] = set()

    def soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do this by and by."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def tell(self, chat: int, locale: str, words: Words) -> None:
        """Say a word."""
        for call in render(Tell((words,)), locale, chat):
            self.soon(self.attempt(call))

    async def attempt(self, call: Call) -> bool:
        """Make a call; whether it worked."""
        try:
            await self._call(call)
        except Trouble as trouble:
            log.info("%s: %s", call["method"], trouble)
            return False
        return True

    async def close(self) -> None:
        """Drop what has not been said."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
