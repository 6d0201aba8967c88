"""Turns: where a conversation meets the database. Law: one event, one transaction; nothing is sent before it is committed."""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import now
from bot.coming import Coming, Instead, Taken
from bot.confirming import Confirming
from bot.daily_limits import DailyLimits
from bot.keys import Keys
from bot.metrics import watched
from bot.origin import Hand, Origin, Seen
from bot.papers import Papers
from bot.telling import Telling
from bot.together import NotYet, Together
from bot.translation import Translation
from bot.turn import TakenTogether
from bot.uploads import Uploads
from dialogs.conversation import wants_files
from dialogs.events import Attach, Event
from dialogs.standing import House
from dialogs.words import Text, _
from storage import confirmations, people, shown
from storage.database import Database
from storage.files import Files
from storage.held_updates import Waiting
from storage.people import Address
from storage.standing import load
from storage.trouble import Conflict

TRIES = 5


class Turns:
    """The use case behind every channel. `link` makes the address of a case in the queue from its reference, or ""."""

    def __init__(
        self, database: Database, files: Files, house: House, keys: Keys, link: Callable[[str], str], mails: bool
    ) -> None:
        self.database, self.files, self.house, self.keys, self.link, self.mails = (
            database,
            files,
            house,
            keys,
            link,
            mails,
        )
        self.confirming = Confirming(keys, lambda: self.here)
        self.telling = Telling(house, link, mails, self.confirming)
        self.papers = Papers(database, files, house)
        self.uploads = Uploads(database, files, keys)
        self.translation = Translation("")
        self.limits = DailyLimits()
        self.here = ""
        """Where the web is reached, for links that are given out."""
        self.usernames: dict[str, str] = {}
        """The bots' names on Telegram, once they are open."""
        self.together = Together(database)
        self.hand: Hand | None = None
        """Who sends in this process, if anybody does."""
        self.committed = asyncio.Event()
        """Set after each commit that may have put something into the outbox."""

    def doors(self, door: str, token: str) -> list[Text]:
        """The addresses that a one-time token opens: "queue", "contact_persons" (the bot), or "chat" on the web and in the applicants' bot."""
        path = {"queue": "sign-in", "chat": "join"}.get(door)
        name = self.usernames.get({"chat": "applicants"}.get(door, door), "")
        return [
            *([_("On the web: {link}", link=f"{self.here}/{path}/{token}")] if path else []),
            *([_("On Telegram: {link}", link=f"https://t.me/{name}?start={token}")] if name else []),
        ]

    @watched
    async def take(self, origin: Origin, event: Event, waiting: Waiting | None = None) -> Instead | None:
        """Take an applicant's event. It has been dealt with, durably, when this returns; it may be taken again when it raises.

        With `waiting`, whatever has to wait for a file is held instead, to be taken later: what became of it then.
        """
        for attempt in range(TRIES):
            try:
                taken: Taken = await self.together.do(self._take_all, Coming(origin, event, waiting), origin.address)
                break
            except Conflict:
                if attempt == TRIES - 1:
                    raise
        if self.hand and taken.posts:
            self.hand.deliver(taken.posts)
        if taken.waits:
            self.committed.set()
        # What no question took goes as well, or anybody could fill the disk.
        if gone := taken.gone | ({file.sha256 for file in event.files} if isinstance(event, Attach) else set()):
            await self.files.drop(gone)
        if taken.dropped:
            await self.database.wipe()
        return taken.instead

    async def wants_files(self, address: Address) -> bool:
        """Whether somebody is there who is asked for files now."""
        async with self.database.read() as connection:
            person = await people.person_at(connection, address, now())
            return person is not None and wants_files(await load(connection, person, self.house))

    async def _take_all(self, connection: AsyncConnection, coming: list[Coming]) -> list[Taken | NotYet]:
        return await TakenTogether(self, connection, coming, now()).take()

    @watched
    async def take_staff(self, origin: Origin, event: Event) -> bool:
        """Take a contact person's event. False, and nothing is said, when nobody invited is there."""
        from bot.desk import AtDesk

        for attempt in range(TRIES):
            try:
                async with self.database.write() as connection:
                    answered = await AtDesk(self, connection, origin, event).take()
                break
            except Conflict:
                if attempt == TRIES - 1:
                    raise
        self.committed.set()
        return answered

    async def confirm(self, token: str) -> bool:
        """Somebody reads the e-mail address that this token was sent to. False when it was sent to none, or long ago."""
        async with self.database.write() as connection:
            return await confirmations.confirm(connection, self.keys.hash(token), now())

    async def seen(self, address: Address, answered: bool = False) -> Seen:
        """What stands to be shown at a web address, which has then been read. Nothing is written where nothing is new.

        `answered`: a turn has just said something there, so that there is something to write.
        """
        async with self.database.write() if answered else self.database.read() as connection:
            person = await people.person_at(connection, address, now())
            if person is None:
                return Seen(None, [])
            there = await shown.shown(connection, address)
            if answered:
                await shown.read(connection, there.unread)
            standing = await load(connection, person, self.house)
        if there.unread and not answered:
            async with self.database.write() as connection:
                await shown.read(connection, there.unread)
        return Seen(standing, there.replies, there.upto)
