"""Where applicants' chats are open: browsers with a session each, chats of networks, and private links, each of which makes a session of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.settings.clock import Clock
from bot.settings.keys import Keys
from dialogs.applicants import open_in
from dialogs.applicants.acts import Reach
from dialogs.applicants.open_in import Doors, OpenIn
from dialogs.language.channels import CHANNELS, WEB
from dialogs.language.replies import Tell
from dialogs.language.words import _
from storage.database.database import Database
from storage.people import chats, links, sessions
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.turns.coming import Coming
    from storage.people.people import Person

LASTS = timedelta(days=90)
A_BROWSER = _("A browser")
NOTED = timedelta(hours=1)
"""How exactly it is noted when a session was last used: a page that is only read writes nothing more often."""


class Ended(LookupError):
    """The session by which somebody came has ended since they asked."""


@dataclass(frozen=True, slots=True)
class Here:
    """The browser of somebody who is known: its session, whose it is, and the address at which they are reached on the web."""

    session: int
    person: int
    at: Address
    noted: bool = False
    """Whether it was just noted that it is used: its cookie lasts longer, too."""


class WebSessions:
    """The sessions of one installation. `web` is where the web is reached, without a slash at its end; a session `lasts` for so long without use."""

    def __init__(self, database: Database, keys: Keys, clock: Clock, web: str, lasts: timedelta) -> None:
        self.database, self.keys, self.clock, self.web, self.lasts = database, keys, clock, web, lasts

    async def here(self, token: str, plain: str = "") -> Here | None:
        """The browser that keeps this token. `plain` is the token of a cookie that only a program of before made: one from before there were sessions
        becomes one, and a link.
        """
        now = self.clock.now()
        if found := await self._found(token, now):
            anew = self.keys.hash(token)
            if now - found.used_at < NOTED and found.token_hash == anew:
                return Here(found.id, found.person, found.at)
            async with self.database.write() as connection:
                await sessions.renew(connection, found.id, anew, now)
            return Here(found.id, found.person, found.at, noted=True)
        if await self._adopted(old := token or plain):
            found = await self._found(old, now)
        return Here(found.id, found.person, found.at, noted=True) if found else None

    async def _found(self, token: str, now: datetime) -> sessions.WebSession | None:
        if not token:
            return None
        async with self.database.read() as connection:
            return await sessions.found(connection, self.keys.hashes(token), now - self.lasts)

    async def _adopted(self, token: str) -> bool:
        """Whether a token from before there were sessions has just become one."""
        hashes = self.keys.hashes(token) if token else []
        async with self.database.read() as connection:
            if not hashes or not await sessions.unadopted(connection, hashes):
                return False
        async with self.database.write() as connection:
            await sessions.adopt(connection, hashes, self.keys.hash(token), self.clock.now())
        return True

    async def leads(self, link: str) -> int | None:
        """The person to whose chat a private link leads, or None. A link from before there were sessions becomes one."""
        await self._adopted(link)
        async with self.database.read() as connection:
            return await links.leads(connection, self.keys.hashes(link))

    async def enter(self, link: str, instead: Here | None) -> str | None:
        """Come in by a private link: the token of the session that it makes, or None when it leads nowhere. It takes the place of the session
        `instead` in the same browser; where there are too many others, the one that is unused longest ends.
        """
        token, now = self.keys.new(), self.clock.now()
        await self._adopted(link)
        async with self.database.write() as connection:
            person = await links.used(connection, self.keys.hashes(link), self.keys.hash(link), now)
            if person is None:
                return None
            if instead:
                await sessions.end(connection, instead.person, now, session=instead.session)
            await sessions.begin(connection, person, self.keys.hash(token), now)
            await sessions.end_beyond(connection, person, now)
            await chats.on_the_web(connection, person, Address(WEB.name, self.keys.hash(token)), now)
        return token

    @asynccontextmanager
    async def _in(self, here: Here) -> AsyncIterator["AsyncConnection"]:
        """A transaction in which a session goes on: nobody ends it until this is over. Ended when somebody has."""
        async with self.database.write() as connection:
            if here.session not in await sessions.going_on(connection, [here.person]):
                raise Ended
            yield connection

    async def link(self, here: Here, anew: bool = False) -> str | None:
        """The token of a new private link; `anew` ends all earlier ones. None when there are too many. Ended when the session has ended."""
        async with self._in(here) as connection:
            return await self.linked(connection, here.person, anew)

    async def linked(self, connection: "AsyncConnection", person: int, anew: bool) -> str | None:
        """The same, within a transaction."""
        token, now = self.keys.new(), self.clock.now()
        if anew:
            await links.end(connection, person, now)
        return token if await links.make(connection, person, self.keys.hash(token), now) else None

    async def leave(self, here: Here) -> None:
        """End the session of this browser."""
        async with self.database.write() as connection:
            await sessions.end(connection, here.person, self.clock.now(), session=here.session)

    async def end(self, here: Here, act: str, number: int) -> None:
        """End what `act` and the number say (dialogs/applicants/open_in.py), or nothing when it has ended already. Ended when their own session has."""
        async with self._in(here) as connection:
            await self.ended(connection, here.person, act, number, here=here.session)

    async def ended(
        self,
        connection: "AsyncConnection",
        person: int,
        act: str,
        number: int,
        here: int = 0,
        at: Address | None = None,
    ) -> None:
        """The same, within a transaction: for whoever is in the session `here` or in the chat `at`, which go on."""
        now = self.clock.now()
        if act == "endbrowser":
            await sessions.end(connection, person, now, session=number)
        if act == "endothers":
            await sessions.end(connection, person, now, but=here)
        if act in ("endchat", "endothers"):
            await chats.end(connection, person, now, chat=number if act == "endchat" else None, but=at)

    async def doors(self, person: int, here: int = 0, at: Address | None = None) -> Doors:
        """Everything by which a person's chat is reached, for whoever is in the session `here` or in the chat `at`."""
        async with self.database.read() as connection:
            return await self.doors_of(connection, person, here, at)

    async def doors_of(
        self, connection: "AsyncConnection", person: int, here: int = 0, at: Address | None = None
    ) -> Doors:
        """The same, within a transaction."""
        there = await sessions.of_person(connection, person, self.clock.now() - self.lasts)
        opened = [OpenIn(f"endbrowser:{one.id}", A_BROWSER, one.since, one.used_at, one.id == here) for one in there]
        for chat in await chats.of_person(connection, person):
            where = CHANNELS[chat.at.channel].where
            opened.append(OpenIn(f"endchat:{chat.id}", where, chat.since, chat.used_at, chat.at == at))
        opened.sort(key=lambda one: (one.here, one.used_at), reverse=True)
        return Doors(tuple(opened), tuple(await links.of_person(connection, person)))

    async def room(self, connection: "AsyncConnection", act: Reach, person: int, at: Address) -> Tell:
        """Where a chat is open, for whoever is in it `at` this address, as it is once this act is done. On the web that is a page: a new link must not
        stand in the outbox.
        """
        if CHANNELS[at.channel].way == "kept":
            return open_in.on_a_page()
        link = ""
        if act.what.startswith("end"):
            await self.ended(connection, person, act.what, act.number, at=at)
        if act.what in ("newlink", "link"):
            link = await self.linked(connection, person, anew=act.what == "newlink") or ""
        there = await self.doors_of(connection, person, at=at)
        return open_in.room(there, f"{self.web}/back/{link}" if link else "", ended=act.what.startswith("end"))


async def ended_since(
    connection: "AsyncConnection", coming: "list[Coming]", there: "dict[Address, Person]"
) -> set[int]:
    """The places of the events whose session has ended since it was asked for, by who is `there` now. Nobody ends the others' until this
    transaction is over.
    """
    came = {place: one.origin for place, one in enumerate(coming) if one.origin.browser}
    persons = {there[one.address].id for one in came.values() if one.address in there}
    going_on = await sessions.going_on(connection, persons)
    return {place for place, one in came.items() if one.browser not in going_on}
