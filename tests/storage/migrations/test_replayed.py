"""The cases of a database that version 8fbb581 left are what that version said they are: nothing but named words of them has changed."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from dialogs.case.case import CaseEvent
from dialogs.case.rights import ContactPerson
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.desk.filter import SORTS, Filter
from dialogs.kinds.day import STOCKHOLM
from dialogs.kinds.times import FORM
from dialogs.language.channels import TELEGRAM_STAFF
from dialogs.phases.steps import DIALOGS, STEPS, TASKS, open_to, replay
from storage.cases import cases, due, queue, submissions
from storage.cases.cases import row_of
from storage.cases.verify import verify
from storage.database.database import Database
from storage.database.tables import case_events, desk_drafts, drafts
from storage.database.tables import cases as case_rows
from storage.people import staff
from storage.people.people import Address
from tests.house import SEAL
from tests.storage.migrations import retold
from tests.storage.migrations.left import CHATS, LEFT, Left, said
from tests.ways import rows

AT = datetime.fromisoformat(said()["at"])
"""When it was left."""
CASES: dict[str, Any] = said()["cases"]


@dataclass
class Everything:
    """What is there: each case's events by its reference, what was sent in it, and the contact persons by name."""

    histories: dict[str, list[CaseEvent]]
    ids: dict[str, int]
    sent: dict[str, list[Any]]
    people: dict[str, ContactPerson]


@pytest.fixture
async def there(looked_at: Database) -> Everything:
    """Everything, read from the migrated database."""
    async with looked_at.read() as connection:
        ids = {row.reference: row.id for row in await rows(looked_at, case_rows) if row.reference}
        histories = {reference: await cases.history(connection, id) for reference, id in ids.items()}
        sent = {reference: await submissions.of_case(connection, id) for reference, id in ids.items()}
        people = {
            name: await staff.at(connection, Address(TELEGRAM_STAFF.name, chat), AT) for name, chat in CHATS.items()
        }
    return Everything(histories, ids, sent, {name: one for name, one in people.items() if one})


async def test_every_event_and_every_dialog_that_it_knew_is_there_and_known_today(looked_at: Database) -> None:
    assert {row.what for row in await rows(looked_at, case_events)} == set(said()["events"])
    assert set(said()["events"]) <= set(STEPS)
    begun = await rows(looked_at, desk_drafts)
    assert {row.dialog for row in begun} == set(said()["dialogs"])
    assert set(said()["dialogs"]) <= set(DESK_DIALOGS)
    references = {row.id: row.reference for row in await rows(looked_at, case_rows)}
    desk = sorted([row.person_id, row.dialog, references.get(row.case_id, ""), sorted(row.answers)] for row in begun)
    assert desk == said()["desk"]
    unsent = await rows(looked_at, drafts, sent=False)
    assert [[row.dialog, references[row.case_id], sorted(row.answers)] for row in unsent] == said()["drafts"]
    assert {row.dialog for row in unsent} == set(DIALOGS)


async def test_each_case_is_what_it_said(looked_at: Database, there: Everything) -> None:
    rows_of = {row.id: row for row in await rows(looked_at, case_rows)}
    assert there.ids.keys() == CASES.keys()
    for reference, history in there.histories.items():
        case = replay(there.ids[reference], history)
        before = CASES[reference]["case"]
        # The registration number is the case's own now: what else made it ready is as gone as the rest of what was disposed of.
        number = before["ready"]["registration"] if before["ready"] else ""
        kept = {"ready": None} if before["state"] == "disposed" else {}
        assert retold.facts(case) == before | kept, reference
        assert case.registration == number, reference
        copied = row_of(case)
        assert {name: getattr(rows_of[case.id], name) for name in copied} == copied, reference
    async with looked_at.read() as connection:
        verdict = await verify(connection, SEAL)
    assert (verdict.findings, verdict.cases) == ([], len(CASES))


