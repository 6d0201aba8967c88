"""The contact persons: who they are, who is away and who stands in. Administrators also invite, deactivate, and take their own role from others."""

from datetime import datetime

from aiohttp import web

from bot.turns import colleagues, contact_person
from bot.turns.sign_in import at_the_queue
from bot.web.desk import shown_once
from bot.web.desk.whole import Whole, sent, signed_in, whole
from bot.web.http.answers import page, see
from bot.web.http.cookies import DESK, token_of
from bot.web.http.site import site_of
from dialogs.case.rights import ContactPerson
from dialogs.desk.colleague import COLLEAGUE
from dialogs.desk.house_log import sentence
from dialogs.kinds.day import day_of, in_words
from dialogs.language.ids import number_in
from dialogs.language.words import Words, _
from storage.people import staff

HERE = "/queue/people"


async def show(request: web.Request) -> web.Response:
    """GET /queue/people: everybody; for administrators also the form to invite someone, and the links that were just made."""
    who = await signed_in(request)
    form = await whole(request, who, COLLEAGUE.key) if who.administrator else None
    return await _page(request, who, form)


async def invite(request: web.Request) -> web.Response:
    """POST /queue/people: an administrator invites someone. The next page shows the links, once."""
    who = await signed_in(request)
    if not who.administrator:
        raise web.HTTPNotFound
    filled = await sent(request, who, COLLEAGUE.key)
    if isinstance(filled, Whole):
        return await _page(request, who, filled)
    response = see(HERE)
    if filled.done:
        shown_once.keep(request, response, filled.done.tokens)
    return response


async def _page(request: web.Request, who: ContactPerson, form: Whole | None) -> web.Response:
    site, made = site_of(request), shown_once.take(request) if who.administrator else ()
    async with site.turns.database.read() as connection:
        there = await staff.colleagues(connection)
        ids = {await staff.invited(connection, site.keys.hashes(token), site.clock.now()) for _door, token in made}
    invited = next((one.name for one in there if one.id in ids), "")
    response = page(
        request,
        "people",
        who.locale,
        status=422 if form and form.refused else 200,
        who=who,
        switch="desk",
        people=[(one, _absence(one, site.clock.now())) for one in there],
        form=form,
        invited=invited,
        closed=next((one for one in there if str(one.id) == request.query.get("closed")), None),
        ended=_ended,
        links=shown_once.links(request, made) if invited else [],
    )
    shown_once.forget(request, response)
    return response


def _absence(one: staff.Colleague, now: datetime) -> Words | None:
    """When a colleague is or will be away, and who stands in; None when they are not away."""
    since, until = day_of(one.away_since), day_of(one.away_until)
    if not since or not until or one.away_until < staff.today(now):
        return None
    return _(
        "Away {since} to {until}. {deputy} stands in.", since=in_words(since), until=in_words(until), deputy=one.deputy
    )


def _ended(who: str, other: str) -> Words:
    """Whose sessions and chats were ended, as the log of who administers says it."""
    return sentence("doors_closed", who, other, "", "")


async def _colleague(request: web.Request) -> tuple[ContactPerson, staff.Colleague]:
    """The administrator who asks, and the active colleague that the address names. 404 for anybody else."""
    who = await signed_in(request)
    id = number_in(request.match_info["id"])
    async with site_of(request).turns.database.read() as connection:
        found = next((one for one in await staff.colleagues(connection) if one.id == id and one.active), None)
    if not who.administrator or found is None or found.id == who.id:
        raise web.HTTPNotFound
    return who, found


async def close_others(request: web.Request) -> web.Response:
    """POST /queue/close-others: this browser goes on; every other one, and every chat of theirs, is out."""
    who, site = await signed_in(request), site_of(request)
    async with contact_person.at_work(site.turns, who) as work:
        await colleagues.close_doors(work, who.id, at_the_queue(site.keys, token_of(request, DESK)))
    return see(f"{HERE}?closed={who.id}")


async def ask_to_close(request: web.Request) -> web.Response:
    """GET /queue/people/<id>/close: what it means, and the button."""
    who, found = await _colleague(request)
    return page(request, "close", who.locale, who=who, switch="desk", colleague=found)


async def close(request: web.Request) -> web.Response:
    """POST /queue/people/<id>/close: a colleague is out of every browser and chat, and comes in again by a new link."""
    who, found = await _colleague(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await colleagues.close_doors(work, found.id)
    return see(f"{HERE}?closed={found.id}")


async def ask_to_demote(request: web.Request) -> web.Response:
    """GET /queue/people/<id>/demote: what it means, and the button."""
    who, found = await _colleague(request)
    if not found.administrator:
        raise web.HTTPNotFound
    return page(request, "demote", who.locale, who=who, switch="desk", colleague=found)


async def demote(request: web.Request) -> web.Response:
    """POST /queue/people/<id>/demote: from now on they are a contact person like others."""
    who, found = await _colleague(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await colleagues.demote(work, found.id)
    return see(HERE)


async def ask(request: web.Request) -> web.Response:
    """GET /queue/people/<id>/deactivate: what it means, and the button."""
    who, found = await _colleague(request)
    return page(request, "deactivate", who.locale, who=who, switch="desk", colleague=found)


async def deactivate(request: web.Request) -> web.Response:
    """POST /queue/people/<id>/deactivate: from now on they get no answer anywhere."""
    who, found = await _colleague(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await colleagues.deactivate(work, found.id)
    return see(HERE)
