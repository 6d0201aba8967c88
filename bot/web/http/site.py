"""The site: what every web page needs, kept in the application."""

from dataclasses import dataclass

from aiohttp import web

from bot.operations.rate_limit import RateLimit
from bot.settings.clock import Clock
from bot.settings.keys import Keys
from bot.settings.settings import Settings
from bot.turns.turns import Turns
from bot.web.http.remote import who
from bot.web.pages.pages import Pages


@dataclass(frozen=True, slots=True)
class Site:
    """The use case behind the chat, the settings, the keys, the pages, the addresses to which machines post, and the rate limits:
    on requests from one place, turns in one chat, newcomers from one place, and presses on links from one place.
    """

    turns: Turns
    settings: Settings
    keys: Keys
    pages: Pages
    hooks: frozenset[str]
    visits: RateLimit
    rate_limit: RateLimit
    newcomers: RateLimit
    doors: RateLimit

    @property
    def clock(self) -> Clock:
        """The program's clock."""
        return self.turns.clock

    @property
    def secure(self) -> bool:
        """Whether people reach us over https, so that cookies may be limited to it."""
        return self.settings.public_url.startswith("https://")


SITE = web.AppKey("site", Site)


def site_of(request: web.Request) -> Site:
    """The site that serves a request."""
    return request.app[SITE]


def remote(request: web.Request) -> str:
    """Who is at the other end, to count by: the client of the outermost trusted proxy in front of us."""
    forwarded = request.headers.getall("X-Forwarded-For", [])
    return who(request.remote or "", forwarded, site_of(request).settings.trusted_proxies)
