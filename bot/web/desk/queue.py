"""The contact persons' queue: the longest wait first, narrowed by filters in the address. Nothing here reads a draft."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from aiohttp import web

from bot.turns import contact_person as desk
from bot.turns.sign_in import signed_in
from bot.web.desk.menus import SOUGHT, address, chips, menus
from bot.web.http.answers import page, see
from bot.web.http.cookies import DESK, token_of
from bot.web.http.language import negotiated
from bot.web.http.post import no_files, read
from bot.web.http.site import site_of
from dialogs.case import state as states
from dialogs.case.case import Case
from dialogs.case.city import City
from dialogs.case.rights import ContactPerson, may_see
from dialogs.desk import labels as words
from dialogs.desk.filter import SORTS, Filter, filter_in
from dialogs.desk.undelivered import reached_nobody
from dialogs.language.words import Words
from dialogs.phases.initiation.part import initiation
from storage.cases import cases, queue
from storage.outbox import outbox
from storage.people import sought, staff

OURS = re.compile(r"/queue(/(people|absence|start|overview|retention|[A-Z0-9-]+(/(do/[a-z]+|log|invite))?))?", re.ASCII)
"""The pages that a change of language may lead back to."""
BACK = "list"
"""The cookie that holds the list's last filter."""
QUERY = re.compile(r"[A-Za-z0-9=&%+._~-]{1,900}", re.ASCII)
LONG = (1, 3, 7, 14, 28)
"""Days of waiting, each of which raises a case's weight by one."""


async def contact_person(request: web.Request) -> ContactPerson | None:
    """Who is signed in, or None. Whoever sends a form is asked for once more when all of it is there: a form may take its time."""
    who = await _signed_in(request)
    if who is None or request.method != "POST":
        return who
    await read(request, no_files)
    return await _signed_in(request)


async def _signed_in(request: web.Request) -> ContactPerson | None:
    site = site_of(request)
    session = token_of(request, DESK)
    if not session:
        return None
    return await signed_in(site.turns.database, site.keys, session, site.clock.now())


