"""What machines watch this process by: GET /metrics, beside /healthz and /readyz, on a port of its own inside the house."""

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot import metrics
from bot.health import Health

BEAT = 0.5
"""Seconds between two looks at how late the event loop is."""


def application(health: Health) -> web.Application:
    """The application for METRICS_PORT, of a worker as well."""

    async def scrape(_request: web.Request) -> web.Response:
        """GET /metrics."""
        found = await health.found()
        return web.Response(body=metrics.text(found.outbox), headers={"Content-Type": CONTENT_TYPE_LATEST})

    made = web.Application()
    made.add_routes([web.get("/metrics", scrape), web.get("/healthz", health.alive), *health.routes()])
    return made


async def lag() -> None:
    """Measure until cancelled how late the event loop's timers ring."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + BEAT
        await asyncio.sleep(BEAT)
        metrics.LOOP_LAG.observe(max(0.0, clock() - due))
