"""What goes along with a reply as a file. Its bytes are made when it is sent, and kept nowhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.documents.calendar import calendar_file
from bot.documents.export import export_zip
from dialogs.desk.people import may_see
from dialogs.replies import Appointment, Export
from storage import cases, staff

if TYPE_CHECKING:
    from bot.turns import Turns
    from storage.outbox import Post


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file by its name, and what the Bot API calls it ("document" or "photo")."""

    name: str
    content: bytes
    form: str = "document"


async def enclosure(turns: "Turns", post: "Post") -> Enclosure | None:
    """The file that belongs to a post; None when there is none, or none any more."""
    match post.reply:
        case Appointment() as one:
            return Enclosure(f"{one.uid}.ics", calendar_file(one, post.locale, turns.house.mailbox))
        case Export(what="own") if post.person is not None:
            return Enclosure(
                "samverkansguiden.zip", await export_zip(turns.database, turns.files, post.person, turns.house)
            )
        case Export(what="package", case=case) if post.person is not None:
            return await _package(turns, case, post.person)
        case Export(what="receipt", case=case) if post.person is not None:
            return await _receipt(turns, case, post.person, post.locale)
        case Export(what="overview") if post.person is not None:
            return await _overview(turns, post.person, post.locale)
        case _:
            return None


async def _package(turns: "Turns", id: int, person: int) -> Enclosure | None:
    """The package, if they may still see the case: it may have been protected, and they deactivated, since they asked."""
    from bot.documents.package import write_package

    async with turns.database.read() as connection:
        case = await cases.case_by_id(connection, id)
        who = next((one for one in await staff.active(connection) if one.id == person), None)
    if case is None or who is None or not may_see(who, case):
        return None
    content = await write_package(turns.database, turns.files, case.reference)
    return Enclosure(f"{case.reference}.zip", content) if content else None


async def _receipt(turns: "Turns", id: int, person: int, locale: str) -> Enclosure | None:
    """The receipt, if they write the case."""
    from bot.documents.receipt import receipt_for

    async with turns.database.read() as connection:
        case = await cases.case_by_id(connection, id)
    content = await receipt_for(turns.database, case.reference, person, locale, turns.house.mailbox) if case else None
    return Enclosure(f"{case.reference}.pdf", content) if case and content else None


async def _overview(turns: "Turns", person: int, locale: str) -> Enclosure | None:
    from bot.overview import picture_for

    content = await picture_for(turns.database, turns.house.city, person, locale)
    return Enclosure("overview.png", content, "photo") if content else None
