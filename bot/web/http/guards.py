"""Guards around every request: where a post comes from, what a browser may do with our pages, and kind words when something fails."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.documents.spawn import Unmade
from bot.operations.logs import frames
from bot.operations.places import Busy
from bot.turns.contact_person import ShutOut
from bot.turns.sessions import Ended
from bot.web.http import static_files
from bot.web.http.again import NOTHING, Again, written
from bot.web.http.answers import page, see
from bot.web.http.cookies import person_of
from bot.web.http.hosts import own_origin
from bot.web.http.language import negotiated
from bot.web.http.post import MOST_FILES
from bot.web.http.site import remote, site_of
from dialogs.kinds.files import MEGABYTES
from dialogs.language.words import Words, _
from storage.database.sqlstate import kind
from storage.database.trouble import passing
from storage.files.store import Away

log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    # Our addresses may carry a token, so none may reach another site, or the log of a proxy of ours. With "no-referrer" browsers would send
    # `Origin: null` with our own forms (Fetch, "append a request Origin header"), and we could not tell our posts from a stranger's.
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
IN_LINE = 5.0
"""Seconds that a request waits for earlier ones from the same network address."""
UNCOUNTED = frozenset(("/static/{name}", "/healthz", "/readyz"))
MOST_AGAIN = 64_000
"""Bytes of the largest form that is given back to someone who was too fast: saying no must cost less than the turn would have."""
MISSING = _("There is nothing at this address")
WORDS: dict[int, tuple[Words, Words]] = {
    400: (
        _("That could not be read"),
        _(
            "Something in what the browser sent was not in order. Please go back and try again. Everything you had saved is still there."
        ),
    ),
    403: (
        _("That came from another page"),
        _(
            "This button was pressed on a page that is not ours, so nothing was done. Please open the chat here and press it again."
        ),
    ),
    404: (
        MISSING,
        _("The address may be mistyped, or what was here is gone. Your draft, if you have one, is safe in the chat."),
    ),
    413: (
        _("That was too much at once"),
        _(
            "One file may have {mb} MB, and {most} files fit in one go. Please go back and send less at a time. Everything you had saved is still there.",
            mb=MEGABYTES,
            most=MOST_FILES,
        ),
    ),
    429: (
        _("One moment, please"),
        _(
            "That was a little fast for me. Please wait a few seconds, then try again. Nothing you wrote before is lost."
        ),
    ),
    500: (
        _("Something went wrong on our side"),
        _(
            "That was our mistake, not yours. Please try again in a little while. Everything you had saved is still there."
        ),
    ),
    502: (
        _("The files cannot be reached"),
        _("Where files are kept does not answer at the moment. Nothing is lost. Please try again in a little while."),
    ),
    503: (
        _("This could not be made"),
        _(
            "Putting it together took more than this service may use. Nothing is lost: it is all still in the chat, or in the case. Please try again in a quarter of an hour."
        ),
    ),
}
AT_THE_DESK = _(
    "The address may be mistyped, or what was here is gone, or your sign-in has ended. Whoever runs Samverkansguiden makes a new link for you."
)
"""Instead of where a draft is: who works here has none."""
AWAY = (
    _("I cannot get to what is saved just now"),
    _(
        "Many people may be here at once, or something of ours is being mended. Please try again in a minute. Everything you had saved is still there."
    ),
)
"""What we say when the database is away or full."""
SOON = 5
"""Seconds after which a machine may ask again."""


@web.middleware
async def kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer whatever goes wrong with a page in the person's language. The details go only into the log, without address or content."""
    try:
        return await handler(request)
    except web.HTTPException as problem:
        if problem.status < HTTPStatus.BAD_REQUEST:
            raise
        # Someone who asks too often is answered without looking anything up.
        locale = "" if problem.status == HTTPStatus.TOO_MANY_REQUESTS else await _spoken(request)
        return trouble(request, problem.status, problem.headers.get("Retry-After", ""), locale=locale)
    except Ended:  # as for whoever has no session
        return see("/")
    except ShutOut:
        return trouble(request, HTTPStatus.NOT_FOUND, locale=await _spoken(request))
    except Busy as busy:
        return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(busy.seconds))
    except Away as away:
        log.error("the files' store is away: %s", away)
        return trouble(request, HTTPStatus.BAD_GATEWAY, locale=await _spoken(request))
    except Unmade:  # it is in the log already
        return trouble(request, HTTPStatus.SERVICE_UNAVAILABLE, locale=await _spoken(request))
    except Exception as error:
        resource = request.match_info.route.resource
        what = f"{request.method} {resource.canonical if resource else '?'}"
        again = await written(request)
        if passing(error):
            log.error("%s failed: %s", what, kind(error))
            return trouble(request, HTTPStatus.SERVICE_UNAVAILABLE, str(SOON), again=again, told=AWAY)
        # The error's own text may hold answers (database parameters), and the address may hold a token.
        log.error("%s failed: %s\n%s", what, kind(error), frames(error))
        return trouble(request, HTTPStatus.INTERNAL_SERVER_ERROR, again=again)


