"""Starts and stops the parts of the running program, in order."""

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.main.health import Health
from bot.main.listener import listen
from bot.operations import metrics
from bot.operations.logs import act, uncaught_in_loop
from bot.operations.loops import Loop, Work
from bot.settings.settings import Settings

log = logging.getLogger(__name__)
DRAIN = 20
"""Seconds that requests and tasks in progress get to finish after SIGTERM."""


class UnderWay:
    """The requests in progress. aiohttp's own shutdown lets a handler finish, but stops reading a form that is still arriving."""

    def __init__(self, health: Health | None = None) -> None:
        self._health = health
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def watch(self, application: web.Application) -> None:
        """Count every request of the application, starting before its first middleware."""
        application.middlewares.insert(0, self._counted)
        application.on_response_prepare.append(self._last)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._count += 1
        metrics.UNDER_WAY.set(self._count)
        self._none.clear()
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value
        try:
            with act():
                response = await handler(request)
            status = response.status
        except web.HTTPException as answer:
            status = answer.status
            raise
        else:
            return response
        finally:
            metrics.answered(status)
            self._count -= 1
            metrics.UNDER_WAY.set(self._count)
            if not self._count:
                self._none.set()

    async def _last(self, _request: web.Request, response: web.StreamResponse) -> None:
        """During shutdown, let a connection carry no second request: it would be cut off."""
        if self._health and self._health.draining:
            response.force_close()
            response.headers["Connection"] = "close"  # aiohttp has written its own by now

    async def ended(self) -> None:
        """Wait until no request is left, DRAIN seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await self._none.wait()


@dataclass
class Parts:
    """What runs in one process: endless loops by name, the web application if any, and what is closed last."""

    loops: dict[str, Work] = field(default_factory=dict)
    application: web.Application | None = None
    metrics: web.Application | None = None
    """A second application, on an internal port, for monitoring."""
    health: Health | None = None
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    ready: Callable[[str], None] = lambda _address: None


async def run(parts: Parts, settings: Settings) -> None:
    """Start everything, wait for SIGTERM or SIGINT, stop in the opposite order: no new requests, then the loops, then connections.

    After SIGTERM /readyz says 503 for `drain_seconds` before anything ends, so that a load balancer sends the next request elsewhere.
    Loops that end or get stuck are restarted (bot/operations/loops.py). If one cannot even be cancelled, the process exits with status 1 within DRAIN seconds.
    """
    stop, drain = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(uncaught_in_loop)
    loop.add_signal_handler(signal.SIGINT, stop.set)
    loop.add_signal_handler(signal.SIGTERM, drain.set)
    async with AsyncExitStack() as stack:
        for close in parts.closing:
            stack.push_async_callback(close)
        if parts.metrics and settings.metrics_port:
            await listen(stack, parts.metrics, settings.metrics_host, settings.metrics_port)
        loops = [Loop(name, work) for name, work in parts.loops.items()]
        if parts.health:
            parts.health.watch(loops)
        tasks = [asyncio.create_task(one.keep(), name=f"the watch over {one.name}") for one in loops]
        for task in tasks:
            task.add_done_callback(lambda _task: stop.set())
        stack.push_async_callback(_stop, tasks)
        # Objects that exist by now live as long as the process: the collector need not look through them again and again.
        gc.collect()
        gc.freeze()
        if parts.application:
            under_way = UnderWay(parts.health)
            under_way.watch(parts.application)
            port = await listen(stack, parts.application, settings.host, settings.port, under_way.ended)
            parts.ready(settings.public_url or f"http://localhost:{port}")
        await _told(stop, drain)
        if fallen := any(task.done() for task in tasks):
            _for_certain()
        log.info("stopping")
        if parts.health:
            parts.health.drain()
        if drain.is_set() and parts.application:
            await asyncio.sleep(settings.drain_seconds)
    if fallen:
        sys.exit(1)


async def _told(*stops: asyncio.Event) -> None:
    """Wait until one of these is set."""
    waiting = [asyncio.ensure_future(one.wait()) for one in stops]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()


def _for_certain() -> None:
    """End the process after DRAIN seconds whatever still hangs: its process manager starts it again."""
    last = threading.Timer(DRAIN, os._exit, (1,))
    last.daemon = True
    last.start()


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=DRAIN)
