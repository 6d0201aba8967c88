"""The language of everybody in the chat."""

from storage.database.tables import people
from tests.web.conftest import Served


async def speak(served: Served, code: str) -> None:
    """Everybody in the chat reads this language now; nobody presses that fast."""
    async with served.turns.database.write() as connection:
        await connection.execute(people.update().values(locale=code))


DARK = ("sv", "ar")
"""Languages of which every page is looked at for its colours, and at night too, when every page is looked at in every language;
when it is in one, it always is.
"""
