"""The parts of the running program, and the order in which they start and stop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.settings import Settings

log = logging.getLogger(__name__)
DRAIN = 20
"""Seconds that requests and tasks under way get to finish after SIGTERM."""


class UnderWay:
    """The requests that are being answered. aiohttp's own shutdown lets a handler end, but reads no more of a form that is still arriving."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def watch(self, application: web.Application) -> None:
        """Count every request of the application, from before its first middleware on."""
        application.middlewares.insert(0, self._counted)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._count += 1
        self._none.clear()
        try:
            return await handler(request)
        finally:
            self._count -= 1
            if not self._count:
                self._none.set()

    async def ended(self) -> None:
        """Wait until none is left, DRAIN seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await self._none.wait()


@dataclass
class Parts:
    """What runs in one process: forever-running tasks by name, the web application if any, and what is closed last."""

    loops: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    application: web.Application | None = None
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    ready: Callable[[str], None] = lambda _address: None


async def run(parts: Parts, settings: Settings) -> None:
    """Start everything, wait for SIGTERM or SIGINT, stop in the opposite order: no new requests, then the loops, then connections."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        for close in parts.closing:
            stack.push_async_callback(close)
        tasks = [asyncio.create_task(_named(name, run_it, stop), name=name) for name, run_it in parts.loops.items()]
        stack.push_async_callback(_stop, tasks)
        # What is there by now stays: it need not be looked through again and again for what has gone.
        gc.collect()
        gc.freeze()
        if parts.application:
            parts.ready(await _listen(stack, parts.application, settings))
        await stop.wait()
        log.info("stopping")


async def _named(name: str, run_it: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """A loop that ends by itself ends the program: a process manager starts it again."""
    try:
        await run_it()
    except asyncio.CancelledError:
        raise
    except Exception as error:
        log.exception("%s ended: %s", name, type(error).__name__)
    stop.set()


async def _listen(stack: AsyncExitStack, application: web.Application, settings: Settings) -> str:
    under_way = UnderWay()
    under_way.watch(application)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, settings.host, settings.port)
    await site.start()
    stack.push_async_callback(under_way.ended)
    stack.push_async_callback(site.stop)
    port = runner.addresses[0][1]
    return settings.public_url or f"http://localhost:{port}"


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=DRAIN)
