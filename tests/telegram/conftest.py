"""A stage for each test, on SQLite: what differs between databases is tested elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.telegram.webhook import routes
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


@pytest.fixture
async def door(still: Stage) -> AsyncIterator[str]:
    """The address of a web server with the webhooks of both bots."""
    application = web.Application()
    application.add_routes(
        routes({"applicants": still.applicants, "contact_persons": still.contact_persons}, still.parts.keys)
    )
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    await runner.cleanup()


@pytest.fixture
async def hooked(still: Stage, door: str) -> Stage:
    """The bots, with their webhooks set at Telegram."""
    for bot in (still.applicants, still.contact_persons):
        await bot.set_webhook(f"{door}/{bot.hook}", still.parts.keys.derive(f"webhook:{bot.hook}"))
    return still


WAYS = ("stage", "hooked")
"""The bots listen by long polling, or by webhooks."""


@pytest.fixture(params=WAYS)
def either(request: pytest.FixtureRequest) -> Stage:
    """The bots, listening in one way, and then in the other."""
    made: Stage = request.getfixturevalue(request.param)
    return made
