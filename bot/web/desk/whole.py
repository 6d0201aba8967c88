"""A contact person's dialog that belongs to no case yet, as one form on a page: what it shows, and what happens when it is sent."""

from dataclasses import dataclass

from aiohttp import web

from bot.turns import contact_person as desk
from bot.turns.tasks import DeskWork
from bot.web.desk.form import FormQuestion, boxes, posted_in
from bot.web.desk.queue import contact_person
from bot.web.http.post import no_files, read
from bot.web.http.site import site_of
from dialogs.applicants.where import Open
from dialogs.case.rights import ContactPerson
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.draft import Draft
from dialogs.language.words import Words
from storage.cases import desk_drafts


@dataclass(frozen=True, slots=True)
class Whole:
    """The form of a dialog: its title and boxes, the words above it and on its button, and its number."""

    title: Words
    boxes: tuple[FormQuestion, ...]
    review: tuple[Words, ...]
    send: Words
    once: int

    @property
    def refused(self) -> bool:
        """Whether any box has an error."""
        return any(box.error for box in self.boxes)


async def signed_in(request: web.Request) -> ContactPerson:
    """The contact person who is signed in. 404 for strangers."""
    who = await contact_person(request)
    if who is None:
        raise web.HTTPNotFound
    return who


async def whole(request: web.Request, who: ContactPerson, dialog: str) -> Whole:
    """The form as far as they have filled it in, here or in the bot. Looking at it begins nothing."""
    turns, at = site_of(request).turns, site_of(request).clock.now()
    async with turns.database.read() as connection:
        there = await desk_drafts.begun(connection, who.id, dialog, 0) or Open(Draft(0), dialog, 0, at)
        work = DeskWork(turns, connection, who, at)
        one = await work.in_context(there, None)
    return _form(request, dialog, boxes(DESK_DIALOGS[dialog], one.draft))


async def sent(request: web.Request, who: ContactPerson, dialog: str) -> desk.Filled | Whole:
    """What became of the posted form: done (or done before), or the form again with what is wrong in it. 404 when they may not."""
    post = await read(request, no_files)
    posted = posted_in(post.answers)
    turns = site_of(request).turns
    filled = await desk.fill_in(turns, who, None, dialog, posted, once=post.number("once"))
    if filled is None:
        raise web.HTTPNotFound
    if not filled.refused:
        return filled
    at = turns.clock.now()
    async with turns.database.read() as connection:
        one = await DeskWork(turns, connection, who, at).in_context(Open(filled.draft, dialog, 0, at), None)
    return _form(request, dialog, boxes(DESK_DIALOGS[dialog], one.draft, filled.refused, posted))


def _form(request: web.Request, dialog: str, asked: tuple[FormQuestion, ...]) -> Whole:
    one = DESK_DIALOGS[dialog]
    return Whole(one.title, asked, one.review, one.send, site_of(request).keys.number())
