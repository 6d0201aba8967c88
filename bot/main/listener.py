"""Where connections come in. Law: a stranger learns nothing about what runs here, not even where the web server answers before our code runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from http import HTTPStatus
from typing import Any, NoReturn, cast

from aiohttp import hdrs, web

from bot.operations import metrics

log = logging.getLogger(__name__)
IDLE = 75
"""Seconds that an idle connection is kept open."""
WAITING = 128
"""Connections that the system holds until we accept them."""
HEADERS = (
    "Content-Type: text/plain; charset=utf-8",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Cache-Control: no-store",
    "Connection: close",
)
"""The headers of an answer that none of our applications gives."""


class Connection(web.RequestHandler):
    """An aiohttp connection that answers in our words where aiohttp would name itself and quote its parser."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> NoReturn:
        """Answer what could not be parsed (400), or what no application caught (500), and close the connection. Always raises ConnectionError."""
        if self.transport is not None:
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                log.error("a request failed outside of the application: %s", type(exc).__name__)
            metrics.answered(status)
            if not request.writer.output_size:
                self.transport.write(_said(HTTPStatus(status)))
            self.force_close()
        raise ConnectionError


def _said(status: HTTPStatus) -> bytes:
    body = f"{status.phrase}\n"
    head = (f"HTTP/1.1 {status.value} {status.phrase}", *HEADERS, f"Content-Length: {len(body)}")
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


async def _unsigned(_request: web.Request, response: web.StreamResponse) -> None:
    """Remove the name and version of aiohttp and of Python, which aiohttp has written by now."""
    response.headers.popall(hdrs.SERVER, None)


async def listen(
    stack: AsyncExitStack,
    application: web.Application,
    host: str,
    port: int,
    ended: Callable[[], Awaitable[None]] | None = None,
) -> int:
    """Serve until the stack is left: then new connections are refused, `ended` is awaited, and open connections are closed.
    Returns the port, which the system chooses when `port` is 0.
    """
    application.on_response_prepare.append(_unsigned)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    server, loop = (
        cast("web.Server", runner.server),
        asyncio.get_running_loop(),
    )  # it is there once the runner is set up
    kept: dict[str, Any] = {"keepalive_timeout": IDLE, "access_log": None}  # addresses carry tokens
    listening = await loop.create_server(lambda: Connection(server, loop=loop, **kept), host, port, backlog=WAITING)
    if ended:
        stack.push_async_callback(ended)
    stack.callback(listening.close)
    return int(listening.sockets[0].getsockname()[1])
