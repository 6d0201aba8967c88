"""The private link: the way back to a chat from another device. Opening it shows a button; only pressing it makes a session. A link is shown once."""

from http import HTTPStatus

from aiohttp import web

from bot.web.chat.chat import locale_of
from bot.web.http.answers import page, see
from bot.web.http.cookies import TOKEN, here, keep_chat, standing_of, standing_of_person, token_in
from bot.web.http.guards import too_fast
from bot.web.http.site import remote, site_of
from dialogs.applicants.rooms import name_of
from dialogs.applicants.where import Standing
from dialogs.language.words import Listing, Words, _


async def show(request: web.Request) -> web.Response:
    """GET /link: what a private link is, and a button that makes one; redirects to the chat when there is nothing to come back to."""
    return await _page(request, "link")


async def make(request: web.Request) -> web.Response:
    """POST /link: the page with a new link, which stands nowhere else: only its hash is stored."""
    return await _page(request, "link", make=True)


async def leaving(request: web.Request, make: bool = False) -> web.Response:
    """The page before leaving a computer, with the link first; `make` shows a new one."""
    return await _page(request, "leave", make=make)


async def _page(request: web.Request, name: str, make: bool = False) -> web.Response:
    there, standing = await here(request), await standing_of(request)
    if there is None or standing is None:
        return see("/")
    if make and (wait := site_of(request).rate_limit.wait(str(there.person))):
        return await too_fast(request, wait, standing.locale)
    sessions = site_of(request).turns.sessions
    token = await sessions.link(there) if make else None
    doors = await sessions.doors(there.person, there.session)
    link = address(request, token) if token else ""
    return page(request, name, standing.locale, link=link, doors=doors, many=make and not token)


def address(request: web.Request, token: str) -> str:
    """What somebody opens to come back."""
    return f"{site_of(request).settings.public_url or f'{request.scheme}://{request.host}'}/back/{token}"


async def door(request: web.Request) -> web.Response:
    """GET /back/<token>: a page with one button. It lets nobody in, because previews and prefetching open links, too.

    It says whose chat would be open only where another one is: no preview has that one's cookie.
    """
    there = await here(request)
    person = await site_of(request).turns.sessions.leads(_token(request)) if there else None
    same = there is not None and person == there.person
    mine = await standing_of(request) if there and not same else None
    theirs = await standing_of_person(request, person) if mine and person else None
    return await _door(request, same=same, mine=mine, theirs=theirs)


async def _door(
    request: web.Request,
    status: int = HTTPStatus.OK,
    *,
    same: bool = False,
    mine: Standing | None = None,
    theirs: Standing | None = None,
) -> web.Response:
    return page(
        request,
        "back",
        await locale_of(request),
        status=status,
        stale=status == HTTPStatus.NOT_FOUND,
        same=same,
        mine=_whose(mine) if mine else None,
        theirs=_whose(theirs) if theirs else None,
    )


async def enter(request: web.Request) -> web.Response:
    """POST /back/<token>: the browser gets a session of its own. 404 when the token is nobody's, or was ended."""
    site, token, there = site_of(request), _token(request), await here(request)
    if site.doors.wait(remote(request)):
        raise web.HTTPTooManyRequests
    if there and await site.turns.sessions.leads(token) == there.person:
        return see("/")
    session = await site.turns.sessions.enter(token, there)
    if session is None:
        return await _door(request, HTTPStatus.NOT_FOUND, mine=await standing_of(request))
    response = see("/")
    keep_chat(request, response, session)
    return response


def _token(request: web.Request) -> str:
    token = token_in(request)
    return token if TOKEN.fullmatch(token) else ""


def _whose(standing: Standing) -> Words:
    """Whose chat it is, by what is in it."""
    drafts = [name_of(one) for one in standing.open]
    sent = [one.reference for one in standing.sent]
    return (
        _("the chat with {what}", what=Listing((*drafts, *sent)))
        if drafts or sent
        else _("a chat in which nothing is written yet")
    )
