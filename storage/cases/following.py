"""How far contact persons have read the cases, and which they follow."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.insert import insert_or
from storage.database.tables import following


async def read(connection: AsyncConnection, case: int, person: int, upto: int) -> None:
    """They have read the case up to this event."""
    statement = insert_or(connection.dialect.name, following).values(case_id=case, person_id=person, read_to=upto)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["case_id", "person_id"], set_={"read_to": upto})
    )


async def read_to(connection: AsyncConnection, case: int, person: int) -> int:
    """The event up to which they have read it; 0 when they never have."""
    query = select(following.c.read_to).where(following.c.case_id == case, following.c.person_id == person)
    return int((await connection.execute(query)).scalar() or 0)


async def follow(connection: AsyncConnection, case: int, person: int, follows: bool) -> None:
    """From now on they are told of this case, or not."""
    statement = insert_or(connection.dialect.name, following).values(case_id=case, person_id=person, follows=follows)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["case_id", "person_id"], set_={"follows": follows})
    )


async def follows(connection: AsyncConnection, case: int, person: int) -> bool:
    """Whether they follow it."""
    query = select(following.c.follows).where(following.c.case_id == case, following.c.person_id == person)
    return bool((await connection.execute(query)).scalar())


async def followers(connection: AsyncConnection, case: int) -> set[int]:
    """Who follows it."""
    query = select(following.c.person_id).where(following.c.case_id == case, following.c.follows)
    return set((await connection.execute(query)).scalars())
