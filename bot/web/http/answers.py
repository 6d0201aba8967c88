"""Answers to requests: a page as a response, and the way back after a post."""

from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.speech.catalogs import tag
from bot.web.http.site import site_of

PLAIN_TO_ALL = ("/", "/help", "/privacy", "/accessibility")
"""Pages that repeat nothing of what a request says. Law: no other page is compressed, or its length could tell a secret in it (BREACH)."""


AT_ONCE = "return=representation"
"""What our script asks for with a post (RFC 7240, Prefer): the page that follows, without the way around that keeps a reload from posting again."""


def page(
    request: web.Request, name: str, locale: str, /, status: int = HTTPStatus.OK, as_get: bool = False, **values: Any
) -> web.Response:
    """The page `name` in `locale`. `menu` names what the header offers: the chat's rows, the desk's, or links alone.

    `as_get`: the answer to a post is, byte for byte, what the next GET would say.
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
    """Whether the answer may come compressed."""
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


def at_once(request: web.Request) -> bool:
    """Whether whoever posts takes the page as the answer: our script does, which leaves no post in the browser's history."""
    return request.headers.get("Prefer", "") == AT_ONCE


def see(path: str) -> web.Response:
    """Go and look there: the post has been dealt with, and a reload does not repeat it."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})
