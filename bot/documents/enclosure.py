"""The file that goes along with a reply. It is made when the reply is sent, and is not stored."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from bot.documents.calendar import calendar_file
from dialogs.case.rights import may_see
from dialogs.language.replies import Appointment, Export
from storage.cases import cases
from storage.people import staff

if TYPE_CHECKING:
    from bot.documents.papers import PaperFile, Papers
    from storage.outbox.outbox import Post


PATIENCE = 15
"""Seconds that a post waits in line with the web for its paper. Then it is put off, so that what comes after it is not held up for long."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file, open at its beginning, with its name, its size in bytes, and what the Bot API calls it ("document" or "photo")."""

    name: str
    file: BinaryIO
    size: int
    form: str = "document"


@asynccontextmanager
async def enclosure(papers: "Papers", post: "Post") -> AsyncIterator[Enclosure | None]:
    """The file that belongs to a post, while the context lasts; None when it has none, or no longer has one. Raises Busy and Unmade, see Papers."""
    if isinstance(post.reply, Appointment):
        content = calendar_file(post.reply, post.locale, post.created_at, papers.house.mailbox)
        yield Enclosure(f"{post.reply.uid}.ics", BytesIO(content), len(content))
        return
    name, paper = await _asked(papers, post)
    if paper is None:
        yield None
        return
    async with paper as file:
        yield Enclosure(name, file, _size(file), "photo" if name.endswith(".png") else "document") if file else None


async def _asked(papers: "Papers", post: "Post") -> tuple[str, "PaperFile | None"]:
    """The name of the file that a post brings, and what makes it."""
    person = post.person
    match post.reply:
        case Export(what="own") if person is not None:
            return "samverkansguiden.zip", papers.own(person, PATIENCE)
        case Export(what="package", case=case) if person is not None and (seen := await _seen(papers, case, person)):
            return f"{seen}.zip", papers.package(person, seen, PATIENCE)
        case Export(what="receipt", case=case) if person is not None and (reference := await _called(papers, case)):
            return f"{reference}.pdf", papers.receipt(person, reference, post.locale, PATIENCE)
        case Export(what="overview") if person is not None:
            return "overview.png", papers.overview(person, post.locale)
        case _:
            return "", None


async def _seen(papers: "Papers", id: int, person: int) -> str:
    """The reference of a case that they may still see, or "": since they asked, it may have been protected, or they deactivated."""
    async with papers.database.read() as connection:
        case = await cases.case_by_id(connection, id)
        who = next((one for one in await staff.active(connection) if one.id == person), None)
    return case.reference if case and who and may_see(who, case) else ""


async def _called(papers: "Papers", id: int) -> str:
    """The reference of a case, or ""."""
    async with papers.database.read() as connection:
        case = await cases.case_by_id(connection, id)
    return case.reference if case else ""


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
