"""How messages become turns. Law: a message has been dealt with when its turn is committed, and comes again until then."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import assert_never

from bot import metrics
from bot.flood import Flood
from bot.logs import numbered
from bot.speech import negotiated
from bot.telegram.hear import Brought, Crowd, Heard, Message
from bot.telegram.niceties import Niceties, stop_spinner
from bot.telegram.pieces import Tails, joined
from bot.telegram.render import Call
from bot.telegram.trouble import passing
from bot.turns import Origin
from dialogs.events import Event
from dialogs.words import _
from storage.people import Address

log = logging.getLogger(__name__)

TRIES = 3
"""Times that a message may fail for a reason of our own before it is skipped, so that it does not hold up the chat for ever."""
PAUSES = (0.2, 1, 3, 10, 30)
"""Seconds between tries while the world (the database) is away; the last one stays."""
MOST_KEPT = 10_000
BURST, RATE = 60, 1.0
"""Acts of one chat at once, and then a second: more than anyone does with thumbs, a whole application in one go included."""
A_MINUTE = 1 / 60

TO_GROUPS = _("I only talk in private. Please write to me there: press my name, then “Message”.")
SLOWER = _("That was faster than I can follow. Please wait a moment, then send your last messages again.")
SORRY = _(
    "I am sorry, something went wrong on our side with your last message. What you answered before is safe. Please try it in another way, or press /start to go on."
)

Take = Callable[[Origin, Event], Awaitable[bool]]
Fetch = Callable[[Brought], Awaitable[Event]]


class Ear:
    """The ear of the bot on `channel`. `take` takes a turn and says whether anybody we know is there; `fetch` makes an event of files.

    Strangers get no answer at all unless the bot is `public`.
    """

    def __init__(
        self, channel: str, locales: list[str], public: bool, take: Take, fetch: Fetch, niceties: Niceties
    ) -> None:
        self.channel, self.locales, self.public, self.niceties = channel, locales, public, niceties
        self._turn, self._fetch = take, fetch
        self._guests: set[int] = set()
        self._groups: set[int] = set()
        self._failures: dict[tuple[int, ...], int] = {}
        self._languages: dict[str, str] = {}
        self._tails = Tails()
        self._flood, self._notices = Flood(BURST, RATE), Flood(1, A_MINUTE)

    async def take_all(self, messages: list[Message]) -> None:
        """Take messages of one chat, in their order. Returns when each is durable, or given up."""
        for message in joined(messages):
            await self._take_surely(message)

    @numbered
    async def take(self, message: Message) -> Call | None:
        """Take a message; a call that may go with the answer to it, or get lost. Raises when it has to come again.

        It does not any more once it has failed TRIES times for a reason of our own.
        """
        try:
            return await self._take(message)
        except Exception as error:
            if passing(error) or not self._given_up(message, error):
                raise
        return None

    async def _take_surely(self, message: Message) -> None:
        waited = 0
        while True:
            try:
                nicety = await self.take(message)
            except Exception as error:
                log.warning("%s: a turn has to wait: %s", self.channel, type(error).__name__)
                await asyncio.sleep(PAUSES[min(waited, len(PAUSES) - 1)])
                waited += 1
            else:
                if nicety:
                    self.niceties.soon(self.niceties.attempt(nicety))
                return

    def _given_up(self, message: Message, error: Exception) -> bool:
        """Count a failure of our own; True, with an apology, when it was the last try."""
        failures = self._failures.pop(message.updates, 0) + 1
        if failures < TRIES:
            while len(self._failures) >= MOST_KEPT:
                self._failures.pop(next(iter(self._failures)))
            self._failures[message.updates] = failures
            return False
        metrics.skipped(self.channel)
        log.error("%s: a message is skipped: %s", self.channel, type(error).__name__)
        if self._answers(message.chat):
            self.niceties.tell(message.chat, self._language(message.locale), SORRY)
        return True

    async def _take(self, message: Message) -> Call | None:
        match message:
            case Crowd():
                self._to_group(message)
            case Heard() if self._tails.is_tail(message):
                pass
            case Heard() | Brought() if self._flood.wait(str(message.chat)):
                self._slow_down(message)
            case Heard():
                known = await self._take_turn(message, message.event)
                self._tails.taken(message)
                return stop_spinner(message.callback) if known and message.callback else None
            case Brought():
                await self._take_turn(message, await self._fetch(message))
            case _:
                assert_never(message)
        return None

    async def _take_turn(self, message: Heard | Brought, event: Event) -> bool:
        """Take the turn; whether anybody we know is there."""
        address = Address(self.channel, str(message.chat))
        known = await self._turn(Origin(address, self._language(message.locale), message.updates), event)
        if not known:
            self._guests.discard(message.chat)
        elif len(self._guests) < MOST_KEPT:
            self._guests.add(message.chat)
        return known

    def _to_group(self, message: Crowd) -> None:
        """Say it once. After a restart it may be said once more."""
        if self.public and message.chat not in self._groups and len(self._groups) < MOST_KEPT:
            self._groups.add(message.chat)
            self.niceties.tell(message.chat, self._language(message.locale), TO_GROUPS)

    def _slow_down(self, message: Heard | Brought) -> None:
        if self._answers(message.chat) and not self._notices.wait(str(message.chat)):
            self.niceties.tell(message.chat, self._language(message.locale), SLOWER)

    def _answers(self, chat: int) -> bool:
        return self.public or chat in self._guests

    def _language(self, tag: str) -> str:
        if tag not in self._languages:
            if len(self._languages) >= MOST_KEPT:
                self._languages.clear()
            self._languages[tag] = negotiated([tag] if tag else [], self.locales)
        return self._languages[tag]
