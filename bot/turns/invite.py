"""Inviting a contact person, and ending it."""

from argparse import ArgumentTypeError
from dataclasses import dataclass
from datetime import datetime

from bot.settings.keys import Keys
from dialogs.language.channels import MAIL
from storage.database.database import Database
from storage.people import people, staff
from storage.people.people import Address

LONGEST_NAME = 120


def name_of(given: str) -> str:
    """The name of a contact person, without blanks around it. ArgumentTypeError when nobody could read one in it."""
    name = given.strip()[:LONGEST_NAME]
    if not any(one.isalnum() for one in name):
        raise ArgumentTypeError("a contact person needs a name that others can read")
    return name


@dataclass(frozen=True, slots=True)
class Invited:
    """Two one-time tokens, each good for LINK_LASTS: one for the queue on the web, one for the contact persons' bot."""

    web: str
    telegram: str


async def invite(
    database: Database, keys: Keys, name: str, now: datetime, administrator: bool = False, email: str = ""
) -> Invited:
    """Make links for the contact person `name`: a new one, or one there is already (also one that was deactivated).

    `administrator` makes them one; without it, who is one stays one. `email` is where notices go that find no Telegram.
    """
    tokens = Invited(keys.new(), keys.new())
    async with database.write() as connection:
        person = await staff.contact_person(connection, name_of(name), now, administrator or None)
        if email:
            await people.add_address(connection, Address(MAIL.name, email), person, now)
        for token in (tokens.web, tokens.telegram):
            await staff.invite(connection, person, keys.hash(token), now)
    return tokens


async def deactivate(database: Database, name: str) -> bool:
    """From now on this contact person gets no answer anywhere. False when there is none of that name."""
    async with database.write() as connection:
        return await staff.deactivate(connection, name.strip())
