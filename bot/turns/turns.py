"""Turns: where a conversation meets the database. Law: one event, one transaction; nothing is sent before it is committed."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.operations.metrics import watched
from bot.turns.applicant import TakenTogether
from bot.turns.at_desk import AtDesk
from bot.turns.coming import AfterCommit, Coming, Instead
from bot.turns.line import NotYet
from bot.turns.origin import Origin, Seen
from bot.turns.resources import Resources
from dialogs.applicants.conversation import wants_files
from dialogs.language.events import Attach, Event
from storage.cases.standing import load
from storage.database.trouble import Conflict
from storage.outbox import shown
from storage.outbox.held_updates import Holdable
from storage.people import people
from storage.people.people import Address

TRIES = 5


class Turns(Resources):
    """Takes the events of every channel, and says what stands there."""

    @watched
    async def take(self, origin: Origin, event: Event, waiting: Holdable | None = None) -> Instead | None:
        """Take an applicant's event. Once this returns, it has been dealt with durably; when this raises, it may be taken again.

        With `waiting`, an event that has to wait for a file is held instead, to be taken later; the result says what became of it.
        """
        for attempt in range(TRIES):
            try:
                taken: AfterCommit = await self.line.do(self._take_all, Coming(origin, event, waiting), origin.address)
                break
            except Conflict:
                if attempt == TRIES - 1:
                    raise
        if self.sending.hand and taken.posts:
            self.sending.hand.deliver(taken.posts)
        if taken.waits:
            self.committed.set()
        # Files that no question took are deleted as well; otherwise anybody could fill the disk.
        if gone := taken.gone | ({file.sha256 for file in event.files} if isinstance(event, Attach) else set()):
            await self.files.drop(gone)
        if taken.dropped:
            await self.database.wipe()
        return taken.instead

    async def wants_files(self, address: Address) -> bool:
        """Whether the person at this address is being asked for files now."""
        async with self.database.read() as connection:
            person = await people.person_at(connection, address, self.clock.now())
            return person is not None and wants_files(await load(connection, person, self.house))

    async def _take_all(self, connection: AsyncConnection, coming: list[Coming]) -> list[AfterCommit | NotYet]:
        return await TakenTogether(self, connection, coming, self.clock.now()).take()

    @watched
    async def take_staff(self, origin: Origin, event: Event) -> bool:
        """Take a contact person's event. False, and no reply, when nobody invited is at the address."""
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

    async def seen(self, address: Address, answered: bool = False) -> Seen:
        """What an address shows, where it stays (`Channel.remembers`); it then counts as read. Nothing is written when nothing is new.

        `answered`: a turn has just replied there, so there is something to write.
        """
        async with self.database.write() if answered else self.database.read() as connection:
            person = await people.person_at(connection, address, self.clock.now())
            if person is None:
                return Seen(None, [])
            there = await shown.shown(connection, address)
            if answered:
                await shown.read(connection, there.unread)
            standing = await load(connection, person, self.house)
        if there.unread and not answered:
            async with self.database.write() as connection:
                await shown.read(connection, there.unread)
        return Seen(standing, there.replies, there.upto, there.coming)
