"""Letters as tests look at them: sent over a real line, found by their address, and the code in them."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage

from bot.mail.carrier import Mail
from dialogs.language.events import Say
from dialogs.language.replies import Reply
from storage.outbox.outbox import Post
from storage.people.people import Address, add_address
from storage.people.staff import contact_person
from tests.day import delivered
from tests.house import Caller, Composed
from tests.letterbox import Letterbox

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SECRET = "We meet behind the old school."
"""What must not be read by others."""


def post(reply: Reply, to: str = "sara@example.se", locale: str = "sv") -> Post:
    return Post(7, Address("mail", to), None, reply, locale, "", 1, NOW)


def mail(letterbox: Letterbox) -> Mail:
    return Mail(letterbox.url, "Guide <guide@example.se>", "mailbox@example.se")


def to(letterbox: Letterbox, address: str) -> list[EmailMessage]:
    """The letters to an address, in order."""
    return [letter for letter in letterbox.letters if letter["To"] == address]


def text(letter: EmailMessage) -> str:
    body = letter.get_body()
    assert body is not None
    return str(body.get_content())


CODE = re.compile(r"\b[1-9]\d{5}\b")


async def code_sent(composed: Composed, letterbox: Letterbox, address: str = "kim@example.se") -> str:
    """The code in the latest letter to this address."""
    await delivered(composed, mail=mail(letterbox))
    return str([code for letter in to(letterbox, address) for code in CODE.findall(text(letter))][-1])


async def confirms(composed: Composed, letterbox: Letterbox, caller: Caller, address: str = "kim@example.se") -> None:
    """Somebody types in the code that came to their address."""
    await caller.does(Say(await code_sent(composed, letterbox, address)))
    await delivered(composed, mail=mail(letterbox))


async def by_mail_only(composed: Composed, name: str = "Cecilia") -> int:
    """A contact person who is reached by mail alone."""
    async with composed.database.write() as connection:
        person = await contact_person(connection, name, NOW)
        await add_address(connection, Address("mail", f"{name.lower()}@example.se"), person, NOW)
    return person
