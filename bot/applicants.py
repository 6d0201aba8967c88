"""The applicants' bot: public, private chats only, by aiogram."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from functools import cache
from typing import Any

from aiohttp import ClientError, ClientTimeout, FormData
from pydantic import BaseModel
from pydantic_core import from_json, to_json
from yarl import URL

from bot.telegram.bot import TelegramBot
from bot.telegram.hear import Brought, Offered
from bot.telegram.render import Call
from bot.telegram.trouble import Trouble, refused
from bot.turns import Origin, Turns
from bot.uploads import Form
from dialogs.events import Attach, Event, Filed, Unfit
from dialogs.home import COMMANDS
from dialogs.words import _
from storage.people import Address


@contextmanager
def _without_models() -> Iterator[None]:
    """At its import aiogram builds a model of everything in the Bot API. We use none of them, and they take seconds and 100 MB."""
    building = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda _model, **_given: None)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_rebuild = building  # type: ignore[method-assign]


with _without_models():
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

AT_ONCE = 4
"""Files that are fetched at the same time."""
FETCHING = 60
"""Seconds for one file."""
TRIES = 3
AGAIN = 1.0
"""Seconds between them."""
FILES = frozenset(("document", "photo"))
AS_JSON = {"Content-Type": "application/json"}


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
        self._token = token
        self._session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
        self._urls: dict[str, URL] = {}
        self._fetching = asyncio.Semaphore(AT_ONCE)

    async def call(self, call: Call, seconds: float = 20) -> Any:
        """Call the Bot API, as plain data: what it learns tomorrow must not make updates of today unreadable."""
        url = self._url(call["method"])
        given = {name: value for name, value in call.items() if name != "method"}
        body = {"data": _form(given)} if FILES & given.keys() else {"data": to_json(given), "headers": AS_JSON}
        try:
            async with (await self._session.create_session()).post(url, timeout=_patience(seconds), **body) as response:
                answer = from_json(await response.read())
                if answer["ok"] is True:
                    return answer["result"]
        except (ClientError, OSError, TimeoutError, ValueError, LookupError, TypeError):
            raise Trouble(
                0
            ) from None  # an answer that is none, such as a gateway's page; their text can hold the token
        raise refused(answer)

    def _url(self, method: str) -> URL:
        if method not in self._urls:
            self._urls[method] = URL(self._session.api.api_url(self._token, method))
        return self._urls[method]

    async def take(self, origin: Origin, event: Event) -> bool:
        """Take an applicant's turn."""
        await self.turns.take(origin, event)
        return True

    async def fetched(self, brought: Brought) -> Event:
        """Fetch files from Telegram into our own store."""
        async with self.turns.uploads.form(Address(self.name, str(brought.chat))) as form:
            admitted = await asyncio.gather(*(self._admitted(one, form) for one in brought.files))
            form.handed_over()
        refused = tuple(one for one in admitted if not isinstance(one, Filed))
        return Attach(tuple(one for one in admitted if isinstance(one, Filed)), (*brought.refused, *refused))

    async def shut(self) -> None:
        """Close aiogram's connections."""
        await self._session.close()

    async def _admitted(self, offered: Offered, form: Form) -> Filed | Unfit:
        async with self._fetching:
            for _attempt in range(TRIES):
                try:
                    async with asyncio.timeout(FETCHING), aclosing(self._content(offered)) as content:
                        return await form.take(offered.name, content)
                except TimeoutError:
                    continue
                except Trouble as trouble:
                    if trouble.code == 400:  # asking again does not help
                        return "too_big" if trouble.says("too big") else "damaged"
                    await asyncio.sleep(trouble.retry_after or AGAIN)
        return "damaged"

    async def _content(self, offered: Offered) -> AsyncGenerator[bytes, None]:
        """The bytes of a file as they come. Trouble when they do not."""
        path = (await self.call({"method": "getFile", "file_id": offered.id}))["file_path"]
        try:
            async for chunk in self._session.stream_content(self._session.api.file_url(self._token, path)):
                yield chunk
        except (ClientError, OSError):  # its text holds the address, and that the token
            raise Trouble(0) from None


@cache
def _patience(seconds: float) -> ClientTimeout:
    return ClientTimeout(seconds)


def _form(given: dict[str, Any]) -> FormData:
    """What is sent along with a file (Bot API, "Sending files"): everything that is no text as JSON."""
    form = FormData(quote_fields=False)
    for name, value in given.items():
        if name in FILES:
            form.add_field(name, value[1], filename=value[0])
        else:
            form.add_field(name, value if isinstance(value, str) else to_json(value).decode())
    return form
