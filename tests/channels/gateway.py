"""A gateway for text messages: it takes ours, and brings the people's to us with names like SM3f00000001."""

from itertools import count
from typing import Any

from aiohttp import ClientSession, web


class Gateway:
    """Telephones by their numbers, behind a server on loopback. `hook` is where messages are brought, by our number."""

    def __init__(self) -> None:
        self.url, self.hook = "", ""
        self.there: dict[str, list[str]] = {}
        self.gone: set[str] = set()
        """Numbers that are nobody's any more."""
        self._names = (f"SM3f{number:08x}" for number in count(1))
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen."""
        application = web.Application()
        application.add_routes([web.post("/messages", self._take)])
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/messages"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        message = await request.json()
        if message["to"] in self.gone:
            return web.Response(status=410)
        self.there.setdefault(message["to"], []).append(message["text"])
        return web.Response()

    def message(self, number: str, text: str) -> dict[str, Any]:
        """A message that somebody wrote, as it is brought to us."""
        return {"id": next(self._names), "from": number, "text": text}

    async def bring(self, message: dict[str, Any], to: str = "sms") -> int:
        """Bring a message to one of our numbers; the status of our answer."""
        async with ClientSession() as session, session.post(f"{self.hook}/{to}", json=message) as answer:
            return answer.status
