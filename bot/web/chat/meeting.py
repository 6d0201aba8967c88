"""A meeting as a calendar file, for those who write the case and for the contact persons who may see it."""

from aiohttp import web

from bot.documents.calendar import calendar_file
from bot.turns import contact_person
from bot.web.desk.queue import allowed
from bot.web.http.cookies import standing_of
from bot.web.http.site import site_of
from dialogs.case.appointment import appointment, meeting
from dialogs.language.replies import Appointment
from storage.cases import cases


async def ours(request: web.Request) -> web.Response:
    """GET /meeting/<reference>.ics: for somebody who writes this case. 404 for anybody else, and when no meeting is agreed."""
    site = site_of(request)
    standing = await standing_of(request)
    if standing is None:
        raise web.HTTPNotFound
    async with site.turns.database.read() as connection:
        id = await cases.written_by(connection, standing.person, request.match_info["reference"])
        case = await cases.case_by_id(connection, id) if id else None
    if case is None or case.meeting is None:
        raise web.HTTPNotFound
    return _file(request, meeting(case.reference, case.id, case.meeting), standing.locale)


async def theirs(request: web.Request) -> web.Response:
    """GET /queue/<reference>/meeting.ics: for a contact person who may see the case. It tells of the case, so the access log has it."""
    who, case = await allowed(request)
    one = appointment(case)
    if one is None:
        raise web.HTTPNotFound
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await work.opened(case, "calendar")
    return _file(request, one, who.locale)


def _file(request: web.Request, one: Appointment, locale: str) -> web.Response:
    site = site_of(request)
    return web.Response(
        body=calendar_file(one, locale, site.clock.now(), site.turns.house.mailbox),
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{one.uid}.ics"'},
    )
