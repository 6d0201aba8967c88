"""Somebody quiet: one on the web, one on Telegram, each doing what people do, while it is measured how long an answer takes."""

import asyncio
import time
from dataclasses import dataclass, field

import httpx

from tests.answers import went_on
from tests.process.blocking_visitor import STEPS
from tests.telegram.bot_api import Account
from tests.telegram.phone import Phone
from tests.web.page import Page

EVERY = 0.4
"""Seconds that somebody thinks between two answers."""


@dataclass
class Waits:
    """How long the answers took (seconds), and the statuses of those that were none."""

    times: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def of(self, share: float) -> float:
        """The time (milliseconds) within which this share of the answers came."""
        ordered = sorted(self.times) or [0.0]
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class OnTheWeb:
    """A visitor with an address of their own, who fills in an application, deletes it and begins again."""

    def __init__(self, url: str, address: str) -> None:
        self.url, self.waits, self.thinks = url, Waits(), EVERY
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(local_address=address, retries=2), follow_redirects=True, timeout=30
        )
        self._page = Page("")

    async def lives(self) -> None:
        """Until cancelled."""
        self._page = await self._asks("GET")
        self._page = await self._presses("accept")
        while True:
            await self.on()

    async def on(self) -> None:
        """One question more, or the page once more where everything is answered."""
        if self._page.question:
            for act, filled in STEPS[self._page.question]:
                self._page = await self._presses(act, filled)
        self._page = await self._asks("GET")

    async def _presses(self, act: str, filled: "dict[str, str | list[str]] | None" = None) -> Page:
        form, value = self._page.pressing(act)
        given = {name: [one] if isinstance(one, str) else one for name, one in (filled or {}).items()}
        return await self._asks("POST", form.fields | given | {"press": [value]})

    async def _asks(self, method: str, data: dict[str, list[str]] | None = None) -> Page:
        await asyncio.sleep(self.thinks)
        began = time.perf_counter()
        answer = await self._client.request(method, self.url + "/", data=data)
        self.waits.times.append(time.perf_counter() - began)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            self.waits.refused.append(answer.status_code)
        return Page(answer.text)

    async def sends(self) -> str:
        """Go on to the end without thinking any more, and send it: the text of the last page."""
        self.thinks = 0.05
        self._page = await self._asks("GET")  # `lives` may have been cancelled while an answer was on its way
        while asked := self._page.question:
            await self.on()
            went_on(asked, self._page.question, self._page.text)
        self._page = await self._presses("send")
        return (await self._presses("sure")).text

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()


class OnTelegram:
    """Somebody with a phone who asks for the menu, and for where they are."""

    def __init__(self, account: Account, id: int = 501) -> None:
        self.phone, self.waits = Phone(account, id), Waits()

    async def lives(self) -> None:
        """Until cancelled."""
        await self._says("/start")
        while True:
            await self._says("/menu")
            await self._says("/language")

    async def _says(self, text: str) -> None:
        await asyncio.sleep(EVERY)
        shown = self.phone.account.shown[self.phone.id]
        count, began = len(shown), time.perf_counter()
        await self.phone.say(text)
        while len(shown) == count:
            await asyncio.sleep(0.005)
        self.waits.times.append(time.perf_counter() - began)
