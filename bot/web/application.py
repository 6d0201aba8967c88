"""The web application: every route, and the middlewares and limits around them."""

from collections.abc import Sequence

from aiohttp import web

from bot.operations.rate_limit import RateLimit
from bot.settings.keys import Keys
from bot.settings.settings import Settings
from bot.turns.turns import Turns
from bot.web.chat import chat, join, leaving, meeting, my_data, private_link, reading, receipt
from bot.web.desk import (
    absence,
    case,
    house_log,
    log,
    overview,
    package,
    people,
    queue,
    retention,
    sent_file,
    sign_in,
    start,
    task,
)
from bot.web.http import guards, hosts, static_files
from bot.web.http.post import MOST_BYTES
from bot.web.http.site import SITE, Site
from bot.web.pages.pages import Pages

BURST = 4
"""Seconds' worth of requests that one place may make at once. Any more wait in line, for instance when a room full of people behind one address
open the page together.
"""
NEWCOMERS, NEWCOMERS_AGAIN = 100, 0.005
"""New people that one network address may bring: a whole information evening at once, and then some four hundred a day."""
ROUTES = (
    web.get("/", chat.show),
    web.post("/", chat.take),
    web.get("/export", my_data.export),
    web.get("/my-data", my_data.show),
    web.get("/link", private_link.show),
    web.post("/link", private_link.make),
    web.get("/sessions", leaving.show),
    web.post("/sessions", leaving.end),
    web.get("/leave", leaving.ask),
    web.post("/leave", leaving.leave),
    web.get("/left", leaving.gone),
    web.get("/back/{token}", private_link.door),
    web.post("/back/{token}", private_link.enter),
    web.get("/static/{name}", static_files.send),
    web.get("/privacy", reading.privacy),
    web.get("/help", reading.questions),
    web.get("/accessibility", reading.accessible),
    web.get("/sign-in/{token}", sign_in.door),
    web.post("/sign-in/{token}", sign_in.enter),
    web.get("/queue", queue.show),
    web.post("/queue/language", queue.speak),
    web.post("/queue/sign-out", sign_in.leave),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}", case.show),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/copy", case.copied),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/take", case.take),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/follow", case.follow),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/unfollow", case.unfollow),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/do/{task:[a-z]{1,24}}", task.show),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/do/{task:[a-z]{1,24}}", task.take),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/files/{sha256}", sent_file.send),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/log", log.show),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/package", package.send),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/meeting.ics", meeting.theirs),
    web.get("/queue/{reference:[A-Z0-9-]{1,20}}/invite", start.invited),
    web.post("/queue/{reference:[A-Z0-9-]{1,20}}/invite", start.invite),
    web.get("/queue/start", start.show),
    web.post("/queue/start", start.take),
    web.post("/queue", queue.seek),
    web.get("/queue/people", people.show),
    web.post("/queue/people", people.invite),
    web.get("/queue/people/log", house_log.show),
    web.post("/queue/close-others", people.close_others),
    web.get("/queue/people/{id:[0-9]{1,18}}/close", people.ask_to_close),
    web.post("/queue/people/{id:[0-9]{1,18}}/close", people.close),
    web.get("/queue/people/{id:[0-9]{1,18}}/demote", people.ask_to_demote),
    web.post("/queue/people/{id:[0-9]{1,18}}/demote", people.demote),
    web.get("/queue/people/{id:[0-9]{1,18}}/deactivate", people.ask),
    web.post("/queue/people/{id:[0-9]{1,18}}/deactivate", people.deactivate),
    web.get("/queue/retention", retention.show),
    web.get("/queue/absence", absence.show),
    web.post("/queue/absence", absence.take),
    web.post("/queue/absence/over", absence.over),
    web.get("/queue/overview", overview.show),
    web.get("/queue/overview.csv", overview.as_csv),
    web.get("/queue/overview.svg", overview.as_svg),
    web.get("/join/{token}", join.door),
    web.post("/join/{token}", join.enter),
    web.get("/meeting/{reference:[A-Z0-9-]{1,20}}.ics", meeting.ours),
    web.get("/receipt/{reference:[A-Z0-9-]{1,20}}.pdf", receipt.send),
)


def application(
    turns: Turns, settings: Settings, keys: Keys, hooks: Sequence[web.RouteDef] = (), **limits: RateLimit
) -> web.Application:
    """The application with every route, and `hooks` for machines: what other channels' networks post. Run it without an access log: addresses
    carry tokens. A test may hand in other limits (bot/web/http/site.py).
    """
    made = web.Application(
        middlewares=(guards.kindly, hosts.apart, guards.own_posts_only, guards.one_after_the_other),
        client_max_size=MOST_BYTES,
    )
    pages = Pages(turns.house, settings.public_url if settings.desk_url else "")
    usual = {
        "visits": RateLimit(BURST * settings.requests_per_second, settings.requests_per_second),
        "rate_limit": RateLimit(30, 1),
        "newcomers": RateLimit(NEWCOMERS, NEWCOMERS_AGAIN),
        "doors": RateLimit(30, 0.5),
    }
    made[SITE] = Site(
        turns,
        settings,
        keys,
        pages,
        frozenset(hook.path for hook in hooks),
        **usual | limits,
    )
    made.on_response_prepare.append(guards.on_prepare)
    made.add_routes((*ROUTES, *hooks))
    return made
