"""The Bot API server that a process talks to."""

from collections.abc import AsyncIterator

import pytest

from tests.process.telegram import APPLICANTS, CONTACT_PERSONS
from tests.telegram.bot_api import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server that knows both bots."""
    server = BotApi()
    await server.start()
    server.account(APPLICANTS, "guide_bot")
    server.account(CONTACT_PERSONS, "guide_staff_bot")
    yield server
    await server.stop()
