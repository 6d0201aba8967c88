"""The same stages as the web's and Telegram's own tests stand on; and the cast of the role matrix, made once for each kind of database."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.operations.rate_limit import RateLimit
from tests.adversary.asking import Asking
from tests.adversary.roles import Cast, Snapshot
from tests.house import compose
from tests.postgres import Postgres
from tests.telegram.conftest import api, door, stage, still
from tests.web.conftest import Served, serve, served, served_to_anybody, visitor

FOREVER = 10**9
__all__ = ["api", "door", "served", "served_to_anybody", "stage", "still", "visitor"]


@pytest.fixture(scope="session")
def on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The cast in an SQLite file."""
    directory = tmp_path_factory.mktemp("cast")
    shutil.copy(sqlite_template, directory / "guide.sqlite3")
    return Snapshot.made(f"sqlite:///{directory / 'guide.sqlite3'}", directory)


@pytest.fixture(scope="session")
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The cast in a PostgreSQL database."""
    return Snapshot.made(postgres.fresh(), tmp_path_factory.mktemp("cast"))


@pytest.fixture
def ground(on_sqlite: Snapshot, tmp_path: Path) -> Snapshot:
    """The cast, to do with as one likes."""
    return on_sqlite.copied(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def each_ground(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshot:
    """The same, of one kind and then of the other."""
    if request.param == "sqlite":
        one: Snapshot = request.getfixturevalue("on_sqlite")
        return one.copied(tmp_path)
    there: Snapshot = request.getfixturevalue("on_postgres")
    return replace(there.copied(tmp_path), url=request.getfixturevalue("postgres").copy(there.url))


@pytest.fixture
async def cast(ground: Snapshot) -> AsyncIterator[Cast]:
    """Everybody, in the program's parts without the web."""
    parts = compose(ground.url, ground.directory)
    yield ground.cast(parts.turns, parts.keys)
    await parts.close()


@pytest.fixture
async def each_cast(each_ground: Snapshot) -> AsyncIterator[Cast]:
    """Everybody, on a database of each kind."""
    parts = compose(each_ground.url, each_ground.directory)
    yield each_ground.cast(parts.turns, parts.keys)
    await parts.close()


@pytest.fixture
async def house(ground: Snapshot) -> AsyncIterator[tuple[Served, Cast]]:
    """Everybody, and the web, where nobody is too fast."""
    limits = {name: RateLimit(FOREVER, 1) for name in ("rate_limit", "newcomers", "doors")}
    one = await serve(ground.url, ground.directory, limits=limits)
    yield one, ground.cast(one.turns, one.keys)
    await one.close()


@pytest.fixture
async def asking(house: tuple[Served, Cast]) -> AsyncIterator[Asking]:
    """Somebody who asks for what is not theirs."""
    served, cast = house
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield Asking(served, cast, session)
