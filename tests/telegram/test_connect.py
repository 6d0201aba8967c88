"""Telegram is connected where the settings have a bot's token, and tells whoever runs the program what is in the way."""

from pathlib import Path

import pytest

from bot.telegram.connect import connect
from bot.worker.connected import Unreached
from tests.house import compose
from tests.planted import STAFF_TOKEN
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, on_telegram


async def test_each_bot_has_what_it_takes(still: Stage) -> None:
    applicants, staff = connect(still.parts.turns, still.parts.program.settings)
    assert (applicants.channel, staff.channel) == ("telegram", "telegram_staff")
    assert [hook.path for one in (applicants, staff) for hook in one.hooks] == [
        "/telegram/applicants",
        "/telegram/contact_persons",
    ]
    assert (list(applicants.beside), list(staff.beside)) == (["held"], []), "contact persons send no files"
    assert staff.named
    assert await staff.named() == "guide_staff_bot"
    for one in (applicants, staff):
        assert one.close
        await one.close()


async def test_without_a_public_address_nothing_is_posted_to_us(api: BotApi, sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path, **on_telegram(api.url), public_url="")
    for one in connect(parts.turns, parts.program.settings):
        assert one.hooks == ()
        assert one.listen
        assert one.close
        await one.close()
    await parts.close()


async def test_a_token_of_no_bot_is_said_without_the_token(api: BotApi, sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path, contact_persons_bot_token=STAFF_TOKEN, telegram_api_url=api.url)
    (one,) = connect(parts.turns, parts.program.settings)
    assert one.named
    with pytest.raises(Unreached, match=r"^it is away, or CONTACT_PERSONS_BOT_TOKEN is no bot's \(telegram: ") as said:
        await one.named()
    assert STAFF_TOKEN not in str(said.value)
    assert one.close
    await one.close()
    await parts.close()
