"""A stage for each test, on SQLite: what differs between databases is tested elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.clock import Clock
from tests.house import compose
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, on_telegram


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def still(
    api: BotApi, sqlite_url: str, tmp_path: Path, clock: Clock, given: dict[str, Any]
) -> AsyncIterator[Stage]:
    """The bots, not listening yet."""
    parts = compose(sqlite_url, tmp_path, clock=clock, **on_telegram(api.url), **given)
    stage = Stage(api, parts)
    yield stage
    try:
        await stage.close()
    finally:
        await parts.close()


@pytest.fixture
async def stage(still: Stage) -> Stage:
    """The bots, listening by long polling."""
    still.listen()
    return still
