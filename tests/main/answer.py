"""What a page of health answers."""

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.main import metrics_page
from bot.main.health import Health


async def answer(health: Health, path: str = "/readyz") -> tuple[int, dict[str, object]]:
    """The status of a page, and what it says."""
    async with (
        TestServer(metrics_page.application(health)) as server,
        ClientSession() as session,
        session.get(server.make_url(path)) as response,
    ):
        return response.status, await response.json()
