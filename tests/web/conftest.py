"""What the web's tests stand on: the real application over a real SQLite file, served on a free port."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.main.process import reached
from bot.operations.rate_limit import RateLimit
from bot.settings.keys import Keys
from bot.turns.sign_in import sign_in
from bot.turns.turns import Turns
from storage.people import staff
from tests.clock import now
from tests.house import compose
from tests.reach import BROWSER
from tests.web.chromium import Chromium
from tests.web.visitor import Visitor


@dataclass
class Served:
    """The application and what it stands on."""

    turns: Turns
    keys: Keys
    server: TestServer

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    async def close(self) -> None:
        """Stop serving, and give every connection back."""
        await self.server.close()
        await self.turns.database.close()

    async def link(self, name: str = "Nadia") -> str:
        """The token of a one-time link for a contact person."""
        token = self.keys.new()
        async with self.turns.database.write() as connection:
            await staff.invite(
                connection, await staff.contact_person(connection, name, now()), self.keys.hash(token), now()
            )
        return token

    async def session(self, name: str = "Nadia") -> str:
        """A contact person's session in the queue."""
        session = await sign_in(self.turns.database, self.keys, await self.link(name), self.turns.clock.now())
        assert session
        return session


async def serve(
    url: str,
    directory: Path,
    public_url: str = "",
    requests: int = 1000,
    limits: dict[str, RateLimit] | None = None,
    mails: bool = False,
    **more: Any,
) -> Served:
    """The application on a migrated database at a plain address.

    A test's visitors all come from one network address, and fast: `requests` a second.
    `limits` are other limits of rate than the program's, by their names (bot/web/http/site.py), and `more` is what the house is composed with
    (tests/house.py).
    """
    parts = compose(url, directory, mails=mails, public_url=public_url, requests_per_second=requests, **more)
    server = TestServer(reached(parts.program, {}, parts.program.health(), **limits or {}))
    await server.start_server(access_log=None)
    return Served(parts.turns, parts.keys, server)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive a browser run in one event loop, that of the one browser."""
    for item in items:
        if BROWSER in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_chromium() -> AsyncIterator[Chromium]:
    """The browser of this run, or of this worker of it."""
    async with Chromium() as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(one_chromium: Chromium) -> AsyncIterator[Browser]:
    """The browser, as if nobody had used it before."""
    async with one_chromium.lent() as browser:
        yield browser


@pytest.fixture
async def served_to_anybody(sqlite_url: str, tmp_path: Path, given: dict[str, Any]) -> AsyncIterator[Served]:
    one = await serve(sqlite_url, tmp_path, **given)
    yield one
    await one.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served_to_chromium(sqlite_url: str, tmp_path: Path, given: dict[str, Any]) -> AsyncIterator[Served]:
    one = await serve(sqlite_url, tmp_path, **given)
    yield one
    await one.close()


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Served:
    """The application, served in the event loop of the test."""
    name = "served_to_chromium" if BROWSER in request.fixturenames else "served_to_anybody"
    one: Served = request.getfixturevalue(name)
    return one


@pytest.fixture
async def visitor(served: Served) -> AsyncIterator[Visitor]:
    """Somebody with a browser that runs no scripts."""
    async with Visitor(served.url) as one:
        yield one
