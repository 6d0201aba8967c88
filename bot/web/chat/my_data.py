"""A person's own data as a page: everything that is stored about the holder of this cookie, for how long, and how to delete it."""

import math
from http import HTTPStatus

from aiohttp import web

from bot.documents.own import own
from bot.web.http.answers import page, see
from bot.web.http.cookies import leave_chat, standing_of
from bot.web.http.download import PATIENCE, download
from bot.web.http.guards import trouble
from bot.web.http.language import negotiated
from bot.web.http.site import site_of


async def show(request: web.Request) -> web.Response:
    """GET /my-data: made on demand and not kept. Nothing is stored about a stranger, and what a browser kept of a chat that is over is deleted."""
    site = site_of(request)
    standing = await standing_of(request)
    if standing is None:
        response = page(request, "my_data", negotiated(request), own=None, unwiped=site.turns.database.unwiped)
        leave_chat(request, response)
        return response
    if wait := site.rate_limit.wait(str(standing.person)):
        return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(math.ceil(wait)), locale=standing.locale)
    return page(request, "my_data", standing.locale, own=await own(site.turns.database, standing), unwiped=False)


async def export(request: web.Request) -> web.StreamResponse:
    """GET /export: everything that is stored about the person, made on demand and not kept."""
    site = site_of(request)
    standing = await standing_of(request)
    if standing is None:
        return see("/")
    if wait := site.rate_limit.wait(str(standing.person)):
        return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(math.ceil(wait)), locale=standing.locale)
    async with site.turns.papers.own(standing.person, PATIENCE) as file:
        if file is None:
            raise web.HTTPNotFound
        return await download(request, file, "samverkansguiden.zip", "application/zip")
