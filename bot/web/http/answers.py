"""Answers to requests: a page as a response, and the redirect after a post."""

from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.speech.catalogs import tag
from bot.web.http.site import site_of

PLAIN_TO_ALL = ("/", "/help", "/privacy", "/accessibility")
"""Pages that echo nothing of the request. Law: no other page is compressed, because its length could betray a secret in it (BREACH)."""


AT_ONCE = "return=representation"
"""What our script asks for with a post (RFC 7240, Prefer): the next page itself, without the redirect that keeps a reload from posting again."""


def page(
    request: web.Request, name: str, locale: str, /, status: int = HTTPStatus.OK, as_get: bool = False, **values: Any
) -> web.Response:
    """The page `name` in `locale`. `menu` names what the header offers: the chat's rows, the desk's, or links alone.

    `as_get`: this answer to a post is, byte for byte, what the next GET would return.
    """
    values = {"path": request.path, "menu": None, "switch": "links", "who": None} | values
    response = web.Response(
        text=site_of(request).pages.page(name, locale, **values),
        status=status,
        content_type="text/html",
        headers={"Content-Language": tag(locale)},
    )
    if (request.method == "GET" or as_get) and request.path in PLAIN_TO_ALL:
        response.headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            response.enable_compression(web.ContentCoding.gzip)
    return response


def takes_gzip(request: web.Request) -> bool:
    """Whether the client accepts a compressed answer."""
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


def at_once(request: web.Request) -> bool:
    """Whether the client takes the page itself as the answer to a post: our script does, and leaves no post in the browser's history."""
    return request.headers.get("Prefer", "") == AT_ONCE


def see(path: str) -> web.Response:
    """Redirect with 303: the post has been dealt with, and a reload does not repeat it."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})
