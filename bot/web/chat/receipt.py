"""The receipt as a PDF: for those who write the case, in their own language."""

import math
from http import HTTPStatus

from aiohttp import web

from bot.web.http.cookies import standing_of
from bot.web.http.download import PATIENCE, download
from bot.web.http.guards import trouble
from bot.web.http.site import site_of


async def send(request: web.Request) -> web.StreamResponse:
    """GET /receipt/<reference>.pdf: made on demand and not kept. 404 for anybody who does not write this case, and when nothing was sent in it."""
    site, reference = site_of(request), request.match_info["reference"]
    standing = await standing_of(request)
    if standing is None:
        raise web.HTTPNotFound
    if wait := site.rate_limit.wait(str(standing.person)):
        return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(math.ceil(wait)), locale=standing.locale)
    async with site.turns.papers.receipt(standing.person, reference, standing.locale, PATIENCE) as file:
        if file is None:
            raise web.HTTPNotFound
        return await download(request, file, f"{reference}.pdf", "application/pdf")
