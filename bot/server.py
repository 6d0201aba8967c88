"""The parts of the running program, and the order in which they start and stop."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from aiohttp import web

from bot.settings import Settings

log = logging.getLogger(__name__)
DRAIN = 20
"""Seconds that requests and tasks under way get to finish after SIGTERM."""


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
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=DRAIN)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, settings.host, settings.port)
    await site.start()
    port = runner.addresses[0][1]
    return settings.public_url or f"http://localhost:{port}"


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=DRAIN) if tasks else None
