"""The running program forgets: what one person planted on the web and another on Telegram is, after "Delete everything about me", nowhere."""

import asyncio
import io
import re
import zipfile
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.answers import went_on
from tests.keys import english
from tests.ports import free_port
from tests.postgres import Postgres
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.process.program import Program
from tests.process.telegram import APPLICANTS, patiently, settings
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone
from tests.web.page import Page

WEB = {
    "name": "Zebrafia Webbplanterad",
    "phone": "040-7654321",
    "answer": "Zebrafinkar vid webbtorget",
    "file": "zebrawebb",
}
BOT = {
    "answer": "Zebrafinkar i telegramparken",
    "place": "Telegramplanterade torget",
    "file": "zebratele",
    "id": "5150515051",
}
"""What each of them plants. The phone number is told apart by its digits."""
HIDDEN = "content that only this person's file has, "


def pdf(mark: str) -> bytes:
    """A file that says `mark` as it lies on the disk."""
    return b"%PDF-1.4\n" + f"{HIDDEN}{mark} ".encode() * 40 + b"\n%%EOF\n"


def planted() -> list[str]:
    """Everything to look for."""
    digits = ["7654321", "407654321"]
    return [*WEB.values(), *BOT.values(), *digits, HIDDEN + "zebrawebb", HIDDEN + "zebratele"]


def found_in(content: bytes) -> set[str]:
    """What of it stands in these bytes."""
    return {one for one in planted() if one.encode() in content}


def writes_on_the_web(visitor: BlockingVisitor) -> Page:
    """A whole application with planted answers, up to the review."""
    page = visitor.press(visitor.see(), "accept")
    while page.question:
        asked = page.question
        if asked == "papers":
            page = visitor.press(page, "add", files=((f"{WEB['file']}.pdf", pdf("zebrawebb")),))
            assert WEB["file"] in page.text or page.question != asked, page.text
            if page.question == asked:
                page = visitor.press(page, "done")
            continue
        for act, usual in STEPS[asked]:
            filled: dict[str, str | list[str]] = (
                {"name": WEB["name"], "phone": WEB["phone"]} if asked == "contact" else usual
            )
            page = visitor.press(page, act, {**filled, "text": WEB["answer"]} if "text" in filled else filled)
        went_on(asked, page.question, page.text)
    return page


async def writes_on_telegram(phone: Phone) -> None:
    """Up to the papers, with a file among them."""
    await phone.walk("proposal")
    await phone.say(BOT["answer"])
    await patiently(phone)
    await phone.walk("papers")
    await phone.send_file(f"{BOT['file']}.pdf", pdf("zebratele"), "application/pdf")
    await patiently(phone)


async def bytes_of(url: str, folder: Path) -> bytes:
    """Every byte of the folder: database, its log, files, program's log. And every row of every table, as text, when there is a server."""
    content = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    if url:
        connection = await asyncpg.connect(url)
        names = [
            row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for name in names:
            content += "\n".join(
                str(row[0]) for row in await connection.fetch(f'SELECT t::text FROM "{name}" t')
            ).encode()
        await connection.close()
    return content


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_nothing_is_left_anywhere(kind: str, api: BotApi, tmp_path: Path, postgres: Postgres) -> None:
    url = await asyncio.to_thread(postgres.fresh) if kind == "postgresql" else ""
    metrics = str(free_port())
    more = {"METRICS_PORT": metrics, "LOG_LEVEL": "DEBUG"} | ({"DATABASE_URL": url} if url else {})
    program = Program(tmp_path, **settings(api, **more))
    await asyncio.to_thread(program.start)
    visitor = BlockingVisitor(program.url)
    try:
        await asyncio.to_thread(writes_on_the_web, visitor)
        phone = Phone(api.account(APPLICANTS), int(BOT["id"]), "en")
        await writes_on_telegram(phone)
        there = found_in(await bytes_of(url, tmp_path))
        assert {
            WEB["name"],
            WEB["answer"],
            BOT["answer"],
            BOT["id"],
            HIDDEN + "zebrawebb",
            HIDDEN + "zebratele",
        } <= there
        page = await asyncio.to_thread(visitor.see, "/my-data")
        assert WEB["name"] in page.text
        packed = zipfile.ZipFile(io.BytesIO(await asyncio.to_thread(visitor.get, "/export")))
        assert WEB["answer"].encode() in packed.read("my-data.html")

        confirm = await asyncio.to_thread(visitor.press, page, "forget")
        last = await asyncio.to_thread(visitor.press, confirm, "forget2")
        assert not re.search("Zebra", last.text)
        await phone.say("/forget")
        await patiently(phone)
        await phone.tap("forget2")
        await phone.expect(english("All your drafts are deleted. Nothing of them is left with us."))
        numbers = (await asyncio.to_thread(httpx.get, f"http://127.0.0.1:{metrics}/metrics")).text
        assert found_in(numbers.encode()) == set()
    finally:
        await asyncio.to_thread(program.stop)
        visitor.close()
    assert found_in(program.log.encode()) == set()
    assert found_in(await bytes_of(url, tmp_path)) == set()
