"""Cookies: one for the chat, one for the queue, one for the news that a page has delivered. Law: only the hash of a token is stored."""

import re

from aiohttp import web

from bot.turns.sign_in import SESSION_LASTS
from bot.web.http.site import Site, site_of
from dialogs.applicants.where import Standing
from dialogs.language.channels import WEB
from dialogs.language.ids import number_in
from storage.cases.standing import load
from storage.people.people import Address, Person, person_at

CHAT, DESK, NEWS, WORKS = "chat", "desk", "news", "works"
YEAR = 365 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""The tokens that bot/settings/keys.py issues."""


COPIED_ALONG = re.compile(r"[\s\u2066-\u2069]")
"""What a copied address may have around it or in it: the isolates of a sentence, a blank, the end of a line."""


def token_in(request: web.Request) -> str:
    """The token in the address of a link, without what was copied along with it."""
    return COPIED_ALONG.sub("", request.match_info["token"])


def token_of(request: web.Request, name: str) -> str:
    """The token in the browser's cookie, "" when there is none."""
    token = request.cookies.get(name, "")
    return token if TOKEN.fullmatch(token) else ""


def address_of(site: Site, token: str) -> Address:
    """The address that an applicant's token stands for."""
    return Address(WEB.name, site.keys.hash(token))


async def person_of(site: Site, token: str) -> Person | None:
    """The person whose token it is; None when it is nobody's."""
    if not token:
        return None
    async with site.turns.database.read() as connection:
        return await person_at(connection, address_of(site, token), site.clock.now())


async def standing_of(site: Site, token: str) -> Standing | None:
    """Where the person with this token stands, without marking anything as read; None when it is nobody's."""
    if not token:
        return None
    async with site.turns.database.read() as connection:
        person = await person_at(connection, address_of(site, token), site.clock.now())
        return await load(connection, person, site.turns.house) if person else None


def keep_chat(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Let the browser keep the chat's token for a year from now."""
    response.set_cookie(
        CHAT, token, max_age=YEAR, httponly=True, samesite="Lax", secure=site_of(request).secure, path="/"
    )


def keep_news(request: web.Request, response: web.StreamResponse, upto: int) -> None:
    """Let the browser say, in its next request, which notices it has received: a page can get lost on its way."""
    if upto != news_of(request):
        response.set_cookie(NEWS, str(upto), httponly=True, samesite="Lax", secure=site_of(request).secure, path="/")


def news_of(request: web.Request) -> int:
    """The number of the last notice that the browser has received, 0 for none."""
    given = request.cookies.get(NEWS, "")
    return number_in(given)


def works_here(request: web.Request) -> bool:
    """Whether somebody has signed in to the queue in this browser, and not out again: asked where an actor is expected."""
    return WORKS in request.cookies


def keep_desk(request: web.Request, response: web.StreamResponse, session: str) -> None:
    """Let the browser keep a contact person's session until it ends."""
    response.set_cookie(
        DESK,
        session,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=site_of(request).secure,
        path="/queue",
    )
    # The session's own cookie goes to the queue alone.
    lasts = int(SESSION_LASTS.total_seconds())
    response.set_cookie(
        WORKS, "1", max_age=lasts, httponly=True, samesite="Lax", secure=site_of(request).secure, path="/join"
    )


def forget_desk(response: web.StreamResponse) -> None:
    """Let the browser forget a contact person's session."""
    response.del_cookie(DESK, path="/queue")
    response.del_cookie(WORKS, path="/join")
