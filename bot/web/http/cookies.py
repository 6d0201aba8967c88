"""Cookies: one for the chat, one for the queue, one for the news that a page has delivered. Law: only the hash of a token is stored."""

import re

from aiohttp import web

from bot.turns.sessions import Here
from bot.turns.sign_in import SESSION_LASTS
from bot.web.http.post import post_of
from bot.web.http.site import Site, site_of
from dialogs.applicants.where import Standing
from dialogs.language.channels import WEB
from dialogs.language.ids import number_in
from storage.cases.standing import load
from storage.people.people import Address, Person, person_at
from storage.people.people import person_of as numbered

CHAT, DESK, NEWS, WORKS = "chat", "desk", "news", "works"
_KNOWN = web.RequestKey("known", tuple)
"""What a request holds once it was asked who asks: the browser (or None), its token, and whether all of the request was there by then."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""The tokens that bot/settings/keys.py issues."""


COPIED_ALONG = re.compile(r"[\s\u2066-\u2069]")
"""What a copied address may have around it or in it: the isolates of a sentence, a blank, the end of a line."""


def token_in(request: web.Request) -> str:
    """The token in the address of a link, without what was copied along with it."""
    return COPIED_ALONG.sub("", request.match_info["token"])


def token_of(request: web.Request, name: str) -> str:
    """The token in the browser's cookie, "" when there is none."""
    return _token(request, named(request, name))


def named(request: web.Request, name: str) -> str:
    """What a cookie is called: where people reach us over https, a browser takes it from no other host, not from a sister site either (RFC 6265bis)."""
    return f"__Host-{name}" if site_of(request).secure else name


def _token(request: web.Request, name: str) -> str:
    token = request.cookies.get(name, "")
    return token if TOKEN.fullmatch(token) else ""


def address_of(site: Site, token: str) -> Address:
    """The address on the web of somebody new, who is to keep this token."""
    return Address(WEB.name, site.keys.hash(token))


async def here(request: web.Request) -> Here | None:
    """The applicant's browser, or None when it has nobody's chat open. It is asked for anew once a form is all there: what it was when the form began
    may have ended since.
    """
    whole = post_of(request) is not None
    if _KNOWN not in request or request[_KNOWN][2] != whole:
        # A cookie of the plain name may be a sister site's: it counts only as what a program of before made, which no cookie is any more.
        plain = _token(request, CHAT) if named(request, CHAT) != CHAT else ""
        token = token_of(request, CHAT)
        request[_KNOWN] = await site_of(request).turns.sessions.here(token, plain), token or plain, whole
    found: Here | None = request[_KNOWN][0]
    return found


async def ended(request: web.Request) -> bool:
    """Whether the browser keeps the token of a session that is none any more: it was ended from elsewhere, or not used for long."""
    return await here(request) is None and bool(token_of(request, CHAT))


async def person_of(request: web.Request) -> Person | None:
    """The applicant whose browser it is; None when it is nobody's."""
    there = await here(request)
    if there is None:
        return None
    site = site_of(request)
    async with site.turns.database.read() as connection:
        return await person_at(connection, there.at, site.clock.now())


async def standing_of(request: web.Request) -> Standing | None:
    """Where the applicant whose browser it is stands, without marking anything as read; None when it is nobody's."""
    there = await here(request)
    if there is None:
        return None
    site = site_of(request)
    async with site.turns.database.read() as connection:
        person = await person_at(connection, there.at, site.clock.now())
        return await load(connection, person, site.turns.house) if person else None


async def standing_of_person(request: web.Request, person: int) -> Standing:
    """Where the person with this number stands. NoResultFound when there is none."""
    site = site_of(request)
    async with site.turns.database.read() as connection:
        return await load(connection, await numbered(connection, person), site.turns.house)


def keep_chat(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Let the browser keep the token of a session, until the session ends without use."""
    site = site_of(request)
    response.set_cookie(
        named(request, CHAT),
        token,
        max_age=int(site.turns.sessions.lasts.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=site.secure,
        path="/",
    )
    drop_plain(request, response)


def keep_on(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser keep the token by which it is known, for as long again."""
    keep_chat(request, response, request[_KNOWN][1])


def keep_longer(request: web.Request, response: web.StreamResponse) -> None:
    """The same, when it was noted that the session is used."""
    there: Here | None = request[_KNOWN][0]
    if there and there.noted:
        keep_on(request, response)


def drop_plain(request: web.Request, response: web.StreamResponse) -> None:
    """Take the cookie of a program of before out of the browser."""
    if named(request, CHAT) != CHAT and CHAT in request.cookies:
        response.del_cookie(CHAT, path="/")


def leave_chat(request: web.Request, response: web.StreamResponse) -> None:
    """Leave nothing of the chat in the browser: no cookie, nothing that our pages stored, and no page in its cache (Clear-Site-Data, W3C)."""
    for name in (CHAT, NEWS):
        drop(request, response, named(request, name), "/")
    drop_plain(request, response)
    # Not "cookies": that would be all of a whole registrable domain, and so those of the city's other sites.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def drop(request: web.Request, response: web.StreamResponse, name: str, path: str) -> None:
    """Take a cookie out of the browser, which takes a __Host- cookie away only for one that it would take."""
    response.del_cookie(name, path=path, secure=site_of(request).secure, httponly=True, samesite="Lax")


def keep_news(request: web.Request, response: web.StreamResponse, upto: int) -> None:
    """Let the browser say, in its next request, which notices it has received: a page can get lost on its way."""
    if upto != news_of(request):
        secure = site_of(request).secure
        response.set_cookie(named(request, NEWS), str(upto), httponly=True, samesite="Lax", secure=secure, path="/")


def news_of(request: web.Request) -> int:
    """The number of the last notice that the browser has received, 0 for none."""
    return number_in(request.cookies.get(named(request, NEWS), ""))


def works_here(request: web.Request) -> bool:
    """Whether somebody has signed in to the queue in this browser, and not out again: asked where an actor is expected."""
    return named(request, WORKS) in request.cookies


def keep_desk(request: web.Request, response: web.StreamResponse, session: str) -> None:
    """Let the browser keep a contact person's session until it ends."""
    response.set_cookie(
        named(request, DESK),
        session,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=site_of(request).secure,
        path=desk_path(request),
    )
    # The session's own cookie goes to the queue alone, where it can.
    lasts = int(SESSION_LASTS.total_seconds())
    response.set_cookie(
        named(request, WORKS),
        "1",
        max_age=lasts,
        httponly=True,
        samesite="Lax",
        secure=site_of(request).secure,
        path=_works_path(request),
    )


def leave_desk(request: web.Request, response: web.StreamResponse) -> None:
    """Take a contact person's session out of the browser."""
    drop(request, response, named(request, DESK), desk_path(request))
    drop(request, response, named(request, WORKS), _works_path(request))


def _works_path(request: web.Request) -> str:
    return "/" if site_of(request).secure else "/join"


def desk_path(request: web.Request) -> str:
    """The pages that get the desk's cookies: a __Host- cookie is every page's of its host."""
    return "/" if site_of(request).secure else "/queue"
