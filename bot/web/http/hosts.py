"""The desk on a host of its own (DESK_URL). Law: each host answers what is its own, so that no page of one can read, press or set a cookie at the other."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from yarl import URL

from bot.web.http.answers import see
from bot.web.http.site import site_of

DESK = ("/queue", "/sign-in")
BOTH = ("/static", "/privacy", "/help", "/accessibility", "/healthz", "/readyz")
"""What both hosts answer: nothing in it is anybody's."""


def of_the_desk(path: str) -> bool:
    """Whether a path is one of the contact persons' pages."""
    return _below(path, DESK)


def _below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in places)


def _same(request: web.Request, address: URL) -> bool:
    """Whether a request came to the host of this address: upper and lower case, and a port that goes without saying, make no other one."""
    try:
        return URL(f"{address.scheme}://{request.host}").authority == address.authority
    except ValueError:  # what stands in Host is no host
        return False


def own_origin(request: web.Request) -> str:
    """Where this page is reached from outside, "" when that is not set."""
    settings = site_of(request).settings
    address = settings.desk_url if settings.desk_url and of_the_desk(request.path) else settings.public_url
    return str(URL(address).origin()) if address else ""


@web.middleware
async def apart(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer at each host what is its own, and 404 for the rest. Whoever opens the desk's host alone wants the chat, or is told where it is."""
    site = site_of(request)
    desk = URL(site.settings.desk_url)
    if site.settings.desk_url and not _below(request.path, BOTH) and request.path not in site.hooks:
        at_the_desk = _same(request, desk)
        if at_the_desk and request.path == "/":
            return see("/queue")
        if at_the_desk != of_the_desk(request.path):
            raise web.HTTPNotFound
    return await handler(request)
