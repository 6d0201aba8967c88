"""Sends a paper to a browser, from the disk, a chunk at a time."""

import asyncio
from contextlib import suppress
from typing import BinaryIO

from aiohttp import web

PATIENCE = 10
"""Seconds that a browser waits while other people's papers are made, before it is told to try again later."""
CHUNK = 64 * 1024
"""Bytes held in memory at a time."""
LEAST = 50_000
"""Bytes a second that a reader has to take on average: a slower one keeps the space from others."""
SLOWEST = 30
"""Seconds for one chunk: a reader who takes longer has gone, or keeps a file open on purpose."""


async def download(request: web.Request, file: BinaryIO, name: str, mime: str) -> web.StreamResponse:
    """Send a file, from its current position to its end, to be saved under `name`. If the reader goes away half-way, the connection is cut."""
    response = web.StreamResponse(headers={"Content-Disposition": f'attachment; filename="{name}"'})
    response.content_type = mime
    response.content_length = await asyncio.to_thread(_left, file)
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    with suppress(ConnectionError):
        try:
            async with asyncio.timeout(SLOWEST + response.content_length / LEAST):
                while chunk := await asyncio.to_thread(file.read, CHUNK):
                    async with asyncio.timeout(SLOWEST):
                        await response.write(chunk)
                await response.write_eof()
        except TimeoutError:
            if request.transport:
                request.transport.abort()
    return response


def _left(file: BinaryIO) -> int:
    here = file.tell()
    size = file.seek(0, 2) - here
    file.seek(here)
    return size