async def test_each_history_is_told_as_it_was(there: Everything) -> None:
    for reference, history in there.histories.items():
        assert retold.told(history) == retold.as_today(CASES[reference]["history"]), reference


async def test_each_event_would_be_told_to_whom_it_was_told(there: Everything) -> None:
    for reference, history in there.histories.items():
        expected = retold.as_today(CASES[reference]["notices"])
        assert retold.noticed(there.ids[reference], history) == expected, reference


def test_each_word_that_is_another_today_was_said() -> None:
    """Or it is no exception any more."""
    texts = json.dumps([[one["history"], one["notices"]] for one in CASES.values()], ensure_ascii=False)
    assert [before for before in retold.REWORDED if not re.search(before, texts)] == []


async def test_the_papers_say_what_they_said_but_for_the_words_that_are_the_catalogs_now(there: Everything) -> None:
    reworded = set[str]()
    for reference, history in there.histories.items():
        case = replay(there.ids[reference], history)
        before, today = CASES[reference]["papers"], retold.papers(case, there.sent[reference], history, AT)
        for copy in ("own", "registry"):
            reworded |= set(retold.differences(before[copy], today[copy]))
        assert today["own"] == from_the_catalog(reference), reference
        labelled = retold.with_labels(before["file"], today["file"])
        reworded |= set(retold.differences(retold.labels(before["file"]), retold.labels(today["file"])))
        assert today["file"] == labelled, reference
    listed = (LEFT / "papers_reworded.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(reworded) == listed


def from_the_catalog(reference: str) -> list[list[str]]:
    """The Swedish history that the desk of that version showed, without what the papers leave out."""
    history = retold.as_today(CASES[reference]["history"])
    return [[one["what"], one["sv"]] for one in history if one["what"] != "meeting_reminded"]


async def test_what_was_sent_is_there_whole(there: Everything) -> None:
    for reference, sent in there.sent.items():
        known = [[one.dialog, one.locale, one.sent_at, len(one.record.entries), bool(one.shared)] for one in sent]
        assert retold.plain(known) == CASES[reference]["sent"], reference


NEW = {"close", "reopen", "propose", "admit"}
"""What could not be done then."""
BY_MORE = {"protect"}
"""What whoever sees a case that nobody has can do today, and an administrator; then only who had it."""


async def test_the_same_can_be_done_by_the_same_contact_persons(there: Everything) -> None:
    for reference, history in there.histories.items():
        case = replay(there.ids[reference], history)
        for name, who in there.people.items():
            tasks = {key for key, step in TASKS.items() if open_to(who, case, step)} - NEW
            before = retold.open_today(CASES[reference]["tasks"][name], case)
            more = BY_MORE if who.administrator or not case.holder else set()
            assert tasks - more == before - more, (reference, name)


async def test_the_queue_has_its_order(looked_at: Database, there: Everything, each_left: Left) -> None:
    for name, who in there.people.items():
        expected = said()["queue"][each_left.kind][name]
        async with looked_at.read() as connection:
            assert await queue.counts(connection, who) == expected["counts"]
            for sort in SORTS:
                found, _of = await queue.find(connection, who, Filter(sort=sort), AT)
                assert [one.case.reference for one in found] == expected[sort], (name, sort)
                flags = {one.case.reference: [one.unread, one.followed, one.trouble] for one in found}
                assert flags == expected["flags"], name


async def test_what_was_due_is_due(looked_at: Database, there: Everything) -> None:
    references = {id: reference for reference, id in there.ids.items()}
    since = AT.astimezone(STOCKHOLM).strftime(FORM)
    async with looked_at.read() as connection:
        meetings = await due.meetings(connection, since, "2026-11-20T12:00")
        requests = await due.requests(connection, staff.today(AT))
    found = {"meetings": meetings, "requests": requests}
    assert {name: [references[id] for id in ids] for name, ids in found.items()} == said()["due"]
