"""The databases that version 8fbb581 left: loaded and migrated once for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database.database import Database
from tests.storage.migrations.left import KINDS, Left


@pytest.fixture(scope="session", params=KINDS)
def each_left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """What was left, in one kind of database and then in the other."""
    return Left(request.param, tmp_path_factory.mktemp("left"), lambda: request.getfixturevalue("postgres"))


@pytest.fixture
def left(each_left: Left, tmp_path: Path) -> str:
    """The plain address of a database as it was left, for this test alone."""
    return each_left.again(tmp_path, migrated=False)


@pytest.fixture
def brought_up(each_left: Left, tmp_path: Path) -> str:
    """The plain address of a database brought to today's tables, for this test alone."""
    return each_left.again(tmp_path)


@pytest.fixture
async def looked_at(each_left: Left) -> AsyncIterator[Database]:
    """The migrated database, for tests that change nothing in it."""
    database = Database(each_left.migrated)
    yield database
    await database.close()
