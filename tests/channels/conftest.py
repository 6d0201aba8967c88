"""A house with text messages: what stands in the table and in the settings is all that it knows of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.main.process import reached
from dialogs.language.channels import CHANNELS
from tests.channels.gateway import Gateway
from tests.channels.house import HouseWithTexts, house_with_texts
from tests.channels.sms import SMS, SMS_STAFF
from tests.clock import Clock


@pytest.fixture(autouse=True)
def in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both channels stand in the table."""
    for channel in (SMS, SMS_STAFF):
        monkeypatch.setitem(CHANNELS, channel.name, channel)


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A gateway."""
    made = Gateway()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def mails() -> bool:
    """Whether the house can send mail, too."""
    return True


@pytest.fixture
async def house(
    sqlite_url: str, tmp_path: Path, clock: Clock, gateway: Gateway, mails: bool
) -> AsyncIterator[HouseWithTexts]:
    """The house, which hears what the gateway brings."""
    made = house_with_texts(sqlite_url, tmp_path, gateway, clock, mails)
    program = made.parts.program
    async with TestServer(reached(program, made.connected, program.health())) as server:
        gateway.hook = str(server.make_url("/hooks"))
        yield made
        await made.close()
