"""Inviting contact persons, and deactivating them."""

from argparse import ArgumentTypeError
from dataclasses import dataclass
from datetime import datetime

from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from dialogs.language.channels import MAIL
from storage.cases import house_events
from storage.database.database import Database
from storage.outbox import told
from storage.people import at_work, people, staff
from storage.people.people import Address

LONGEST_NAME = 120


def name_of(given: str) -> str:
    """A contact person's name, stripped, at most LONGEST_NAME characters. ArgumentTypeError when it has no letter or digit that others can read."""
    name = given.strip()[:LONGEST_NAME]
    if not any(one.isalnum() for one in name):
        raise ArgumentTypeError("a contact person needs a name that others can read")
    return name


class Taken(ValueError):
    """An e-mail address is a colleague's: an invitation does not take it from them."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Two one-time tokens, each good for LINK_LASTS: one for the queue on the web, one for the contact persons' bot."""

    web: str
    telegram: str


async def invite(
    database: Database, keys: Keys, name: str, now: datetime, administrator: bool = False, email: str = ""
) -> Invited:
    """Make links for the contact person `name`, who may be new, or known already (even if deactivated).

    `administrator` makes them one; without it, an administrator remains one, but not one who was deactivated.
    `email` gets the notices of somebody who is not on Telegram. Taken, and nothing is done, when a colleague is reached there.
    """
    tokens = Invited(keys.new(), keys.new())
    async with database.write() as connection:
        person = await staff.contact_person(connection, name_of(name), now, administrator or None)
        if email.casefold() in await staff.mails(connection, but=person):
            raise Taken
        if email:
            await people.add_address(connection, Address(MAIL.name, email), person, now)
        for token in (tokens.web, tokens.telegram):
            await staff.invite(connection, person, keys.hash(token), now)
        role = "administrator" if person in await at_work.administrators(connection) else "contact_person"
        await house_events.happened(connection, seal_of(keys), "invited", None, now, about=person, role=role)
    return tokens


async def deactivate(database: Database, keys: Keys, name: str, now: datetime) -> bool:
    """Deactivate this contact person: from now on they get no answer anywhere. False when nobody has that name."""
    async with database.write() as connection:
        id = await staff.id_of(connection, name.strip())
        if id is None or not await staff.deactivate(connection, name.strip(), now):
            return False
        await told.retract(connection, now, person=id)
        await house_events.happened(connection, seal_of(keys), "deactivated", None, now, about=id)
    return True


async def demote(database: Database, keys: Keys, name: str, now: datetime) -> bool:
    """Take the administrator's role from this contact person. False when no administrator has that name."""
    async with database.write() as connection:
        id = await staff.id_of(connection, name.strip())
        if id is None or not await staff.demote(connection, id, now):
            return False
        await house_events.happened(connection, seal_of(keys), "role_taken", None, now, about=id)
    return True
