"""How messages become turns. Law: a message has been dealt with once its turn is committed; until then it comes again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Literal, assert_never

from bot.operations import metrics
from bot.operations.logs import numbered
from bot.operations.rate_limit import RateLimit
from bot.speech.catalogs import negotiated
from bot.telegram.best_effort import BestEffort, stop_spinner
from bot.telegram.charged import Charged
from bot.telegram.hear import Brought, Crowd, Heard, Incoming
from bot.telegram.joined import Albums, Tails, joined
from bot.telegram.render import Call
from bot.turns.origin import Origin
from dialogs.language.words import _
from storage.database.sqlstate import kind
from storage.database.trouble import passing
from storage.people.people import Address

log = logging.getLogger(__name__)

TRIES = 3
"""Times that a message may fail through a fault of ours before it is skipped, so that it does not hold up the chat for ever."""
PAUSES = (0.2, 1, 3, 5)
"""Seconds between attempts while the outside world (the database) is away; the last value repeats."""
MOST_KEPT = 10_000
BURST, RATE = 60, 1.0
"""Acts that one chat may make at once, and then per second: more than thumbs can do, even for a whole application in one go."""
A_FILE = 4
"""Acts that a file counts for; each further file of its album counts for one."""
NOTICES = 1 / 10
"""Times a second that we tell a chat it is too fast: otherwise people would believe that what they sent was taken."""

TO_GROUPS = _("I only talk in private. Please write to me there: press my name, then “Message”.")
SLOWER = _("That was faster than I can follow. Please wait a moment, then send your last messages again.")
SORRY = _(
    "I am sorry, something went wrong on our side with your last message. What you answered before is safe. Please try it in another way, or press /start to go on."
)

Met = Literal["taken", "nobody", "full"]
"""What became of a message: it was dealt with, or held for later (both durably); it came from nobody we know; too much is held in this chat."""
TakeMessage = Callable[[Origin, Heard | Brought, tuple[Incoming, ...]], Awaitable[Met]]


class Updates:
    """Takes the updates of the bot on `channel` as they come. `take` gets each message, joined and in the pieces in which it came. No file is fetched here.

    Strangers get no answer at all unless the bot is `public`.
    """

    def __init__(
        self, channel: str, locales: list[str], public: bool, take: TakeMessage, best_effort: BestEffort
    ) -> None:
        self.channel, self.locales, self.public, self.best_effort = channel, locales, public, best_effort
        self._turn = take
        self._guests: set[int] = set()
        self._groups: set[int] = set()
        self._failures: dict[tuple[int, ...], int] = {}
        self._languages: dict[str, str] = {}
        self._tails, self._albums = Tails(), Albums()
        self._rate_limit, self._notices, self._charged = RateLimit(BURST, RATE), RateLimit(1, NOTICES), Charged()

    async def take_all(self, messages: list[Incoming]) -> None:
        """Take the messages of one chat, in order. Returns when each is dealt with, durably, or given up."""
        for message in joined(messages):
            pieces = tuple(one for one in messages if set(one.updates) <= set(message.updates))
            await self._take_surely(message, pieces)

    @numbered
    async def take(self, message: Incoming, pieces: tuple[Incoming, ...] = ()) -> Call | None:
        """Take a message. Returns a call that may go with the answer to it, or get lost. Raises when the message has to come again.

        Once the message has failed TRIES times through a fault of ours, it is skipped and nothing is raised.
        """
        try:
            return await self._take(message, pieces or (message,))
        except Exception as error:
            if passing(error) or not self._given_up(message, error):
                raise
        return None

    async def _take_surely(self, message: Incoming, pieces: tuple[Incoming, ...]) -> None:
        waited = 0
        while True:
            try:
                nicety = await self.take(message, pieces)
            except Exception as error:
                log.warning("%s: a turn has to wait: %s", self.channel, kind(error))
                await asyncio.sleep(PAUSES[min(waited, len(PAUSES) - 1)])
                waited += 1
            else:
                if nicety:
                    self.best_effort.soon(self.best_effort.attempt(nicety))
                return

    def _given_up(self, message: Incoming, error: Exception) -> bool:
        """Count a failure of ours. True, after an apology, when that was the last attempt."""
        failures = self._failures.pop(message.updates, 0) + 1
        if failures < TRIES:
            while len(self._failures) >= MOST_KEPT:
                self._failures.pop(next(iter(self._failures)))
            self._failures[message.updates] = failures
            return False
        self.give_up(message.chat, message.locale, kind(error))
        return True

    def give_up(self, chat: int, locale: str, trouble: str) -> None:
        """Skip a message, with an apology in the language that the client prefers. `trouble` tells the log why."""
        metrics.skipped(self.channel)
        log.error("%s: a message is skipped: %s", self.channel, trouble)
        if self._answers(chat):
            self.best_effort.tell(chat, self._language(locale), SORRY)

    def origin(self, message: Heard | Brought) -> Origin:
        """Where a message comes from."""
        return Origin(Address(self.channel, str(message.chat)), self._language(message.locale), message.updates)

    async def _take(self, message: Incoming, pieces: tuple[Incoming, ...]) -> Call | None:
        match message:
            case Crowd():
                self._to_group(message)
            case Heard() if self._tails.is_tail(message):
                pass
            case Heard() | Brought() if self._too_fast(message):
                self._slow_down(message)
                if isinstance(message, Heard) and message.callback and self._answers(message.chat):
                    return stop_spinner(message.callback)
            case Heard():
                known = await self._take_turn(message, pieces)
                self._tails.taken(message)
                return stop_spinner(message.callback) if known and message.callback else None
            case Brought():
                self._albums.came(message)
                await self._take_turn(message, pieces)
            case _:
                assert_never(message)
        return None

    def _too_fast(self, message: Heard | Brought) -> bool:
        """Charge a message to its chat, each update once, however often it comes. Returns whether the chat has too little left for it."""
        if self._rate_limit.wait(str(message.chat), self._cost(message)):
            return True
        self._charged.add(message.updates)
        return False

    def _cost(self, message: Heard | Brought) -> int:
        new = self._charged.new(message.updates)
        begun = new < len(message.updates)
        if isinstance(message, Heard):
            return 0 if begun else 1
        return new + (0 if begun or self._albums.has(message) else A_FILE - 1)

    async def _take_turn(self, message: Heard | Brought, pieces: tuple[Incoming, ...]) -> bool:
        """Take the turn. Returns whether it came from somebody we know."""
        met = await self._turn(self.origin(message), message, pieces)
        if met == "full":
            self._slow_down(message)
        if met == "nobody":
            self._guests.discard(message.chat)
        elif len(self._guests) < MOST_KEPT:
            self._guests.add(message.chat)
        return met != "nobody"

    def _to_group(self, message: Crowd) -> None:
        """Tell a group, once, that the bot is for private chats. After a restart it may be told once more."""
        if self.public and message.chat not in self._groups and len(self._groups) < MOST_KEPT:
            self._groups.add(message.chat)
            self.best_effort.tell(message.chat, self._language(message.locale), TO_GROUPS)

    def _slow_down(self, message: Heard | Brought) -> None:
        if self._answers(message.chat) and not self._notices.wait(str(message.chat)):
            self.best_effort.tell(message.chat, self._language(message.locale), SLOWER)

    def _answers(self, chat: int) -> bool:
        return self.public or chat in self._guests

    def _language(self, tag: str) -> str:
        if tag not in self._languages:
            if len(self._languages) >= MOST_KEPT:
                self._languages.clear()
            self._languages[tag] = negotiated([tag] if tag else [], self.locales)
        return self._languages[tag]
