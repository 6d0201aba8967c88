"""What a contact person does in the queue on the web, each in one transaction."""

from bot.turns import Turns
from dialogs.case import Case
from storage import people
from storage.staff import ContactPerson


async def take(turns: Turns, case: Case, who: ContactPerson) -> bool:
    """The contact person takes a case; the applicants are told. False when somebody was quicker or it is withdrawn."""
    async with turns.database.write() as connection:
        taken = await turns.take_case(connection, case.id, who)
    turns.committed.set()
    return taken


async def speak(turns: Turns, who: ContactPerson, locale: str) -> None:
    """From now on the contact person reads this language. An unknown one changes nothing."""
    if locale in turns.house.languages:
        async with turns.database.write() as connection:
            await people.change(connection, who.id, locale=locale)
