"""What contact persons look for in the queue: often names, which stand in no address, and go with whoever looked."""

from sqlalchemy import select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.tables import staff


async def keep(connection: AsyncConnection, person: int, words: str) -> None:
    """Keep the words that a contact person looks for, in place of those before; "" for none."""
    await connection.execute(update(staff).where(staff.c.person_id == person).values(sought=words))


async def last(connection: AsyncConnection, person: int) -> str:
    """The words that a contact person looked for last."""
    return str((await connection.execute(select(staff.c.sought).where(staff.c.person_id == person))).scalar_one())


async def forget(connection: AsyncConnection, person: int | None = None) -> None:
    """Forget what this person looked for last; without one, everybody: it may name somebody of whom nothing is to be left."""
    whose = staff.c.person_id == person if person else true()
    await connection.execute(update(staff).where(whose, staff.c.sought != "").values(sought=""))
