"""The receipt as a PDF: for those who write the case, in their own language."""

import math
from http import HTTPStatus

from aiohttp import web

from bot.documents.receipt import receipt_for
from bot.web.cookies import CHAT, standing_of, token_of
from bot.web.guards import trouble
from bot.web.site import site_of


async def download(request: web.Request) -> web.Response:
    """GET /receipt/<reference>.pdf: made now and kept nowhere. 404 for anybody who does not write this case, and when nothing was sent in it."""
    site, token, reference = site_of(request), token_of(request, CHAT), request.match_info["reference"]
    standing = await standing_of(site, token)
    if standing is None:
        raise web.HTTPNotFound
    if wait := site.flood.wait(token):
        return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(math.ceil(wait)), locale=standing.locale)
    turns = site.turns
    content = await receipt_for(turns.database, reference, standing.person, standing.locale, turns.house.mailbox)
    if content is None:
        raise web.HTTPNotFound
    return web.Response(
        body=content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{reference}.pdf"'},
    )
