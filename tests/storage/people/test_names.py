"""Contact persons by name: in the order of Swedish, whatever the database's is."""

import pytest

from storage.database.database import Database
from storage.migrations import migrate
from storage.people import staff
from tests.clock import now
from tests.house import SEAL
from tests.postgres import Postgres

NAMES = ("Bo", "Ola", "Zoran", "anna", "Ärla", "Åke", "Wera", "Vera", "Émile", "Özlem")
SWEDISH = ["anna", "Bo", "Émile", "Ola", "Vera", "Wera", "Zoran", "Åke", "Ärla", "Özlem"]


@pytest.fixture(params=["sqlite", "C"])
def url(request: pytest.FixtureRequest) -> str:
    """The plain address of a database: SQLite's order is that of bytes, and so is PostgreSQL's in the locale C."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.bare(f"TEMPLATE template0 ENCODING 'UTF8' LOCALE '{request.param}'")


async def test_names_are_in_the_order_of_swedish_whatever_the_databases_is(url: str) -> None:
    database = Database(url)
    await migrate(database, SEAL)
    async with database.write() as connection:
        for name in NAMES:
            await staff.contact_person(connection, name, now())
    async with database.read() as connection:
        assert [one.name for one in await staff.active(connection)] == SWEDISH
        assert [one.name for one in await staff.colleagues(connection)] == SWEDISH
    await database.close()
