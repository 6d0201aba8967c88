"""The applicants' bot: public, private chats only, over aiogram's session."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cache, partial
from itertools import takewhile
from typing import Any

from aiohttp import ClientError, ClientTimeout, FormData
from pydantic_core import from_json, to_json
from yarl import URL

from bot.telegram.aiogram_session import AiohttpSession, TelegramAPIServer
from bot.telegram.bot import TelegramBot
from bot.telegram.hear import Brought, Heard, Incoming, Offered
from bot.telegram.held import Holding
from bot.telegram.joined import joined
from bot.telegram.render import Call
from bot.telegram.stored import as_stored, read
from bot.telegram.trouble import Trouble, refused
from bot.telegram.updates import Met
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from bot.turns.uploads import UploadForm
from dialogs.applicants.rooms import COMMANDS
from dialogs.language.channels import TELEGRAM
from dialogs.language.events import Attach, Event, Filed, Unfit
from dialogs.language.words import _
from storage.outbox.held_updates import HeldUpdate, Holdable, Piece
from storage.people.people import Address

FETCHING = 60
"""Seconds for one file."""
TRIES = 3
AGAIN = 1.0
"""Seconds between them."""
FILES = frozenset(("document", "photo"))
AS_JSON = {"Content-Type": "application/json"}


class Applicants(TelegramBot):
    """The applicants' bot, which anyone may talk to."""

    name = TELEGRAM.name
    hook = "applicants"
    about = _("Apply with others for collaboration support (samverkansstöd) from the City of Malmö, step by step.")
    greeting = _(
        "I help groups that want to develop a street, a square or a block together with the City of Malmö to apply for collaboration support. "
        "You can stop at any point: everything is saved. Press “Start” to begin."
    )
    commands = COMMANDS
    public = True
    held: Holding

    def __init__(self, token: str, api_url: str, turns: Turns, locales: list[str]) -> None:
        super().__init__(turns, locales)
        self._token = token
        self._session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
        self._urls: dict[str, URL] = {}
        self.held = Holding(turns.database, turns.clock, self.name, self)

    async def call(self, call: Call, seconds: float = 20) -> Any:
        """Call the Bot API with plain data, so that what Telegram adds tomorrow cannot make today's updates unreadable."""
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
            ) from None  # not an answer of the Bot API, such as a gateway's page; the errors' text can hold the token
        raise refused(answer)

    def _url(self, method: str) -> URL:
        if method not in self._urls:
            self._urls[method] = URL(self._session.api.api_url(self._token, method))
        return self._urls[method]

    async def take(self, origin: Origin, message: Heard | Brought, pieces: tuple[Incoming, ...]) -> Met:
        """Take an applicant's turn. A file that a question asks for is held, with whatever comes after it; any other file is not fetched."""
        event = message.event if isinstance(message, Heard) else Attach((), message.refused)
        waiting = Holdable(partial(_as_pieces, pieces), isinstance(message, Brought) and bool(message.files))
        instead = await self.turns.take(origin, event, waiting)
        if instead == "held":
            self.held.begin(origin.address.address)
        return "full" if instead == "full" else "taken"

    async def take_held(self, waiting: list[HeldUpdate]) -> list[int]:
        """Take the first thing that is held in a chat; an album or a long paste is taken whole."""
        message = _first(waiting)
        if message is None:
            raise ValueError
        origin = self._incoming.origin(message)
        if isinstance(message, Heard):
            await self.turns.take(origin, message.event)
        else:
            async with self.turns.uploads.form(origin.address) as form:
                event = await self._fetched(message, form)
                form.handed_over()
                await self.turns.take(origin, event)
        return [one.id for one in waiting if one.update in message.updates]

    def give_up(self, waiting: list[HeldUpdate]) -> list[int]:
        """Apologise for the first thing that is held in a chat, and drop it."""
        message = _first(waiting)
        self._incoming.give_up(int(waiting[0].chat), message.locale if message else "", "it was begun too often")
        return [one.id for one in waiting if message and one.update in message.updates] or [waiting[0].id]

    async def _fetched(self, brought: Brought, form: UploadForm) -> Event:
        """Fetch files from Telegram into our own store, one after the other, if the person is being asked for files now."""
        if not await self.turns.wants_files(Address(self.name, str(brought.chat))):
            return Attach((), brought.refused)
        admitted = [await self._admitted(one, form) for one in brought.files]
        refused = tuple(one for one in admitted if not isinstance(one, Filed))
        return Attach(tuple(one for one in admitted if isinstance(one, Filed)), (*brought.refused, *refused))

    async def shut(self) -> None:
        """Close aiogram's connections."""
        await self._session.close()

    async def _admitted(self, offered: Offered, form: UploadForm) -> Filed | Unfit:
        for _attempt in range(TRIES):
            try:
                async with asyncio.timeout(FETCHING), aclosing(self._content(offered)) as content:
                    return await form.take(offered.name, content)
            except TimeoutError:
                continue
            except Trouble as trouble:
                if trouble.code == 400:  # asking again does not help
                    return "too_big" if trouble.says("too big") else "damaged"
                await asyncio.sleep(min(trouble.retry_after or AGAIN, FETCHING))
        return "damaged"

    async def _content(self, offered: Offered) -> AsyncGenerator[bytes, None]:
        """The bytes of a file as they arrive. Trouble when they do not arrive."""
        path = (await self.call({"method": "getFile", "file_id": offered.id}))["file_path"]
        try:
            async for chunk in self._session.stream_content(self._session.api.file_url(self._token, path)):
                yield chunk
        except (ClientError, OSError):  # its text holds the address, which holds the token
            raise Trouble(0) from None


def _as_pieces(pieces: tuple[Incoming, ...]) -> tuple[Piece, ...]:
    return tuple(Piece(one.updates[0], as_stored(one)) for one in pieces if isinstance(one, Heard | Brought))


def _first(waiting: list[HeldUpdate]) -> Heard | Brought | None:
    """The first thing that is held in a chat, with all its pieces so far; None when another version stored it in a form we cannot read."""
    readable = takewhile(bool, (read(one.message, int(one.chat), one.update) for one in waiting))
    return next((one for one in joined([one for one in readable if one]) if isinstance(one, Heard | Brought)), None)


@cache
def _patience(seconds: float) -> ClientTimeout:
    return ClientTimeout(seconds)


def _form(given: dict[str, Any]) -> FormData:
    """The form that carries a file (Bot API, "Sending files"): every parameter that is not text goes as JSON."""
    form = FormData(quote_fields=False)
    for name, value in given.items():
        if name in FILES:
            form.add_field(name, value[1], filename=value[0])
        else:
            form.add_field(name, value if isinstance(value, str) else to_json(value).decode())
    return form
