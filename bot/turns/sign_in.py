"""Signing in: how a contact person gets into the queue on the web, and out of it again, each in one transaction; and into a chat."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from bot.turns.origin import Origin
from dialogs.case.rights import ContactPerson
from dialogs.language.channels import WEB_STAFF
from storage.cases import house_events
from storage.database.database import Database
from storage.people import people, sought, staff, usage
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

SESSION_LASTS = timedelta(hours=12)


def at_the_queue(keys: Keys, session: str) -> Address:
    """The address behind the session token that a browser keeps."""
    return Address(WEB_STAFF.name, keys.hash(session))


async def sign_in(database: Database, keys: Keys, token: str, now: datetime) -> str | None:
    """Use up the one-time link `token`. Returns a new session token, good for SESSION_LASTS, or None when the link is unknown, used or too old."""
    session = keys.new()
    async with database.write() as connection:
        person = await let_in(connection, keys, token, WEB_STAFF.name, now)
        if person is None:
            return None
        await people.add_address(connection, at_the_queue(keys, session), person, now, now + SESSION_LASTS)
    return session


async def signed_in(database: Database, keys: Keys, session: str, now: datetime) -> ContactPerson | None:
    """The contact person whose session it is, or None. One from before there was a new key is known by the new key from now on."""
    there = [Address(WEB_STAFF.name, one) for one in keys.hashes(session)]
    async with database.read() as connection:
        found = {one: who for one in there if (who := await staff.at(connection, one, now))}
    if not found:
        return None
    (at, who), *_rest = found.items()
    if at != there[0]:
        async with database.write() as connection:
            await people.moved(connection, at, there[0])
    return replace(who, door=there[0].address)


async def let_in(connection: "AsyncConnection", keys: Keys, token: str, door: str, now: datetime) -> int | None:
    """Use up a one-time link at a door (a channel's name), and write into the log whom it let in, or once an hour that one let nobody in."""
    person = await staff.redeem(connection, keys.hashes(token), now)
    if person is not None:
        await house_events.happened(connection, seal_of(keys), "let_in", person, now, door=door)
    elif await usage.count(connection, "not_let_in", keys.derive(f"not_let_in:{now:%Y-%m-%d %H}"), now) == 1:
        await house_events.happened(connection, seal_of(keys), "not_let_in", None, now, door=door)
    return person


async def sign_out(database: Database, keys: Keys, session: str, now: datetime) -> None:
    """End the session, whether or not there is one; what they looked for is forgotten."""
    async with database.write() as connection:
        for one in keys.hashes(session):
            at = Address(WEB_STAFF.name, one)
            if who := await staff.at(connection, at, now):
                await sought.forget(connection, who.id)
            await people.drop_address(connection, at)


async def let_into_chat(connection: "AsyncConnection", keys: Keys, token: str, origin: Origin, now: datetime) -> None:
    """Use up the one-time link `token` in a chat: the chat is the contact person's from now on. A link that is unknown, used or too old does nothing."""
    person = await let_in(connection, keys, token, origin.address.channel, now)
    if person is not None:
        await people.add_address(connection, origin.address, person, now)
        await people.change(connection, person, locale=origin.locale)
