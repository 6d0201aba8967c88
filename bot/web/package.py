"""The package for the registry, as a download. Each one is in the access log."""

from aiohttp import web

from bot import desk
from bot.documents.package import write_package
from bot.web.queue import allowed
from bot.web.site import site_of


async def download(request: web.Request) -> web.Response:
    """GET /queue/<reference>/package: the zip, made now and kept nowhere. 404 when nothing was sent yet."""
    who, case = await allowed(request)
    turns = site_of(request).turns
    if not case.kinds:
        raise web.HTTPNotFound
    async with desk.at_work(turns, who) as work:
        await work.opened(case, "package")
    content = await write_package(turns.database, turns.files, case.reference)
    if content is None:
        raise web.HTTPNotFound
    return web.Response(
        body=content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{case.reference}.zip"'},
    )
