"""What a stranger hears of the software: nothing, whatever is asked, and whoever answers."""

import asyncio
import logging
import platform
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path

import pytest
from aiohttp import web

from bot.main.listener import listen
from bot.main.process import reached
from tests.house import compose

BROKEN = {
    "no request": b"nonsense planted\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a bad header": b"GET / HTTP/1.1\r\nHost: x\r\nplanted\r\n\r\n",
    "a bad length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: planted\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "a version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a long line": b"GET /" + b"planted" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"planted" * 9000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: planted\r\n" * 9000 + b"\r\n",
    "after a good one": b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nnonsense planted\r\n\r\n",
}
"""What aiohttp's parser refuses, before any application is asked."""
ASKED = (
    "GET /",
    "GET /queue",
    "GET /nothing",
    "GET /static/style.css",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "POST /",
    "POST /queue",
    "POST /telegram/applicants",
    "PUT /",
    "TRACE /",
    "OPTIONS *",
    "GET /%00",
    "GET //",
)


@pytest.fixture
async def port(sqlite_url: str, tmp_path: Path) -> AsyncIterator[int]:
    """Where people reach the program, as it is put together when it runs."""
    parts = compose(sqlite_url, tmp_path, mails=False)
    made = reached(parts.program, {}, parts.program.health())
    made.add_routes([web.get("/falls", falls)])
    made.middlewares.insert(0, outermost)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(parts.close)
        yield await listen(stack, made, "127.0.0.1", 0)


async def falls(_request: web.Request) -> web.Response:
    """A page that nobody has thought of."""
    raise NotImplementedError


@web.middleware
async def outermost(request: web.Request, handler: object) -> web.StreamResponse:
    """Something of ours that fails outside of everything that catches."""
    if request.path == "/falls":
        raise ZeroDivisionError("planted")
    assert callable(handler)
    response: web.StreamResponse = await handler(request)
    return response


async def said(port: int, request: bytes) -> bytes:
    """Everything that comes back until the line is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    return answer


def tells_nothing(answer: bytes) -> None:
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nserver:" not in head
    assert b"x-powered-by" not in head
    for one in (b"aiohttp", b"python", version("aiohttp").encode(), platform.python_version().encode(), b"traceback"):
        assert one not in answer.lower(), answer[:400]


@pytest.mark.parametrize("what", BROKEN)
async def test_what_the_parser_refuses_is_answered_in_our_own_words(
    port: int, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await said(port, BROKEN[what])
    tells_nothing(answer)
    last = answer[answer.rindex(b"HTTP/1.1 ") :]
    assert last.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert last.endswith(b"\r\n\r\nBad Request\n")
    for one in (b"nosniff", b"Content-Security-Policy: default-src 'none'", b"no-store", b"Connection: close"):
        assert one in last
    assert b"planted" not in answer
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING], "and fills no log"


@pytest.mark.parametrize("what", ASKED)
async def test_no_answer_names_the_software(port: int, what: str) -> None:
    for header in ("X: y", "Expect: planted", "Upgrade: websocket", "Accept: text/html"):
        answer = await said(
            port, f"{what} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n{header}\r\n\r\n".encode()
        )
        tells_nothing(answer)
        assert answer.startswith(b"HTTP/1.1 ")


async def test_what_nobody_caught_is_answered_without_its_text(port: int, caplog: pytest.LogCaptureFixture) -> None:
    answer = await said(port, b"GET /falls HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n")
    tells_nothing(answer)
    assert answer.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert b"planted" not in answer
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "a request failed outside of the application: ZeroDivisionError"
    ]
