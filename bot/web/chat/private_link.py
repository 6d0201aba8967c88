"""The private link: the way back to a draft from another device. Opening it shows a button; only pressing it lets anyone in."""

from aiohttp import web

from bot.web.chat.chat import locale_of
from bot.web.http.answers import page, see
from bot.web.http.cookies import CHAT, TOKEN, keep_chat, standing_of, token_in, token_of
from bot.web.http.site import remote, site_of


async def show(request: web.Request) -> web.Response:
    """GET /link: the link, with a warning; redirects to the chat when there is nothing to come back to."""
    site, token = site_of(request), token_of(request, CHAT)
    standing = await standing_of(site, token)
    if standing is None:
        return see("/")
    here = site.settings.public_url or f"{request.scheme}://{request.host}"
    return page(request, "link", standing.locale, link=f"{here}/back/{token}")


async def door(request: web.Request) -> web.Response:
    """GET /back/<token>: a page with one button. It lets nobody in, because previews and prefetching open links, too."""
    site, token = site_of(request), token_in(request)
    there = await standing_of(site, token_of(request, CHAT))
    another = there is not None and token_of(request, CHAT) != token
    return page(request, "back", await locale_of(request), another=another)


async def enter(request: web.Request) -> web.Response:
    """POST /back/<token>: the browser keeps the token from now on. 404 when it is nobody's token."""
    site, token = site_of(request), token_in(request)
    if site.doors.wait(remote(request)):
        raise web.HTTPTooManyRequests
    if not TOKEN.fullmatch(token) or await standing_of(site, token) is None:
        raise web.HTTPNotFound
    response = see("/")
    keep_chat(request, response, token)
    return response
