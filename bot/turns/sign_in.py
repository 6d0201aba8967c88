"""Signing in: how a contact person gets into the queue on the web, and out of it again; each in one transaction."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from dialogs.language.channels import WEB_STAFF
from storage.cases import house_events
from storage.database.database import Database
from storage.people import people, staff, usage
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


async def let_in(connection: "AsyncConnection", keys: Keys, token: str, door: str, now: datetime) -> int | None:
    """Use up a one-time link at a door (a channel's name), and write into the log whom it let in, or once an hour that one let nobody in."""
    person = await staff.redeem(connection, keys.hash(token), now)
    if person is not None:
        await house_events.happened(connection, seal_of(keys), "let_in", person, now, door=door)
    elif await usage.count(connection, "not_let_in", keys.derive(f"not_let_in:{now:%Y-%m-%d %H}"), now) == 1:
        await house_events.happened(connection, seal_of(keys), "not_let_in", None, now, door=door)
    return person


async def sign_out(database: Database, keys: Keys, session: str, now: datetime) -> None:
    """End the session, whether or not there is one; what they looked for is forgotten."""
    async with database.write() as connection:
        if who := await staff.at(connection, at_the_queue(keys, session), now):
            await staff.seek(connection, who.id, "")
        await people.drop_address(connection, at_the_queue(keys, session))
