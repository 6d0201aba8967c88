"""The access log of a case: who opened it, a file of it, or its package. For the person who has the case, and for administrators."""

from aiohttp import web

from bot.web.desk.queue import allowed
from bot.web.http.answers import page
from bot.web.http.site import site_of
from dialogs.case.rights import may_read_log
from dialogs.desk import labels
from storage.cases import openings


async def show(request: web.Request) -> web.Response:
    """GET /queue/<reference>/log: the openings, the latest first. 404 for someone who may not read it."""
    who, case = await allowed(request)
    if not may_read_log(who, case):
        raise web.HTTPNotFound
    async with site_of(request).turns.database.read() as connection:
        found = await openings.of(connection, case.id)
    rows = [(one.at, one.name, labels.opened(one.what)) for one in found]
    return page(request, "log", who.locale, who=who, switch="desk", case=case, rows=rows)
