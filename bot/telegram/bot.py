"""What both bots have in common, whatever library they use: they take updates and carry posts."""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from bot.speech.catalogs import DEFAULT, NEAR, say
from bot.telegram.best_effort import BestEffort
from bot.telegram.carry import Sender
from bot.telegram.hear import UPDATES, Brought, Heard, Incoming, hear
from bot.telegram.held import Holding
from bot.telegram.poll import Poll
from bot.telegram.render import Call
from bot.telegram.trouble import Trouble
from bot.telegram.updates import Met, Updates
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from bot.worker.outcome import Outcome
from dialogs.language.words import Words
from storage.outbox.outbox import Post

log = logging.getLogger(__name__)

ALIKE = ("hr", "sr")
"""Language codes that clients tell apart, and for which we have one catalog."""


class TelegramBot(ABC):
    """A bot on Telegram. A subclass adds its library in `call` and its use case in `take`."""

    name: str
    """The channel."""
    hook: str
    """The end of the webhook's address. Proxies and Telegram have it on record, so it follows the names of the settings, whatever the channel
    is called.
    """
    about: Words
    """Who the bot is, in at most 120 characters (Bot API, setMyShortDescription)."""
    greeting: Words
    """What the chat shows before it begins, in at most 512 characters (Bot API, setMyDescription)."""
    commands: dict[str, Words]
    public: bool
    """Whether strangers get an answer."""
    held: Holding | None = None
    """What is held until files are fetched; None for a bot that takes no files."""

    def __init__(self, turns: Turns, locales: list[str]) -> None:
        self.turns, self.locales = turns, locales
        self.username = ""
        """Known after `open`."""
        self._perhaps_hooked = True
        """Whether a webhook may still be set: until it is deleted, Telegram gives a poll nothing."""
        self._best_effort = BestEffort(self.call)
        self._incoming = Updates(self.name, locales, self.public, self.take, self._best_effort)
        self._sender = Sender(self.call, turns)

    @abstractmethod
    async def call(self, call: Call, seconds: float = 20) -> Any:
        """Call the Bot API and return the result as plain data. `document` and `photo` are a name and an open file, which the call may close.
        Raises nothing but Trouble.
        """

    @abstractmethod
    async def take(self, origin: Origin, message: Heard | Brought, pieces: tuple[Incoming, ...]) -> Met:
        """Take the turn, or hold a message that has to wait, in the pieces in which it came."""

    @abstractmethod
    async def shut(self) -> None:
        """Close the library's connections."""

    async def open(self) -> None:
        """Find out our username, and begin to introduce the bot in every language. Trouble when Telegram is away or knows no such bot."""
        self.username = (await self.call({"method": "getMe"}))["username"]
        self.turns.known_as(self.name, self.username)
        self._best_effort.soon(self._introduce())

    async def close(self) -> None:
        """End what is in progress, and close the connections."""
        if self.held:
            await self.held.stop()
        await self._best_effort.close()
        await self.shut()

    async def poll(self) -> None:
        """Listen by long polling until cancelled."""
        await Poll(self.name, self._updates, self._incoming.take_all).run()

    async def set_webhook(self, url: str, secret: str) -> None:
        """Make Telegram bring updates to `url` from now on. Trouble when it refuses."""
        await self.call({"method": "setWebhook", "url": url, "secret_token": secret, "allowed_updates": list(UPDATES)})

    async def hear(self, update: Any) -> Call | None:
        """Deal with one update, durably. Returns a call that may go with the answer to it. Raises when Telegram has to send the update again."""
        message = hear(update)
        return await self._incoming.take(message) if message else None

    async def carry(self, post: Post) -> Outcome:
        """Send a post, and say how it went."""
        return await self._sender.carry(post)

    async def _updates(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        if self._perhaps_hooked:
            await self.call({"method": "deleteWebhook"})
            self._perhaps_hooked = False
        found: list[dict[str, Any]] = await self.call(
            {"method": "getUpdates", "offset": offset, "timeout": seconds, "allowed_updates": list(UPDATES)},
            seconds + 10,
        )
        return found

    async def _introduce(self) -> None:
        """Set commands and descriptions: for everybody, then in each language that Telegram has a code for (ISO 639-1, two letters)."""
        spoken = {locale: locale for locale in self.locales if len(locale) == 2}
        by_code = {"": DEFAULT} | {code: NEAR[code] for code in ALIKE if NEAR[code] in spoken} | spoken
        calls = [
            call | {"language_code": code} for code, locale in by_code.items() for call in self._introduction(locale)
        ]
        calls.append({"method": "setChatMenuButton", "menu_button": {"type": "commands"}})
        while calls:
            try:
                await self.call(calls[0])
                calls.pop(0)
            except Trouble as trouble:
                log.warning("%s: introducing: %s", self.name, trouble)
                if not trouble.retry_after:
                    break
                await asyncio.sleep(trouble.retry_after)

    def _introduction(self, locale: str) -> tuple[Call, ...]:
        commands = [{"command": name, "description": say(what, locale)} for name, what in self.commands.items()]
        return (
            {"method": "setMyCommands", "commands": commands, "scope": {"type": "all_private_chats"}},
            {"method": "setMyShortDescription", "short_description": say(self.about, locale)},
            {"method": "setMyDescription", "description": say(self.greeting, locale)},
        )
