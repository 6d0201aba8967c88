"""The program killed while it fetches files from Telegram, and started again: each is there, and what came behind them after them."""

import asyncio
from pathlib import Path

import pytest

from bot.speech.catalogs import say
from bot.telegram.updates import SORRY
from tests.keys import english
from tests.ports import free_port
from tests.process.program import Program
from tests.process.telegram import APPLICANTS, patiently, settings
from tests.samples import png
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import happens


@pytest.mark.parametrize(
    ("database_url", "way", "kills"),
    [("sqlite", "polling", 2), ("postgresql", "webhook", 1)],
    indirect=["database_url"],
)
async def test_killed_while_files_are_fetched(
    database_url: str, way: str, kills: int, api: BotApi, tmp_path: Path
) -> None:
    port, account = str(free_port()), api.account(APPLICANTS)
    public = {"PUBLIC_URL": f"http://127.0.0.1:{port}"} if way == "webhook" else {}
    program = Program(tmp_path, **settings(api, PORT=port, DATABASE_URL=database_url, **public))
    await asyncio.to_thread(program.start)
    phone = Phone(account, 501, "en")
    try:
        await phone.walk("papers")
        await phone.send_photo(png(0))
        await patiently(phone)
        account.door.clear()
        names = [f"photo-{await phone.send_photo(png(number))}." for number in range(1, 3)]
        await phone.tap(english("Continue"))
        for _kill in range(kills):
            await happens(lambda: account.fetching and not account.updates, 40)
            program.kill()
            await happens(lambda: not account.fetching)
            await asyncio.to_thread(program.start)
        account.door.set()
        async with asyncio.timeout(40):
            while phone.question != "democratic":
                await asyncio.sleep(0.05)
        said = "\n".join(shown(message) for message in account.shown[phone.id])
        assert all(f"• {name}" in said for name in names)
        assert say(SORRY, "en") not in said
    finally:
        account.door.set()
        assert await asyncio.to_thread(program.stop) == 0
