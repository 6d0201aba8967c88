"""A person's own data, in words and in their language: what is stored about them, for the page and for the file."""

from bot.documents.export import Own, OwnWriting
from dialogs.applicants import terms
from dialogs.applicants.rooms import name_of
from dialogs.applicants.where import House, Standing
from dialogs.case.case import Submission
from dialogs.engine.record import record
from dialogs.language.words import _
from dialogs.phases.steps import DIALOGS, INTERNAL, sentence
from storage.cases import cases, submissions
from storage.cases.standing import load
from storage.database.database import Database
from storage.erasure.export import everything_about
from storage.people.people import person_of


async def own(database: Database, standing: Standing) -> Own:
    """What is stored about the person of this standing."""
    async with database.read() as connection:
        rows = await everything_about(connection, standing.person)
        ids = sorted({one.case for one in standing.sent} | {one.case for one in standing.arrived})
        found = await cases.cases_by_id(connection, ids)
        events = [event for id in ids for event in await cases.history(connection, id)]
        sent = [one for id in ids for one in await submissions.of_case(connection, id)]
        # What they sent in a case that they have left, or were taken out of.
        apart = [one for one in await submissions.by_person(connection, standing.person) if one.case not in ids]
        left = await cases.cases_by_id(connection, {one.case for one in apart})
    house = standing.house
    return Own(
        standing.locale,
        rows,
        tuple(
            OwnWriting(name_of(one), one.started, record(DIALOGS[one.dialog], one.draft))
            for one in standing.open
            if one.dialog in DIALOGS
        ),
        tuple(sheet for one in (*sent, *apart) for sheet in _sheets(one, (found | left)[one.case].reference)),
        tuple((sentence(event), event.at) for event in events if event.what not in INTERNAL),
        tuple((one.by, one.text, one.at) for id in ids for one in found[id].messages),
        (*terms.kept(house.draft_months), *terms.rights()),
    )


def _sheets(one: Submission, reference: str) -> list[OwnWriting]:
    found = []
    for said in (one.record, *([one.shared] if one.shared else [])):
        title = _("{reference}: {what}", reference=reference, what=DIALOGS[said.dialog].title)
        found.append(OwnWriting(title, one.sent_at, said))
    return found


async def own_of(database: Database, person: int, house: House) -> Own:
    """What is stored about the person with this number. NoResultFound when there is none."""
    async with database.read() as connection:
        standing = await load(connection, await person_of(connection, person), house)
    return await own(database, standing)
