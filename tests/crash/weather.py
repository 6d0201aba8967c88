"""Bad weather at the wire: a Bot API server and a mail server that refuse, stall, or do it and lose the answer."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from aiosmtpd.smtp import SMTP, Envelope, Session
from yarl import URL

from tests.letterbox import Letterbox
from tests.telegram.bot_api import Account, BotApi, Fault, _heads

SAYING = ("sendmessage", "editmessagetext", "senddocument")
AT_ONCE = 40
"""Webhook connections, as Telegram opens them unless it is told otherwise (Bot API, setWebhook, max_connections)."""
AGAIN = (0.1, 0.3, 1.0)
"""Seconds before an update is brought again that a webhook did not take; the last one stays."""
LOST, REFUSED = "answer lost", "400"
CUT, CUT_AT_SEND = CUTS = "web: cut off", "web: cut off at “send”"
FULL = "disk full"
OURS = 500


@dataclass
class Weather:
    """What goes wrong while it is `bad`: one call in `every`, drawn by `chance`; `stall` is how long a call without answer hangs (seconds)."""

    chance: random.Random
    every: int = 25
    stall: float = 25
    bad: bool = False
    faults: Counter[str] = field(default_factory=Counter)
    """What went wrong, by kind."""
    full: bool = False
    """Whether the disk below the database is full."""
    bites: int = 0
    """How often a process said, while the disk was full, that it could not take what it was given."""

    def answered(self, status: int) -> None:
        """A process of ours has answered so."""
        self.bites += self.full and status >= OURS

    def strikes(self, kinds: dict[str, Fault]) -> Fault | None:
        """One of these faults, or none."""
        if not self.bad or self.chance.random() * self.every > 1:
            return None
        kind = self.chance.choice(list(kinds))
        self.faults[kind] += 1
        return kinds[kind]

    def kinds(self, method: str) -> dict[str, Fault]:
        """What can go wrong with a method of the Bot API."""
        kinds = {
            "429": Fault(method, 429, "Too Many Requests: retry after 1", retry_after=1),
            "5xx": Fault(method, 502, "Bad Gateway"),
            "cut off": Fault(method),
            LOST: Fault(method, done_first=True),
        }
        if method in SAYING:
            kinds["no answer"] = Fault(method, hang=self.stall)
            kinds["cannot parse"] = Fault(method, 400, "Bad Request: can't parse entities: unexpected end tag")
            kinds[REFUSED] = Fault(method, 400, "Bad Request: the weather is bad")
        return kinds


@dataclass
class StormyAccount(Account):
    """A bot as a server in bad weather knows it."""

    weather: Weather = field(default_factory=lambda: Weather(random.Random(0)))

    def fault(self, method: str) -> Fault | None:
        return super().fault(method) or self.weather.strikes(self.weather.kinds(method))


class StormyApi(BotApi):
    """A Bot API server in `weather`. Webhook calls go to any of `doors` (addresses of processes), as through a proxy; to the hook itself without any."""

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather
        self.doors: Callable[[], list[str]] = list
        self.refusals = 0
        """Webhook calls that were not answered with 200."""

    def account(self, token: str, username: str = "guide_bot") -> StormyAccount:
        made = self.accounts.get(token) or StormyAccount(token, username, weather=self.weather)
        self.accounts[token] = made
        assert isinstance(made, StormyAccount)
        return made

    async def _push(self) -> None:
        """Each chat's updates in order, chats side by side, again and again until they are taken with 200."""
        tasks: dict[tuple[str, int], asyncio.Task[None]] = {}
        limit = asyncio.Semaphore(AT_ONCE)
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            try:
                while True:
                    tasks = {key: task for key, task in tasks.items() if not task.done()}
                    for account in [one for one in self.accounts.values() if one.webhook]:
                        for update in _heads(account.updates):
                            key = (account.token, _chat(update))
                            if key not in tasks:
                                tasks[key] = asyncio.create_task(self._bring(session, limit, account, update))
                    await asyncio.sleep(0.02)
            finally:
                for task in tasks.values():
                    task.cancel()
                await asyncio.gather(*tasks.values(), return_exceptions=True)

    async def _bring(
        self, session: ClientSession, limit: asyncio.Semaphore, account: Account, update: dict[str, Any]
    ) -> None:
        tries = 0
        while account.webhook:
            async with limit:
                taken = await self._brought(session, account, update)
            if taken:
                account.updates.remove(update)
                return
            self.refusals += 1
            await asyncio.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
            tries += 1

    async def _brought(self, session: ClientSession, account: Account, update: dict[str, Any]) -> bool:
        door = self.weather.chance.choice(self.doors() or [account.webhook])
        url = URL(door).with_path(URL(account.webhook).path)
        try:
            async with session.post(
                url, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": account.secret}
            ) as response:
                self.answered(door, response.status)
                return response.status == 200
        except (ClientError, TimeoutError, OSError):
            self.answered(door, 0)
            return False

    def answered(self, door: str, status: int) -> None:
        """A webhook call to this address was answered so; 0 for not at all."""
        self.weather.answered(status)


def _chat(update: dict[str, Any]) -> int:
    inner = next((value for value in update.values() if isinstance(value, dict)), {})
    return int((inner.get("chat") or inner.get("message", {}).get("chat") or {}).get("id", 0))


class StormyLetterbox(Letterbox):
    """A mail server in `weather`: refuses for now, or keeps the letter and hangs up before it says so."""

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self.weather = weather

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self.weather.strikes({"mail: later": Fault("", 451), "mail: answer lost": Fault("", done_first=True)})
        if fault and not fault.done_first:
            return "451 Requested action aborted: local error in processing"
        said = await super().handle_DATA(server, session, envelope)
        if fault and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return said
