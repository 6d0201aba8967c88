"""The applicants' bot: public, private chats only, by aiogram."""

import asyncio
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from aiohttp import ClientError

from bot.telegram.bot import TelegramBot
from bot.telegram.hear import Brought, Offered
from bot.telegram.render import Call
from bot.telegram.trouble import Trouble
from bot.turns import Origin, Turns
from bot.uploads import admit
from dialogs.events import Attach, Event, Filed, Unfit
from dialogs.home import COMMANDS
from dialogs.kinds.files import BIGGEST
from dialogs.words import _

AT_ONCE = 4
"""Files that are fetched at the same time, 20 MB of memory each."""
FETCHING = 60
"""Seconds for one file."""
TRIES = 3
AGAIN = 1.0
"""Seconds between them."""
CODES: tuple[tuple[type[TelegramAPIError], int], ...] = (
    (TelegramRetryAfter, 429),
    (TelegramMigrateToChat, 400),
    (TelegramBadRequest, 400),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramConflictError, 409),
    (TelegramUnauthorizedError, 401),
    (TelegramEntityTooLarge, 413),
    (TelegramServerError, 500),
)


class Applicants(TelegramBot):
    """The bot that anyone may talk to."""

    name = "applicants"
    about = _("Apply with others for collaboration support (samverkansstöd) from the City of Malmö, step by step.")
    greeting = _(
        "I help groups that want to develop a street, a square or a block together with the City of Malmö to apply for collaboration support. "
        "You can stop at any point: everything is saved. Press “Start” to begin."
    )
    commands = COMMANDS
    public = True

    def __init__(self, token: str, api_url: str, turns: Turns, locales: list[str]) -> None:
        super().__init__(turns, locales)
        self._bot = Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
        self._fetching = asyncio.Semaphore(AT_ONCE)

    async def call(self, call: Call, seconds: float = 20) -> Any:
        """Call the Bot API."""
        given = {
            name: BufferedInputFile(value[1], value[0]) if name == "document" else value
            for name, value in call.items()
            if name != "method"
        }
        method = _method(call["method"])(**given)
        try:
            return await self._bot(method, request_timeout=round(seconds))
        except TelegramAPIError as error:
            code = next((code for one, code in CODES if isinstance(error, one)), 0)
            raise Trouble(code, error.message, getattr(error, "retry_after", None)) from None
        except (AiogramError, OSError, TypeError):  # an answer that is none, such as a gateway's page
            raise Trouble(0) from None

    async def take(self, origin: Origin, event: Event) -> bool:
        """Take an applicant's turn."""
        await self.turns.take(origin, event)
        return True

    async def fetched(self, brought: Brought) -> Event:
        """Fetch files from Telegram into our own store."""
        admitted = await asyncio.gather(*(self._admitted(one) for one in brought.files))
        refused = tuple(one for one in admitted if not isinstance(one, Filed))
        return Attach(tuple(one for one in admitted if isinstance(one, Filed)), (*brought.refused, *refused))

    async def shut(self) -> None:
        """Close aiogram's connections."""
        await self._bot.session.close()

    async def _admitted(self, offered: Offered) -> Filed | Unfit:
        async with self._fetching:
            for _attempt in range(TRIES):
                try:
                    content = await self._content(offered)
                except Trouble as trouble:
                    if trouble.code == 400:  # asking again does not help
                        return "too_big" if trouble.says("too big") else "damaged"
                    await asyncio.sleep(trouble.retry_after or AGAIN)
                else:
                    return await admit(self.turns.files, offered.name, content)
        return "damaged"

    async def _content(self, offered: Offered) -> bytes:
        """The bytes of a file, one more than the limit at most."""
        path = (await self.call({"method": "getFile", "file_id": offered.id}))["file_path"]
        content = b""
        try:
            async with asyncio.timeout(FETCHING):
                async for chunk in self._bot.session.stream_content(
                    self._bot.session.api.file_url(self._bot.token, path)
                ):
                    content += chunk
                    if len(content) > BIGGEST:
                        break
        except (ClientError, OSError):  # its text holds the address, and that the token
            raise Trouble(0) from None
        return content


class _Method(TelegramMethod[Any]):
    """A method as plain data: what the Bot API learns tomorrow must not make updates of today unreadable."""

    __returning__ = Any


@cache
def _method(name: str) -> type[_Method]:
    return type(name, (_Method,), {"__api_method__": name})
