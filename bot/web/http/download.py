"""A paper on its way to a browser: from the disk, a little at a time."""

import asyncio
from contextlib import suppress
from typing import BinaryIO

from aiohttp import web

PATIENCE = 10
"""Seconds that a browser waits for others' papers to be made before it is told to come again."""
CHUNK = 64 * 1024
"""Bytes that are held at a time."""
LEAST = 50_000
"""Bytes a second that a reader takes on average; whoever takes less keeps the room from others."""
SLOWEST = 30
"""Seconds for one of them; whoever takes longer has gone, or keeps a file open on purpose."""


async def download(request: web.Request, file: BinaryIO, name: str, mime: str) -> web.StreamResponse:
    """Send a file, from where it stands to its end, to be saved under this name. Who goes away in the middle gets a cut connection and no more."""
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
