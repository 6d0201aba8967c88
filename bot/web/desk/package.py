"""The package for the registry, as a download. The access log records each one."""

from aiohttp import web

from bot.turns import contact_person
from bot.web.desk.case_view import files_in
from bot.web.desk.queue import allowed
from bot.web.desk.sent_file import missing
from bot.web.http.download import PATIENCE, download
from bot.web.http.site import site_of
from dialogs.case.case import Case
from dialogs.language.events import Filed
from storage.cases import submissions


async def send(request: web.Request) -> web.StreamResponse:
    """GET /queue/<reference>/package: the zip, made on demand and not kept. 404 when nothing was sent; if files are missing, a page says so first."""
    who, case = await allowed(request)
    turns = site_of(request).turns
    if not case.kinds:
        raise web.HTTPNotFound
    if "without" not in request.query and (lacking := await _lacking(request, case)):
        return missing(request, who, case, lacking, f"{request.path}?without")
    async with contact_person.at_work(turns, who) as work:
        await work.opened(case, "package")
    async with turns.papers.package(who.id, case.reference, PATIENCE) as file:
        if file is None:
            raise web.HTTPNotFound
        return await download(request, file, f"{case.reference}.zip", "application/zip")


async def _lacking(request: web.Request, case: Case) -> list[Filed]:
    """The files that were sent in a case but are not in the store."""
    turns = site_of(request).turns
    async with turns.database.read() as connection:
        sent = files_in(await submissions.of_case(connection, case.id))
    gone = await turns.files.lacking(sent)
    return [file for sha256, file in sent.items() if sha256 in gone]