async def _spoken(request: web.Request) -> str:
    """The language that the person has chosen in the chat, "" when nobody is there or the database cannot say."""
    try:
        person = await person_of(request)
    except Exception:  # an error here must not hide the one that brought us here
        return ""
    return person.locale if person else ""


def trouble(
    request: web.Request,
    status: int,
    retry_after: str = "",
    again: Again = NOTHING,
    locale: str = "",
    told: tuple[Words, Words] | None = None,
) -> web.Response:
    """The page that says what went wrong and what to do, in `locale` if it is known. `again` is a form that was not taken, to be sent once more;
    `told` replaces the words for the status.
    """
    heading, words = told or WORDS.get(status, WORDS[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400])
    desk = request.path.startswith("/queue")
    if desk and heading is MISSING:
        words = AT_THE_DESK
    response = page(
        request,
        "trouble",
        locale or negotiated(request),
        status=status,
        heading=heading,
        words=words,
        again=again,
        desk=desk,
    )
    if retry_after:
        response.headers["Retry-After"] = retry_after
    return response


@web.middleware
async def own_posts_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse posts that a browser sends from another site. Clients that are not browsers send neither header, and have nobody's cookie."""
    if request.method not in ("GET", "HEAD") and not _own(request):
        raise web.HTTPForbidden
    return await handler(request)


def _own(request: web.Request) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    if (origin := request.headers.get("Origin")) is None:
        return True
    return origin.partition("://")[2] == request.host or (bool(origin) and origin == own_origin(request))


@web.middleware
async def one_after_the_other(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let the requests from one place wait in line, before anything is read or looked up; refuse a request that would wait too long.
    Requests by machines are not counted.
    """
    resource = request.match_info.route.resource
    path = resource.canonical if resource else ""
    known = path != "/static/{name}" or request.match_info["name"] in static_files.files()
    counted = path not in UNCOUNTED | site_of(request).hooks or not known
    if counted and (wait := site_of(request).visits.turn(remote(request), IN_LINE)):
        if wait > IN_LINE:
            return await too_fast(request, wait)
        await asyncio.sleep(wait)
    return await handler(request)


async def too_fast(request: web.Request, wait: float, locale: str = "") -> web.Response:
    """The page that asks the person to wait `wait` seconds. It holds a form of ordinary size, to be sent once more; a larger form is not read."""
    plain = request.content_type == "application/x-www-form-urlencoded"
    again = await written(request, MOST_AGAIN) if plain else NOTHING
    return trouble(request, HTTPStatus.TOO_MANY_REQUESTS, str(math.ceil(wait)), again, locale)


async def on_prepare(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that every response to a browser has."""
    if request.path in site_of(request).hooks:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if site_of(request).secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    lasting = request.path.startswith("/static/") and "v" in request.query and response.status == HTTPStatus.OK
    response.headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-store")
