"""A contact person's own absence, and who stands in for them."""

from datetime import datetime

from aiohttp import web

from bot.turns import contact_person
from bot.web.desk.whole import Whole, sent, signed_in, whole
from bot.web.http.answers import page, see
from bot.web.http.site import site_of
from dialogs.case.rights import ContactPerson
from dialogs.desk.absence import ABSENCE
from dialogs.kinds.day import day_of, in_words
from dialogs.language.words import Words, _
from storage.people import staff

HERE = "/queue/absence"


async def show(request: web.Request) -> web.Response:
    """GET /queue/absence: the absence on record, if any, and the form for a new one."""
    who = await signed_in(request)
    return await _page(request, who, await whole(request, who, ABSENCE.key))


async def take(request: web.Request) -> web.Response:
    """POST /queue/absence: record an absence, in place of any earlier one."""
    who = await signed_in(request)
    filled = await sent(request, who, ABSENCE.key)
    return await _page(request, who, filled) if isinstance(filled, Whole) else see(HERE)


async def over(request: web.Request) -> web.Response:
    """POST /queue/absence/over: "I am back"."""
    who = await signed_in(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await work.back_at_work()
    return see(HERE)


async def _page(request: web.Request, who: ContactPerson, form: Whole) -> web.Response:
    async with site_of(request).turns.database.read() as connection:
        there = await staff.colleagues(connection)
    return page(
        request,
        "absence",
        who.locale,
        status=422 if form.refused else 200,
        who=who,
        switch="desk",
        form=form,
        away=next((_noted(one, site_of(request).clock.now()) for one in there if one.id == who.id), None),
        alone=not any(one.active and one.id != who.id for one in there),
    )


def _noted(one: staff.Colleague, now: datetime) -> Words | None:
    since, until = day_of(one.away_since), day_of(one.away_until)
    if not since or not until or one.away_until < staff.today(now):
        return None
    return _(
        "You are away from {since} to {until}, that day included. {deputy} stands in for you.",
        since=in_words(since),
        until=in_words(until),
        deputy=one.deputy,
    )
