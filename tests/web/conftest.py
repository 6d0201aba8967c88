"""What the web's tests stand on: the real application over a real SQLite file, served on a free port."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.invitations import sign_in
from bot.keys import Keys
from bot.settings import Settings
from bot.turns import Turns, now
from bot.web.application import application
from dialogs.standing import House
from storage import staff
from storage.database import Database
from storage.files import Files
from storage.tables import metadata
from tests.web.visitor import Visitor

LANGUAGES = {"sv": "Svenska", "en": "English", "ar": "العربية"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium")


@dataclass
class Served:
    """The application and what it stands on."""

    turns: Turns
    keys: Keys
    server: TestServer

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    async def link(self, name: str = "Nadia") -> str:
        """The token of a one-time link for a contact person."""
        token = self.keys.new()
        async with self.turns.database.write() as connection:
            await staff.invite(connection, await staff.contact_person(connection, name, now()), self.keys.hash(token), now())
        return token

    async def session(self, name: str = "Nadia") -> str:
        """A contact person's session in the queue."""
        session = await sign_in(self.turns.database, self.keys, await self.link(name))
        assert session
        return session


async def serve(directory: Path, public_url: str = "") -> Served:
    settings = Settings.model_validate({"database_url": f"sqlite:///{directory}/web.sqlite3", "secret_key": "a secret for tests, long enough to do", "public_url": public_url})
    database = Database(settings.database_url.get_secret_value())
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    keys = Keys(settings.secret_key.get_secret_value())
    house = House(LANGUAGES, "samverkan.fgk@malmo.se")
    turns = Turns(database, Files(directory / "files"), house, keys, lambda reference: f"/queue/{reference}", mails=False)
    server = TestServer(application(turns, settings, keys))
    await server.start_server()
    return Served(turns, keys, server)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    one = await serve(tmp_path)
    yield one
    await one.server.close()
    await one.turns.database.close()


@pytest.fixture
async def visitor(served: Served) -> AsyncIterator[Visitor]:
    """Somebody with a browser that runs no scripts."""
    async with Visitor(served.url) as one:
        yield one
