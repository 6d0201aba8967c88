"""Papers on their way to a phone: they wait their turn, they go out of the file that a child made, and one that ends its child is said and left alone."""

import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from tempfile import TemporaryFile

import pytest
from aiohttp import web

from bot.documents.spawn import ChildLimits
from bot.telegram.bot import TelegramBot
from bot.worker.outcome import Wait
from dialogs.language.replies import Export
from dialogs.language.words import Words
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.house import compose
from tests.telegram.applicants import sent
from tests.telegram.stage import Stage, bots_of, on_telegram

TOO_LITTLE = ChildLimits(memory=30_000_000, processor=20, seconds=40)
BIG = 45_000_000
MOST = 5_000_000


async def person_of(stage: Stage, chat: int) -> int:
    async with stage.parts.database.read() as connection:
        found = await connection.exec_driver_sql(f"SELECT person_id FROM addresses WHERE address = '{chat}'")
        return int(found.scalar_one())


async def failed(stage: Stage) -> list[tuple[str, int, str]]:
    async with stage.parts.database.read() as connection:
        found = await connection.exec_driver_sql("SELECT state, attempts, trouble FROM outbox WHERE state = 'failed'")
        return [(row.state, row.attempts, row.trouble.split()[0]) for row in found]


async def test_who_has_one_under_way_waits_and_it_is_no_failure(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("mixed_group")
    person = await person_of(stage, sara.id)
    to = Address("telegram", str(sara.id))
    post = Post(1, to, person, Export((Words("All."),)), "en", "", 1, datetime.now(UTC))
    async with stage.parts.turns.papers.own(person) as file:
        assert file
        assert await stage.applicants.carry(post) == Wait(5)
    assert not isinstance(await stage.applicants.carry(post), Wait)


@pytest.mark.house(child=TOO_LITTLE)
async def test_what_ends_its_child_is_said_and_not_tried_again(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("mixed_group")
    await sara.say("/export")
    said = await sara.read()
    assert "This could not be made" in said
    assert "mailbox@example.se" in said
    assert await failed(stage) == [("failed", 1, "not")]
    assert await stage.delivery.once() == 0
    await sara.say("hello")
    assert await sara.read()


@pytest.mark.house(child=TOO_LITTLE)
async def test_a_contact_person_is_told_when_there_is_no_package(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    await sent(stage)
    await karin.read()
    async with stage.parts.database.read() as connection:
        case = (await connection.exec_driver_sql("SELECT id FROM cases")).scalar_one()
    karin.press(f"package:{case}", 1)
    assert "This could not be made" in await karin.read()
    assert ("failed", 1, "not") in await failed(stage)


@pytest.fixture(params=["telegram", "telegram_staff"])
async def bot(
    request: pytest.FixtureRequest, sqlite_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[TelegramBot]:
    """A bot whose Telegram counts what comes, and keeps none of it."""

    async def taking(asked: web.Request) -> web.Response:
        size = 0
        async for chunk in asked.content.iter_chunked(64 * 1024):
            size += len(chunk)
        return web.json_response({"ok": True, "result": size})

    application = web.Application()
    application.add_routes([web.post("/bot{token}/{method}", taking)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    counting = f"http://127.0.0.1:{runner.addresses[0][1]}"
    parts = compose(sqlite_url, tmp_path_factory.mktemp("parts"), **on_telegram(counting))
    bots = bots_of(parts.program)
    yield bots[request.param]
    for one in bots.values():
        await one.close()
    await parts.close()
    await runner.cleanup()


async def test_a_large_file_is_sent_out_of_the_file(bot: TelegramBot) -> None:
    with TemporaryFile() as file:
        file.truncate(BIG)
        tracemalloc.start()
        try:
            size = await bot.call({"method": "sendDocument", "chat_id": 1, "document": ("large.zip", file)}, 40)
            assert tracemalloc.get_traced_memory()[1] < MOST
        finally:
            tracemalloc.stop()
    assert BIG < size < BIG + 2000
