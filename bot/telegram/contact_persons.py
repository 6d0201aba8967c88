"""The contact persons' bot, over python-telegram-bot: only people with an invitation get an answer."""

import asyncio
import json
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.bot import TelegramBot
from bot.telegram.hear import Brought, Heard, Incoming
from bot.telegram.render import Call
from bot.telegram.trouble import Trouble
from bot.telegram.updates import Met
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from dialogs.desk.screens import commands
from dialogs.language.channels import TELEGRAM_STAFF
from dialogs.language.events import Misfit
from dialogs.language.words import _

OK = 200


class ContactPersons(TelegramBot):
    """The bot that answers nobody but contact persons."""

    name = TELEGRAM_STAFF.name
    hook = "contact_persons"
    about = _("For the contact persons of the City of Malmö. To apply for collaboration support, use the other bot.")
    greeting = _("This bot is for contact persons who have an invitation.")
    public = False

    def __init__(self, token: str, api_url: str, turns: Turns, locales: list[str]) -> None:
        super().__init__(turns, locales)
        self.commands = commands(turns.house.staff_bot)
        self._request = _Request(
            connect_timeout=10, write_timeout=60, pool_timeout=10, httpx_kwargs={"trust_env": False}
        )
        self._bot = Bot(
            token, f"{api_url}/bot", f"{api_url}/file/bot", request=self._request, get_updates_request=self._request
        )

    async def call(self, call: Call, seconds: float = 20) -> Any:
        """Call the Bot API with plain data. It ignores the case of method names, and the library passes lower-case ones through unchanged."""
        given = {
            name: InputFile(value[1], value[0], read_file_handle=False) if name in ("document", "photo") else value
            for name, value in call.items()
            if name != "method"
        }
        try:
            async with asyncio.timeout(seconds + 10):
                return await self._bot.do_api_request(call["method"].lower(), given, read_timeout=seconds)
        except _Refused as refused:
            raise refused.trouble from None
        except (TelegramError, TimeoutError):  # their text can hold the address, which holds the token
            raise Trouble(0) from None

    async def take(self, origin: Origin, message: Heard | Brought, _pieces: tuple[Incoming, ...]) -> Met:
        """Take a contact person's turn. No file is fetched: contact persons send none, and strangers must not."""
        event = message.event if isinstance(message, Heard) else Misfit("other")
        return "taken" if await self.turns.take_staff(origin, event) else "nobody"

    async def shut(self) -> None:
        """Close the library's connections."""
        await self._request.shutdown()


class _Refused(TelegramError):
    """An error as the Bot API gave it, before the library turns it into one of its own."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class _Request(HTTPXRequest):
    """The library's own client, with errors as the Bot API reports them: code, description, and seconds to wait."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request. _Refused when the Bot API refuses it."""
        code, payload = await super().do_request(*args, **kwargs)
        if code == OK:
            return code, payload
        try:
            answer = json.loads(payload)
            parameters = answer.get("parameters") or {}
            raise _Refused(Trouble(code, answer.get("description") or "", parameters.get("retry_after")))
        except (ValueError, AttributeError):
            raise _Refused(Trouble(code)) from None
