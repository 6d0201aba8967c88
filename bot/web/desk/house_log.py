"""The log of who administers: who came in, was invited, given or taken a role, deactivated. For administrators."""

from aiohttp import web

from bot.web.desk.whole import signed_in
from bot.web.http.answers import page
from bot.web.http.site import site_of
from dialogs.desk.house_log import sentence
from dialogs.language.words import Words
from storage.cases import house_events


async def show(request: web.Request) -> web.Response:
    """GET /queue/people/log: the latest first. 404 for anybody who is no administrator."""
    who = await signed_in(request)
    if not who.administrator:
        raise web.HTTPNotFound
    async with site_of(request).turns.database.read() as connection:
        found = await house_events.latest(connection)
    rows = [(one.at, _sentence(one)) for one in found]
    return page(request, "house_log", who.locale, who=who, switch="desk", rows=rows)


def _sentence(one: house_events.HouseEvent) -> Words:
    door, role = str(one.data.get("door", "")), str(one.data.get("role", ""))
    return sentence(one.what, one.by, one.about, door, role, ", ".join(one.data.get("names", ())))
