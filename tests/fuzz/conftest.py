"""The whole application as it is served, both bots in it, with planted drafts that nobody touches."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.test_utils import TestServer

from bot.main.process import reached
from bot.operations.rate_limit import RateLimit
from storage.database.tables import drafts
from tests.house import Composed, compose
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import APPLICANTS_TOKEN, STAFF_TOKEN, Stage, on_telegram
from tests.ways import rows

TIMES = int(os.environ.get("FUZZ", "1"))
"""How many times as much is made up: `make fuzz` says a number."""
SEED = int(os.environ.get("FUZZ_SEED", "1"))
"""With FUZZ=1 the same every time; a long run begins elsewhere."""
NO_FLOOD = 10.0**9


@dataclass
class Ground:
    """The application, and what was planted."""

    parts: Composed
    stage: Stage
    server: TestServer
    trouble: list[str]
    planted: dict[int, Any]

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    async def plant(self) -> None:
        """From now on these drafts are to stay as they are."""
        self.planted = {row.id: tuple(row) for row in await rows(self.parts.database, drafts)}

    async def unharmed(self) -> None:
        """Nothing went wrong, and nothing of what was planted is gone."""
        assert self.trouble == []
        there = {row.id: tuple(row) for row in await rows(self.parts.database, drafts)}
        assert {id: there.get(id) for id in self.planted} == self.planted


@pytest.fixture
def chance() -> Random:
    """The play of chance."""
    return Random(SEED)


@pytest.fixture
def trouble() -> Iterator[list[str]]:
    """Every error that is logged."""
    found: list[str] = []

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # What is no HTTP is the server library's to refuse.
            if not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError)):
                found.append(record.getMessage())

    handler = Heard(logging.ERROR)
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


@pytest.fixture
async def ground(sqlite_url: str, tmp_path: Path, trouble: list[str]) -> AsyncIterator[Ground]:
    """Both bots and the web in one application; nobody is too fast."""
    api = BotApi()
    await api.start()
    parts = compose(sqlite_url, tmp_path, public_url="http://example.se", **on_telegram(api.url))
    stage = Stage(api, parts)
    limits = {name: RateLimit(int(NO_FLOOD), NO_FLOOD) for name in ("visits", "rate_limit", "newcomers", "doors")}
    for bot in (stage.applicants, stage.contact_persons):
        bot._incoming._rate_limit.burst, bot._incoming._rate_limit.rate = int(NO_FLOOD), NO_FLOOD
    server = TestServer(reached(parts.program, stage.connected, parts.program.health(), **limits))
    await server.start_server(access_log=None)
    async with AsyncExitStack() as open_things:
        for close in (api.stop, parts.close, stage.close, server.close):
            open_things.push_async_callback(close)
        yield Ground(parts, stage, server, trouble, {})


__all__ = ["APPLICANTS_TOKEN", "STAFF_TOKEN"]
