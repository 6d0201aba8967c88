"""An invitation into a case that the city started. Opening the link uses nothing up: only pressing the button does."""

from http import HTTPStatus

from aiohttp import web

from bot.turns.origin import Origin
from bot.web.chat.chat import locale_of
from bot.web.http.answers import page, see
from bot.web.http.cookies import TOKEN, address_of, here, keep_chat, token_in, works_here
from bot.web.http.site import remote, site_of
from dialogs.applicants.answers import not_for_colleagues
from dialogs.language.events import Start
from storage.cases import case_invitations


async def door(request: web.Request) -> web.Response:
    """GET /join/<token>: what this is, and one button; the page does not reveal whether the link is valid."""
    if works_here(request):
        return await _not_for_colleagues(request)
    there = await here(request)
    return page(request, "join", await locale_of(request), stale=False, there=there is not None, colleague=())


async def enter(request: web.Request) -> web.Response:
    """POST /join/<token>: the person who presses becomes a writer of the case, in the chat they have or in a new one."""
    site, token = site_of(request), token_in(request)
    if site.doors.wait(remote(request)):
        raise web.HTTPTooManyRequests
    if works_here(request):
        return await _not_for_colleagues(request)
    there, locale = await here(request), await locale_of(request)
    # A used-up link creates nobody: a stranger who guesses leaves nothing behind.
    if not await _leads(request, token):
        return page(
            request, "join", locale, status=HTTPStatus.NOT_FOUND, stale=True, there=there is not None, colleague=()
        )
    if there:
        await site.turns.take(Origin(there.at, locale, browser=there.session), Start(token))
        return see("/")
    chat = site.keys.new()
    at = address_of(site, chat)
    await site.turns.take(Origin(at, locale, session=at.address), Start(token))
    response = see("/?begun")
    keep_chat(request, response, chat)
    return response


async def _not_for_colleagues(request: web.Request) -> web.Response:
    """Law 5: nobody who works with the cases comes into one as an actor. In another browser nobody can know who they are."""
    words = not_for_colleagues().words
    return page(
        request, "join", await locale_of(request), status=HTTPStatus.FORBIDDEN, stale=False, there=True, colleague=words
    )


async def _leads(request: web.Request, token: str) -> bool:
    if not TOKEN.fullmatch(token):
        return False
    site = site_of(request)
    async with site.turns.database.read() as connection:
        return await case_invitations.leads(connection, site.keys.hashes(token), site.clock.now()) is not None
