"""The language of a page for someone we do not know yet: chosen by a link, or else what the browser prefers."""

import re

from aiohttp import web

from bot.speech import catalogs
from bot.web.http.site import site_of

PREFERENCE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*")


def preferred(header: str) -> list[str]:
    """The tags of an Accept-Language header (RFC 9110, 12.5.4), the best first; unreadable ones are left out."""
    found = [
        (float(match[2] or 1), match[1]) for part in header[:500].split(",") if (match := PREFERENCE.fullmatch(part))
    ]
    return [tag for weight, tag in sorted(found, key=lambda one: -one[0]) if weight > 0]


def wanted(request: web.Request) -> str | None:
    """The language that the address asks for with `?language=`, if we speak it."""
    code = request.query.get("language", "")
    return code if code in site_of(request).turns.house.languages else None


def negotiated(request: web.Request) -> str:
    """The language for somebody unknown: what the address asks for, else the browser's preference among ours."""
    known = list(site_of(request).turns.house.choices())
    return wanted(request) or catalogs.negotiated(preferred(request.headers.get("Accept-Language", "")), known)
