"""A file that was sent in a case, as a download; and the page that says when a file is not where it should be. Access always depends on who
may see the case: the store itself is open to nobody.
"""

import logging
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_request import BaseRequest

from bot.turns import contact_person
from bot.web.desk.case_view import files_in
from bot.web.desk.queue import allowed
from bot.web.http.answers import page
from bot.web.http.site import site_of
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Filed
from storage.cases import submissions

log = logging.getLogger(__name__)


async def send(request: web.Request) -> web.StreamResponse:
    """GET /queue/<reference>/files/<sha256>: a file to save, never shown as a page of ours. The access log records each one."""
    who, case = await allowed(request)
    turns = site_of(request).turns
    async with turns.database.read() as connection:
        sent = files_in(await submissions.of_case(connection, case.id))
    one = sent.get(request.match_info["sha256"])
    if one is None:
        raise web.HTTPNotFound
    async with AsyncExitStack() as held:
        there = await held.enter_async_context(turns.files.at_hand([one.sha256]))
        if one.sha256 not in there:
            return missing(request, who, case, [one])
        async with contact_person.at_work(turns, who) as work:
            await work.opened(case, one.sha256[:8])
        return SentFile(one, there[one.sha256], held.pop_all())


class SentFile(web.FileResponse):
    """A response with a file that `held` keeps on this machine, until it has been sent."""

    def __init__(self, one: Filed, path: Path, held: AsyncExitStack) -> None:
        headers = {
            "Content-Type": one.mime,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        super().__init__(path, headers=headers)
        self._held = held

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        """Send the file, then let go of it."""
        async with self._held:
            return await super().prepare(request)


def missing(
    request: web.Request, who: ContactPerson, case: Case, files: Iterable[Filed], without: str = ""
) -> web.Response:
    """The page that says which files are not in the store; `without` is the address of what is available without them."""
    files = list(files)
    log.error("%d files of a case lie nowhere", len(files))
    return page(
        request, "missing", who.locale, status=404, who=who, switch="desk", case=case, files=files, without=without
    )
