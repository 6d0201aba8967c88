"""The package for the registry, as a download. Each one is in the access log."""

from aiohttp import web

from bot import desk
from bot.web.download import PATIENCE, download
from bot.web.queue import allowed
from bot.web.site import site_of


async def send(request: web.Request) -> web.StreamResponse:
    """GET /queue/<reference>/package: the zip, made now and kept nowhere. 404 when nothing was sent yet."""
    who, case = await allowed(request)
    turns = site_of(request).turns
    if not case.kinds:
        raise web.HTTPNotFound
    async with desk.at_work(turns, who) as work:
        await work.opened(case, "package")
    async with turns.papers.package(who.id, case.reference, PATIENCE) as file:
        if file is None:
            raise web.HTTPNotFound
        return await download(request, file, f"{case.reference}.zip", "application/zip")