async def allowed(request: web.Request) -> tuple[ContactPerson, Case]:
    """The contact person, and the case that the address names. The same 404 for strangers, for cases they may not see, and for unknown references."""
    who = await contact_person(request)
    if who is None:
        raise web.HTTPNotFound
    async with site_of(request).turns.database.read() as connection:
        id = await queue.id_of(connection, who, request.match_info["reference"])
        found = await cases.case_by_id(connection, id) if id else None
    if found is None or not may_see(who, found):
        raise web.HTTPNotFound
    return who, found


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list: how long it has waited, how much that weighs (0 to 5), its state and district, and whether something did not arrive."""

    case: Case
    unread: bool
    followed: bool
    waited: Words
    weight: int
    state: Words
    district: str
    trouble: bool


def row(one: queue.Queued, at: datetime, city: City) -> Row:
    """A case as the list shows it."""
    since = one.case.waiting_since
    days = (at - since).days if since and one.case.waits_for != "nobody" else 0
    district = city.district(one.case.district).name if one.case.district else ""
    weight = sum(days >= limit for limit in LONG)
    waited, state = words.waited(since, at), words.state(one.case)
    return Row(one.case, one.unread, one.followed, waited, weight, state, district, one.trouble)


async def show(request: web.Request) -> web.Response:
    """GET /queue: one page of the list. A stranger learns how to sign in, and nothing else."""
    who = await contact_person(request)
    if who is None:
        return page(request, "sign_in", negotiated(request), stale=None)
    turns, at = site_of(request).turns, site_of(request).clock.now()
    number = _page_in(request.query)
    async with turns.database.read() as connection:
        among = menus(await staff.active(connection), turns.house.city, turns.house.languages)
        wanted = filter_in(_with_words(request.query, await sought.last(connection, who.id)), among.among())
        counts = await queue.counts(connection, who, wanted, at)
        every = sum(counts.values())
        total = counts.get(wanted.state, 0) if wanted.state else every
        found, _total = await queue.find(connection, who, wanted, at, number, of=total)
        if not found and total:
            raise web.HTTPFound(address(wanted))
        undelivered = await outbox.undelivered(connection, who)
    response = page(
        request,
        "queue",
        who.locale,
        who=who,
        switch="desk",
        rows=[row(one, at, turns.house.city) for one in found],
        total=total,
        counts=[
            (state, words.STATES[state], counts.get(state, 0), address(replace(wanted, state=state)))
            for state in words.IN_QUEUE
            if counts.get(state) or state in (states.SENT.id, wanted.state)
        ],
        sorts={sort: address(replace(wanted, sort=sort)) for sort in SORTS},
        every=(every, address(wanted.without("state"))),
        wanted=wanted,
        among=among,
        chips=chips(wanted, among),
        first=(number - 1) * queue.PAGE + 1,
        before=address(wanted, number - 1) if number > 1 else "",
        after=address(wanted, number + 1) if number * queue.PAGE < total else "",
        undelivered=undelivered,
        reached_nobody=reached_nobody,
        words=words,
        states=states,
        initiation=initiation,
    )
    remember(request, response, address(wanted, number))
    return response


async def seek(request: web.Request) -> web.Response:
    """POST /queue: look for something. The words are kept with whoever looks, and everything else is in the address of the list."""
    who = await contact_person(request)
    if who is None:
        return see("/queue")
    post, turns = await read(request, no_files), site_of(request).turns
    async with turns.database.read() as connection:
        among = menus(await staff.active(connection), turns.house.city, turns.house.languages)
    wanted = filter_in({one.name: post.one(one.name) for one in fields(Filter)}, among.among())
    async with desk.at_work(turns, who) as work:
        await sought.keep(work.connection, who.id, wanted.words)
    return see(address(wanted))


def _with_words(query: Mapping[str, str], words: str) -> dict[str, str]:
    """The parameters of an address, with the words for which it stands."""
    values = {name: value for name, value in query.items() if name != "words"}
    return values | ({"words": words} if values.get(SOUGHT) else {})


def _page_in(values: Mapping[str, str]) -> int:
    asked = values.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


async def neighbours(request: web.Request, who: ContactPerson, reference: str) -> tuple[str, str]:
    """The references before and after a case on the page of the list that was last looked at; "" where there is none."""
    values = dict(parse_qsl(way_back(request).partition("?")[2]))
    turns = site_of(request).turns
    async with turns.database.read() as connection:
        among = menus(await staff.active(connection), turns.house.city, turns.house.languages)
        wanted = filter_in(_with_words(values, await sought.last(connection, who.id)), among.among())
        found, _total = await queue.find(connection, who, wanted, turns.clock.now(), _page_in(values))
    listed = ["", *(one.case.reference for one in found), ""]
    at = listed.index(reference) if reference in listed else 0
    return (listed[at - 1], listed[at + 1]) if at else ("", "")


def remember(request: web.Request, response: web.Response, address: str) -> None:
    """Let the browser keep the list's filter until it is closed, for the way back to the list."""
    query = address.partition("?")[2]
    response.set_cookie(BACK, query, httponly=True, samesite="Lax", secure=site_of(request).secure, path="/queue")


def way_back(request: web.Request) -> str:
    """The address of the list as it was left."""
    query = request.cookies.get(BACK, "")
    return f"/queue?{query}" if QUERY.fullmatch(query) else "/queue"


async def speak(request: web.Request) -> web.Response:
    """POST /queue/language: change the contact person's language; what applicants wrote stays as they wrote it."""
    who = await contact_person(request)
    if who is None:
        return see("/queue")
    post = await read(request, no_files)
    await desk.speak(site_of(request).turns, who, post.one("language"))
    back = post.one("back")
    return web.Response(
        status=HTTPStatus.SEE_OTHER,
        headers={"Location": way_back(request) if back == "/queue" else back if OURS.fullmatch(back) else "/queue"},
    )
