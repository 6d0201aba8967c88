"""The link in a letter by which the reader of an e-mail address confirms it. Opening the link does nothing: only pressing the button does."""

from http import HTTPStatus

from aiohttp import web

from bot.web.chat.chat import locale_of
from bot.web.http.answers import page
from bot.web.http.cookies import TOKEN
from bot.web.http.site import remote, site_of


async def door(request: web.Request) -> web.Response:
    """GET /confirm/<token>: what this is, and one button; the page does not reveal whether the link is valid."""
    return page(request, "confirm", await locale_of(request), state="asked")


async def enter(request: web.Request) -> web.Response:
    """POST /confirm/<token>: from now on letters to that address carry their full content. 404 for an invalid link."""
    site, token = site_of(request), request.match_info["token"]
    if site.doors.wait(remote(request)):
        raise web.HTTPTooManyRequests
    done = bool(TOKEN.fullmatch(token)) and await site.turns.confirm(token)
    status = HTTPStatus.OK if done else HTTPStatus.NOT_FOUND
    return page(request, "confirm", await locale_of(request), status=status, state="done" if done else "stale")
