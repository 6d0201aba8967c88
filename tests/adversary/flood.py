"""How long somebody quiet waits while somebody else floods, over the webhook: `python -m tests.adversary.flood [seconds] [updates a second]`.

The program, the flood and the quiet person share this process, so that the times are longer than on a server.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.main.process import reached
from bot.telegram.webhook import SECRET as SECRET_HEADER
from storage.migrations import migrate
from tests.house import SEAL, compose
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, on_telegram

NUMBERS = count(1)
FLOODER, QUIET = 666, 501
STRANGERS = (667, 668)
EVERY = 0.25
"""Seconds between two messages of the quiet person."""


def said(chat: int, **more: Any) -> dict[str, Any]:
    """An update with a text, or with whatever more is in the message."""
    id = next(NUMBERS)
    sender = {"id": chat, "is_bot": False, "first_name": "x", "language_code": "en"}
    message = {
        "message_id": id,
        "date": id,
        "chat": {"id": chat, "type": "private"},
        "from": sender,
        **(more or {"text": f"text {id}"}),
    }
    return {"update_id": id, "message": message}


async def waits(client: ClientSession, url: str, chat: int, **more: Any) -> float:
    """Milliseconds until an update is confirmed, which is until its turn is committed."""
    began = time.perf_counter()
    async with client.post(url, json=said(chat, **more)) as answer:
        assert answer.status == 200
    return (time.perf_counter() - began) * 1000


async def quiet(client: ClientSession, url: str, seconds: float) -> list[float]:
    until, found = time.monotonic() + seconds, []
    while time.monotonic() < until:
        found.append(await waits(client, url, QUIET))
        await asyncio.sleep(EVERY)
    return found


async def flood(client: ClientSession, url: str, rate: float, chats: tuple[int, ...], **more: Any) -> None:
    """Without waiting for answers."""
    under_way: set[asyncio.Task[float]] = set()
    for number in count():
        task = asyncio.create_task(waits(client, url, chats[number % len(chats)], **more))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        await asyncio.sleep(1 / rate)


def row(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    return f"| {name} | {len(times)} | {statistics.median(times):.1f} | {ordered[int(len(ordered) * 0.99)]:.1f} |"


async def main(seconds: float = 20, rate: float = 200) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/flood.sqlite3"
        api = BotApi()
        await api.start()
        parts = compose(url, Path(folder), **on_telegram(api.url))
        await migrate(parts.database, SEAL)
        stage = Stage(api, parts)
        server = TestServer(reached(parts.program, stage.connected, parts.program.health()))
        await server.start_server(access_log=None)
        hook = str(server.make_url("/telegram/applicants"))
        async with ClientSession(headers={SECRET_HEADER: parts.keys.derive("webhook:applicants")}) as client:
            alone = await quiet(client, hook, seconds)
            flooding = asyncio.create_task(flood(client, hook, rate, (FLOODER,)))
            beside = await quiet(client, hook, seconds)
            flooding.cancel()
            file = {"file_id": "plan", "file_name": "plan.pdf", "file_size": 20_000_000}
            flooding = asyncio.create_task(flood(client, hook, rate, STRANGERS, document=file))
            files = await quiet(client, hook, seconds)
            flooding.cancel()
            print("| a quiet person | messages | p50 ms | p99 ms |\n| --- | --- | --- | --- |")
            print(row("alone", alone))
            print(row(f"beside {rate:.0f} updates a second of one other", beside))
            print(row(f"beside {rate:.0f} files a second from two strangers", files))
            print(f"Files that were fetched for them: {len(stage.applicants_account.called('getFile'))}")
            await asyncio.sleep(1)
        await server.close()
        await stage.close()
        await parts.close()
        await api.stop()


if __name__ == "__main__":
    asyncio.run(main(*(float(one) for one in sys.argv[1:])))
