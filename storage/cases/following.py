"""How far contact persons have read the cases, and which of them they follow."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.insert import insert_or
from storage.database.tables import following


async def read(connection: AsyncConnection, case: int, person: int, upto: int) -> None:
    """Note that they have read the case up to this event."""
    statement = insert_or(connection.dialect.name, following).values(case_id=case, person_id=person, read_to=upto)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["case_id", "person_id"], set_={"read_to": upto})
    )


async def read_to(connection: AsyncConnection, case: int, person: int) -> int:
    """The last event that they have read in the case; 0 when they have never read it."""
    query = select(following.c.read_to).where(following.c.case_id == case, following.c.person_id == person)
    return int((await connection.execute(query)).scalar() or 0)


async def follow(connection: AsyncConnection, case: int, person: int, follows: bool) -> None:
    """Note whether they get notices about this case from now on."""
    statement = insert_or(connection.dialect.name, following).values(case_id=case, person_id=person, follows=follows)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["case_id", "person_id"], set_={"follows": follows})
    )


async def follows(connection: AsyncConnection, case: int, person: int) -> bool:
    """Whether they follow the case."""
    query = select(following.c.follows).where(following.c.case_id == case, following.c.person_id == person)
    return bool((await connection.execute(query)).scalar())


async def followers(connection: AsyncConnection, case: int) -> set[int]:
    """The people who follow the case."""
    query = select(following.c.person_id).where(following.c.case_id == case, following.c.follows)
    return set((await connection.execute(query)).scalars())
