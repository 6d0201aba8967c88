"""GET /metrics for machines that watch this process, beside /healthz and /readyz, on an internal port of its own."""

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.main.health import Health
from bot.operations import metrics
from bot.operations.logs import numbered
from bot.operations.loops import pause
from bot.worker.outcome import Carrier, Outcome
from storage.database.database import Database
from storage.database.measured import pool, timed
from storage.outbox.outbox import Post

BEAT = 0.5
"""Seconds between two looks at how late the event loop is."""


def application(health: Health) -> web.Application:
    """The application for METRICS_PORT; a worker has it as well."""

    async def scrape(_request: web.Request) -> web.Response:
        """GET /metrics."""
        found = await health.found()
        return web.Response(body=metrics.text(found.outbox), headers={"Content-Type": CONTENT_TYPE_LATEST})

    made = web.Application()
    made.add_routes(
        [web.get("/metrics", scrape), web.get("/healthz", health.alive_explained), web.get("/readyz", health.explained)]
    )
    return made


def measure(database: Database) -> None:
    """From now on the metrics cover the database's statements and connections."""
    timed(database, metrics.DATABASE_SECONDS.observe)
    metrics.POOL_IN_USE.set_function(lambda: pool(database).in_use)
    metrics.POOL_SIZE.set_function(lambda: pool(database).size)


class CountedCarrier:
    """A carrier whose outcomes are counted, and whose log lines for one post carry one number."""

    def __init__(self, channel: str, carrier: Carrier) -> None:
        self.channel, self.carrier = channel, carrier

    @numbered
    async def carry(self, post: Post) -> Outcome:
        """Let the carrier send the post, and count the outcome."""
        outcome = "bug"
        try:
            went = await self.carrier.carry(post)
            outcome = type(went).__name__.lower()
        finally:
            metrics.delivered(self.channel, outcome)
        return went


async def lag() -> None:
    """Measure how late the event loop's timers fire, until cancelled."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + BEAT
        await pause(BEAT)
        metrics.LOOP_LAG.observe(max(0.0, clock() - due))
