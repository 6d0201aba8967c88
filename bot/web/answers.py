"""Answers to requests: a page as a response, and the way back after a post."""

from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.speech import tag
from bot.web.site import site_of

PLAIN_TO_ALL = ("/", "/help", "/privacy", "/accessibility")
"""Pages that repeat nothing of what a request says. Law: no other page is compressed, or its length could tell a secret in it (BREACH)."""


def page(request: web.Request, name: str, locale: str, /, status: int = HTTPStatus.OK, **values: Any) -> web.Response:
    """The page `name` in `locale`. `menu` names what the header offers: the chat's rows, the desk's, or links alone."""
    values = {"path": request.path, "menu": None, "switch": "links", "who": None} | values
    response = web.Response(
        text=site_of(request).pages.page(name, locale, **values),
        status=status,
        content_type="text/html",
        headers={"Content-Language": tag(locale)},
    )
    if request.method == "GET" and request.path in PLAIN_TO_ALL:
        response.headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            response.enable_compression(web.ContentCoding.gzip)
    return response


def takes_gzip(request: web.Request) -> bool:
    """Whether the answer may come compressed."""
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


def see(path: str) -> web.Response:
    """Go and look there: the post has been dealt with, and a reload does not repeat it."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})
