"""The contact persons' queue: what has waited longest first, a page for each case. Nothing here reads a draft."""

import re
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from bot import desk
from bot.clock import now
from bot.invitations import at_the_queue
from bot.web.answers import page, see
from bot.web.case_view import contact_in, files_in, papers
from bot.web.cookies import DESK, token_of
from bot.web.language import negotiated
from bot.web.post import no_files, read
from bot.web.site import site_of
from dialogs.case import Case
from dialogs.desk import labels as words
from dialogs.desk.filter import Filter
from dialogs.desk.people import ContactPerson, may_see
from dialogs.timeline import sentence
from storage import cases, outbox, queue, staff, submissions

OURS = re.compile(r"/queue(/[A-Z0-9-]+)?", re.ASCII)
"""The pages that one can come back to."""


async def contact_person(request: web.Request) -> ContactPerson | None:
    """Who is signed in, or None."""
    site = site_of(request)
    session = token_of(request, DESK)
    if not session:
        return None
    async with site.turns.database.read() as connection:
        return await staff.at(connection, at_the_queue(site.keys, session), now())


async def show(request: web.Request) -> web.Response:
    """GET /queue: the list. A stranger learns how to sign in, and nothing else."""
    who = await contact_person(request)
    if who is None:
        return page(request, "sign_in", negotiated(request), stale=None)
    async with site_of(request).turns.database.read() as connection:
        found = [one.case for one in (await queue.find(connection, who, Filter(), now(), most=500))[0]]
        undelivered = await outbox.undelivered(connection)
    counts = {state: sum(case.state == state for case in found) for state in words.STATES}
    rows = [(case, words.waited(case.waiting_since, now()), words.state(case)) for case in found]
    return page(
        request,
        "queue",
        who.locale,
        who=who,
        switch="desk",
        rows=rows,
        counts=counts,
        undelivered=undelivered,
        words=words,
    )


async def allowed(request: web.Request) -> tuple[ContactPerson, Case]:
    """The contact person and the case that the address names. 404 alike for strangers and for references that nobody has."""
    who = await contact_person(request)
    if who is None:
        raise web.HTTPNotFound
    async with site_of(request).turns.database.read() as connection:
        found = await cases.case(connection, request.match_info["reference"])
    if found is None or not may_see(who, found):
        raise web.HTTPNotFound
    return who, found


async def case(request: web.Request) -> web.Response:
    """GET /queue/<reference>: everything that was sent in a case, its files, and its history."""
    who, found = await allowed(request)
    async with site_of(request).turns.database.read() as connection:
        sent = await submissions.of_case(connection, found.id)
        history = await cases.history(connection, found.id)
        undelivered = await outbox.undelivered_in(connection, found.id)
    return page(
        request,
        "case",
        who.locale,
        who=who,
        switch="desk",
        case=found,
        papers=papers(sent),
        history=[(sentence(event), event.at) for event in history],
        waited=words.waited(found.waiting_since, now()),
        state=words.state(found),
        contact=contact_in(sent),
        late="late" in request.query,
        undelivered=undelivered,
        words=words,
    )


async def take(request: web.Request) -> web.Response:
    """POST /queue/<reference>/take: "I take it". Who is too late is told who was quicker."""
    who, found = await allowed(request)
    async with desk.at_work(site_of(request).turns, who) as work:
        taken = await work.take(found)
    return see(f"/queue/{found.reference}" if taken else f"/queue/{found.reference}?late")


async def file(request: web.Request) -> web.StreamResponse:
    """GET /queue/<reference>/files/<sha256>: a file that was sent in this case, to be saved, never shown as a page of ours."""
    _who, found = await allowed(request)
    site = site_of(request)
    async with site.turns.database.read() as connection:
        sent = files_in(await submissions.of_case(connection, found.id))
    one = sent.get(request.match_info["sha256"])
    if one is None or not site.turns.files.path(one.sha256).exists():
        raise web.HTTPNotFound
    headers = {
        "Content-Type": one.mime,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return web.FileResponse(site.turns.files.path(one.sha256), headers=headers)


async def speak(request: web.Request) -> web.Response:
    """POST /queue/language: another language for the contact person; what applicants wrote stays as they wrote it."""
    who = await contact_person(request)
    if who is None:
        return see("/queue")
    post = await read(request, no_files)
    await desk.speak(site_of(request).turns, who, post.one("language"))
    back = post.one("back")
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": back if OURS.fullmatch(back) else "/queue"})
