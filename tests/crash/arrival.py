"""What reached everybody in the end: the chats, and the letters."""

from collections.abc import Iterable
from email.message import EmailMessage

from tests.crash.check import Arrived
from tests.crash.clerk import Clerk
from tests.crash.person import Person
from tests.crash.web_person import WebPerson


def arrived(
    letters: Iterable[tuple[EmailMessage, str]], clerks: Iterable[Clerk], people: Iterable[Person | WebPerson]
) -> Arrived:
    """Put together for the comparison. `letters` with whom each went to."""
    found = Arrived()
    for letter, recipient in letters:
        body = letter.get_body(("plain",))
        text = str(letter["Subject"]) + (body.get_content() if body else "")
        found.letters[recipient] = found.letters.get(recipient, "") + text
    for clerk in clerks:
        mail = address(clerk.name)
        found.colleagues[clerk.name] = clerk.everything + found.letters.get(mail, "")
        found.addresses[clerk.name] = (("telegram_staff", str(clerk.phone.id)), ("mail", mail))
    for person in people:
        found.chats[person.life.address] = "\0".join(person.texts())
    return found


def address(name: str) -> str:
    """A contact person's mail address."""
    return f"{name.replace(' ', '.')}@malmo.example.se"
