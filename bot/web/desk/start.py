"""A case that the city starts: what is known about it, and the links by which actors join, each shown once."""

from aiohttp import web

from bot.turns import contact_person
from bot.web.desk import shown_once
from bot.web.desk.queue import allowed
from bot.web.desk.whole import Whole, sent, signed_in, whole
from bot.web.http.answers import page, see
from bot.web.http.site import site_of
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.case.state import STARTED
from dialogs.desk.filter import Filter
from dialogs.phases.initiation.start import DIALOG
from storage.cases import case_invitations, queue


async def show(request: web.Request) -> web.Response:
    """GET /queue/start: the form, as far as they have filled it in."""
    who = await signed_in(request)
    return _form(request, who, await whole(request, who, DIALOG.key))


async def take(request: web.Request) -> web.Response:
    """POST /queue/start: start the case. The next page shows a link for the first actor."""
    who = await signed_in(request)
    filled = await sent(request, who, DIALOG.key)
    if isinstance(filled, Whole):
        return _form(request, who, filled)
    case = filled.done.case if filled.done else await _latest(request, who)
    if case is None:
        return see("/queue")
    response = see(f"/queue/{case.reference}/invite")
    if filled.done:
        shown_once.keep(request, response, filled.done.tokens)
    return response


async def _latest(request: web.Request, who: ContactPerson) -> Case | None:
    """The case that they started last."""
    wanted = Filter(state=STARTED.id, has="me", sort="newest")
    site = site_of(request)
    async with site.turns.database.read() as connection:
        found, _total = await queue.find(connection, who, wanted, site.clock.now(), most=1)
    return found[0].case if found else None


def _form(request: web.Request, who: ContactPerson, form: Whole) -> web.Response:
    status = 422 if form.refused else 200
    return page(request, "start", who.locale, status=status, who=who, switch="desk", form=form)


async def _started(request: web.Request) -> tuple[ContactPerson, Case]:
    """The contact person, and the case that they started and that nobody has sent yet. 404 for anybody else, and once it is sent."""
    who, case = await allowed(request)
    if case.state != STARTED.id or case.holder != who.id:
        raise web.HTTPNotFound
    return who, case


async def invited(request: web.Request) -> web.Response:
    """GET /queue/<reference>/invite: the link that was just made, shown this once, and a button for another."""
    who, case = await _started(request)
    site, made = site_of(request), shown_once.take(request)
    async with site.turns.database.read() as connection:
        led = [
            await case_invitations.leads(connection, site.keys.hashes(token), site.clock.now()) for _door, token in made
        ]
        written = await case_invitations.written(connection, case.id)
    ours = tuple(one for one, id in zip(made, led, strict=True) if id == case.id)
    links = shown_once.links(request, ours)
    response = page(request, "invite", who.locale, who=who, switch="desk", case=case, links=links, written=written)
    shown_once.forget(request, response)
    return response


async def invite(request: web.Request) -> web.Response:
    """POST /queue/<reference>/invite: one more link, for one more actor."""
    who, case = await _started(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        done = await work.invite_actor(case.id)
    response = see(f"/queue/{case.reference}/invite")
    shown_once.keep(request, response, done.tokens)
    return response
