"""Signing in to the queue, by a one-time link. Opening the link uses nothing up: only pressing the button does."""

from aiohttp import web

from bot.turns import sign_in
from bot.web.http.answers import page, see
from bot.web.http.cookies import DESK, keep_desk, leave_desk, token_in, token_of
from bot.web.http.language import negotiated
from bot.web.http.site import remote, site_of


async def door(request: web.Request) -> web.Response:
    """GET /sign-in/<token>: a page with one button, which does not reveal whether the link is valid."""
    return page(request, "sign_in", negotiated(request), stale=False)


async def enter(request: web.Request) -> web.Response:
    """POST /sign-in/<token>: the link is used up, and the browser keeps a session."""
    site = site_of(request)
    if site.doors.wait(remote(request)):
        raise web.HTTPTooManyRequests
    session = await sign_in.sign_in(site.turns.database, site.keys, token_in(request), site.clock.now())
    if session is None:
        return page(request, "sign_in", negotiated(request), status=404, stale=True)
    response = see("/queue")
    keep_desk(request, response, session)
    return response


async def leave(request: web.Request) -> web.Response:
    """POST /queue/sign-out: the session ends here and in the database."""
    site = site_of(request)
    if session := token_of(request, DESK):
        await sign_in.sign_out(site.turns.database, site.keys, session, site.clock.now())
    response = see("/queue")
    leave_desk(request, response)
    return response
