"""A server that speaks LibreTranslate's interface, for the tests of the reading copy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class LibreTranslate:
    """What was asked, and how it answers: `ways` by the text asked for."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    ways: dict[str, str] = field(default_factory=dict)

    async def translate(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        match self.ways.get(body["q"]):
            case "slow":
                await asyncio.sleep(30)
                return web.json_response({"translatedText": "för sent"})
            case "error":
                return web.json_response({"error": "no such language"}, status=400)
            case "nonsense":
                return web.Response(text="<html>", content_type="text/html")
            case "list":
                return web.json_response(["?"])
            case _:
                return web.json_response({"translatedText": f"[sv] {body['q']}"})


@asynccontextmanager
async def translating() -> AsyncIterator[LibreTranslate]:
    """The server, on a free port."""
    service = LibreTranslate()
    application = web.Application()
    application.add_routes([web.post("/translate", service.translate)])
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield service
    await runner.cleanup()
