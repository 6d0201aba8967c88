"""Static files: read and compressed once, then sent from memory."""

import gzip
from functools import cache
from mimetypes import guess_type

from aiohttp import web

from bot.web.http.answers import takes_gzip
from bot.web.pages.pages import STATIC


@cache
def files() -> dict[str, tuple[str, bytes, bytes]]:
    """Each file by name: its type, its bytes, and its bytes compressed."""
    return {
        file.name: (guess_type(file.name)[0] or "application/octet-stream", content, gzip.compress(content, 9, mtime=0))
        for file in STATIC.iterdir()
        if (content := file.read_bytes())
    }


async def send(request: web.Request) -> web.Response:
    """GET /static/<name>."""
    found = files().get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    type, plain, compressed = found
    headers = {"Content-Type": type, "Vary": "Accept-Encoding"}
    if takes_gzip(request):
        return web.Response(body=compressed, headers=headers | {"Content-Encoding": "gzip"})
    return web.Response(body=plain, headers=headers)
