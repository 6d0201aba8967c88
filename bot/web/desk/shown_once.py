"""One-time links, shown once: a cookie carries them from the post that made them to the next page, and is then deleted."""

from aiohttp import web

from bot.web.http.cookies import TOKEN, desk_path, drop, named
from bot.web.http.site import site_of
from dialogs.language.channels import CHANNELS
from dialogs.language.words import Text

MADE = "made"
SECONDS = 120
"""Seconds from a press to the page after it."""
MOST = 4

Tokens = tuple[tuple[str, str], ...]
"""Pairs of what a token opens ("web_staff", "telegram_staff", "chat") and the token."""


def keep(request: web.Request, response: web.StreamResponse, tokens: Tokens) -> None:
    """Let the browser carry the tokens to the next page, the only one that ever shows them: we store only their hashes."""
    said = ".".join(f"{door}-{token}" for door, token in tokens[:MOST])
    name, secure, path = named(request, MADE), site_of(request).secure, desk_path(request)
    response.set_cookie(name, said, max_age=SECONDS, httponly=True, samesite="Strict", secure=secure, path=path)


def take(request: web.Request) -> Tokens:
    """The tokens that were just made; none on any later visit, because the page that shows them also forgets them."""
    pairs = (part.partition("-") for part in request.cookies.get(named(request, MADE), "").split(".")[:MOST])
    return tuple((door, token) for door, _dash, token in pairs if TOKEN.fullmatch(token))


def forget(request: web.Request, response: web.StreamResponse) -> None:
    """Delete the tokens from the browser."""
    drop(request, response, named(request, MADE), desk_path(request))


def links(request: web.Request, tokens: Tokens) -> list[tuple[Text, str]]:
    """The links that the tokens stand for, each with where it leads."""
    turns = site_of(request).turns
    return [
        (CHANNELS[channel].where, str(link.values["link"]))
        for door, token in tokens
        for channel, link in turns.doors(door, token).items()
    ]
