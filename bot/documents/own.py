"""One's own data as a page to read: what is stored about a person, in words and in their language."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import speech
from bot.clock import now
from bot.spoken import spoken
from dialogs import terms
from dialogs.case import Submission
from dialogs.home import name_of
from dialogs.phases import DIALOGS
from dialogs.record import Record, record
from dialogs.standing import House, Standing
from dialogs.timeline import INTERNAL, sentence
from dialogs.words import Text, Words, _
from storage import cases, submissions
from storage.database import Database
from storage.export import everything_about, person_of
from storage.standing import load

TEMPLATES = Path(__file__).parent.parent / "web" / "templates"
"""The page on the web and the file say the same."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something that was written: what it is called, when it was sent or touched last, and its answers."""

    title: Text
    at: datetime
    record: Record


@dataclass(frozen=True, slots=True)
class Own:
    """What is stored about a person. `rows` are the rows that the export has; the rest is what they mean."""

    locale: str
    rows: dict[str, list[dict[str, object]]]
    drafts: tuple[Sheet, ...]
    sent: tuple[Sheet, ...]
    history: tuple[tuple[Words, datetime], ...]
    messages: tuple[tuple[str, str, datetime], ...]
    kept: tuple[Words, ...]
    """How long it is kept, and how it is erased."""


async def own(database: Database, standing: Standing) -> Own:
    """What is stored about who stands there."""
    async with database.read() as connection:
        rows = await everything_about(connection, standing.person)
        ids = sorted({one.case for one in standing.sent} | {one.case for one in standing.arrived})
        found = await cases.cases_by_id(connection, ids)
        events = [event for id in ids for event in await cases.history(connection, id)]
        sent = [one for id in ids for one in await submissions.of_case(connection, id)]
    house = standing.house
    return Own(
        standing.locale,
        rows,
        tuple(
            Sheet(name_of(one), one.started, record(DIALOGS[one.dialog], one.draft))
            for one in standing.open
            if one.dialog in DIALOGS
        ),
        tuple(sheet for one in sent for sheet in _sheets(one, found[one.case].reference)),
        tuple((sentence(event), event.at) for event in events if event.what not in INTERNAL),
        tuple((one.by, one.text, one.at) for id in ids for one in found[id].messages),
        terms.full(house.mailbox, house.draft_months)[4:6],
    )


def _sheets(one: Submission, reference: str) -> list[Sheet]:
    found = []
    for said in (one.record, *([one.shared] if one.shared else [])):
        title = _("{reference}: {what}", reference=reference, what=DIALOGS[said.dialog].title)
        found.append(Sheet(title, one.sent_at, said))
    return found


async def own_page(database: Database, person: int, house: House) -> str:
    """The page as a file of its own, which needs nothing from outside."""
    async with database.read() as connection:
        standing = await load(connection, await person_of(connection, person), house)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(dir=speech.direction, tag=speech.tag)
    template = environment.get_template("my_data_file.html")
    return template.render(spoken(standing.locale), own=await own(database, standing), at=now())
