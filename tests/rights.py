"""A role of PostgreSQL with the rights of the program, which a test may take away and give back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

PASSWORD = "a password of the tests"


class Role:
    """A role in the database at `owner`, an address with every right there. `url` is its own."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        at = make_url(owner)
        self.name = f"role_of_{at.database}"
        self.url = at.set(username=self.name, password=PASSWORD).render_as_string(hide_password=False)

    async def does(self, *statements: str) -> None:
        """Run statements as the owner; `ROLE` in them is this role."""
        connection = await asyncpg.connect(self.owner)
        try:
            for statement in statements:
                await connection.execute(statement.replace("ROLE", self.name))
        finally:
            await connection.close()


@asynccontextmanager
async def role(owner: str) -> AsyncIterator[Role]:
    """A role that may do what the program has to; it is gone afterwards."""
    one = Role(owner)
    await one.does(
        f"CREATE USER ROLE PASSWORD '{PASSWORD}'",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ROLE",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ROLE",
    )
    try:
        yield one
    finally:
        await one.does("DROP OWNED BY ROLE", "DROP USER ROLE")
