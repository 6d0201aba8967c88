"""Leaving: where a chat is open, ending it there, and leaving this computer with nothing of it left in the browser."""

from aiohttp import web

from bot.web.chat.chat import left, locale_of
from bot.web.chat.private_link import address, leaving
from bot.web.http.answers import page, see
from bot.web.http.cookies import here, standing_of
from bot.web.http.guards import too_fast
from bot.web.http.post import no_files, read
from bot.web.http.site import site_of
from dialogs.language.ids import number_in


async def show(request: web.Request) -> web.Response:
    """GET /sessions: the browsers and chats in which this chat is open. To the chat for whoever has none."""
    return await _page(request)


async def _page(request: web.Request, link: str = "", ended: bool = False) -> web.Response:
    there, standing = await here(request), await standing_of(request)
    if there is None or standing is None:
        return see("/")
    doors = await site_of(request).turns.sessions.doors(there.person, there.session)
    return page(
        request, "sessions", standing.locale, doors=doors, link=link, anew=ended, ended="ended" in request.query
    )


async def end(request: web.Request) -> web.Response:
    """POST /sessions: ends one, or all others; or makes a new link and ends the earlier ones."""
    post, there = await read(request, no_files), await here(request)
    if there is None:
        return see("/")
    if wait := site_of(request).rate_limit.wait(str(there.person)):
        return await too_fast(request, wait, await locale_of(request))
    sessions = site_of(request).turns.sessions
    act, _colon, number = post.act.partition(":")
    if act == "newlink":
        before = await sessions.doors(there.person)
        token = await sessions.link(there, anew=True)
        return await _page(request, address(request, token) if token else "", ended=bool(before.links))
    await sessions.end(there, act, number_in(number))
    return see("/sessions?ended")


async def ask(request: web.Request) -> web.Response:
    """GET /leave: what leaving this computer means, and the link to come back by first."""
    return await leaving(request)


async def leave(request: web.Request) -> web.Response:
    """POST /leave: a new link to come back by; or the session ends, and the browser keeps nothing of it."""
    post, there = await read(request, no_files), await here(request)
    if post.act == "link":
        return await leaving(request, make=True)
    if there is None:
        return left(request, "done")
    sessions = site_of(request).turns.sessions
    back = (await sessions.doors(there.person)).links
    await sessions.leave(there)
    return left(request, "done", "link" if back else "")


async def gone(request: web.Request) -> web.Response:
    """GET /left: what is true now. Our script clears what it kept in the browser's open pages. Where a chat is open nobody has left: to /leave."""
    if await here(request):
        return see("/leave")
    forgotten, sent = "forgotten" in request.query, request.query.get("forgotten") == "sent"
    linked = request.query.get("done") == "link"
    return page(request, "left", await locale_of(request), forgotten=forgotten, sent=sent, linked=linked)
