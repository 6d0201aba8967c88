"""One event, one transaction: the whole way through the real turns, on both databases."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.turns.origin import Origin
from bot.turns.turns import Turns
from dialogs.engine.draft import ASIDE, Answer, Draft
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.events import Fill, Press, Revise, Say, Start
from dialogs.language.replies import Ask, Receipt, Tell
from dialogs.phases.always.taken import TAKEN
from storage.cases import cases as case_rows
from storage.cases import drafts, submissions
from storage.cases.drafts import Kept
from storage.database.tables import case_events, cases, counters, outbox, participants, seen_updates
from storage.database.tables import drafts as draft_rows
from storage.database.tables import people as people_rows
from storage.database.tables import submissions as submission_rows
from storage.database.trouble import Conflict
from storage.people import people
from storage.people.people import Address
from tests.house import Caller, Composed, compose
from tests.ways import BEGUN, SENT, WISHED, WRITTEN, also_at, goes, number_of, ready_to_send, rows, up_to


async def test_from_hello_to_the_receipt(turns: Turns) -> None:
    caller = await goes(Caller(turns), *WRITTEN, *SENT)
    standing, shown = await caller.sees()
    receipt, asks = shown[-2:]
    assert isinstance(receipt, Receipt)
    assert isinstance(asks, Tell), "the code that confirms their address"
    assert (standing.open, standing.at_hand, standing.here) == ((), 0, None)
    (sent,) = standing.sent
    assert (sent.reference, sent.title, sent.state, sent.application) == (receipt.reference, "Torget", "sent", True)
    (case,) = await rows(turns.database, cases)
    assert (case.state, case.reference, case.waiting_since) == ("sent", receipt.reference, receipt.at.at)
    assert [row.what for row in await rows(turns.database, case_events)] == ["application_sent"]
    async with turns.database.read() as connection:
        (submission,) = await submissions.of_case(connection, case.id)
    assert submission.record.value("challenges") == "Dark."
    assert submission.record.facts["scope"] == "partly"
    assert submission.locale == "en"


async def test_a_submission_is_told_to_the_mailbox_and_to_an_address_that_waits_to_be_confirmed(turns: Turns) -> None:
    await goes(Caller(turns), *WRITTEN, *SENT)
    mails = await rows(turns.database, outbox, channel="mail")
    assert [(row.address, row.reply["type"], row.locale) for row in mails] == [
        ("mailbox@example.se", "tell", "sv"),
        ("kim@example.se", "tell", "en"),
    ]
    assert "Dark." not in str([row.reply for row in mails])


async def test_references_count_through_the_year(turns: Turns) -> None:
    for name in ("a", "b", "c"):
        await goes(Caller(turns, name), *WISHED, *SENT)
    year = datetime.now(STOCKHOLM).year
    assert [row.reference for row in await rows(turns.database, cases) if row.reference] == [
        f"SAM-{year}-{number:04}" for number in (1, 2, 3)
    ]


async def test_the_application_after_the_meeting_keeps_the_reference(turns: Turns) -> None:
    """The wish for a meeting out of a draft and the application from it are one case."""
    caller = await goes(Caller(turns), *BEGUN, "yes", Press("meeting"), "skip", up_to(share="yes"), *SENT)
    await goes(caller, Press("resume"), up_to(), *SENT)
    assert len([row for row in await rows(turns.database, cases) if row.reference]) == 1
    assert [row.dialog for row in await rows(turns.database, submission_rows)] == ["meeting", "application"]
    (first, _second) = await rows(turns.database, submission_rows)
    assert [entry["key"] for entry in first.shared["entries"]] == ["scope"]


async def test_forty_people_at_once_lose_nothing(turns: Turns) -> None:
    callers = [Caller(turns, f"caller {number}") for number in range(40)]
    await asyncio.gather(*(goes(caller, *BEGUN, "yes", "not_yet") for caller in callers))
    assert await number_of(turns.database, people_rows) == 40
    stored = await rows(turns.database, draft_rows)
    answered = [sorted(key for key in row.answers if not key.startswith(ASIDE)) for row in stored]
    assert answered == [["mixed_group", "scope"]] * 40


async def test_forty_things_of_one_person_at_once_lose_nothing(turns: Turns) -> None:
    caller = await goes(Caller(turns), *BEGUN, "yes", "met")
    origin = Origin(caller.address, "en")
    await asyncio.gather(*(turns.take(origin, Say(f"Actor {number}")) for number in range(40)))
    standing, _shown = await caller.sees()
    assert standing.here
    value = standing.here.draft.value("actors")
    assert {item["name"] for item in value["items"]} == {f"Actor {number}" for number in range(40)}
    assert len({item["id"] for item in value["items"]}) == 40
    assert standing.here.draft.version == 42


async def test_forty_writers_count_without_a_gap(turns: Turns) -> None:
    async def counted() -> int:
        async with turns.database.write() as connection:
            return await people.count_up(connection, "test")

    assert sorted(await asyncio.gather(*(counted() for _number in range(200)))) == list(range(1, 201))
    assert (await rows(turns.database, counters))[0].value == 200


async def test_forty_first_words_from_one_address_are_one_person(turns: Turns) -> None:
    await asyncio.gather(*(turns.take(Origin(Address("telegram", "5"), "en"), Start()) for _number in range(40)))
    assert await number_of(turns.database, people_rows) == 1


async def test_two_writers_of_one_case_both_get_through(turns: Turns) -> None:
    """The second one's turn is taken again, on what the first one left."""
    one = await goes(Caller(turns, "one"), *BEGUN, "yes", "met")
    two = Caller(turns, "two")
    await two.does(Start())
    case = (await rows(turns.database, cases))[0].id
    async with turns.database.write() as connection:
        other = await people.person_at(connection, two.address, datetime.now(UTC))
        mine = await people.person_at(connection, one.address, datetime.now(UTC))
        assert other
        assert mine
        await connection.execute(participants.insert().values(case_id=case, person_id=other.id))
        await people.change(connection, other.id, terms=mine.terms, at_hand=mine.at_hand)
    for number in range(5):
        await asyncio.gather(
            one.turns.take(Origin(one.address, "en"), Say(f"One {number}")),
            two.turns.take(Origin(two.address, "sv"), Say(f"Two {number}")),
        )
    standing, _shown = await one.sees()
    assert standing.here
    assert len(standing.here.draft.value("actors")["items"]) == 10


async def test_an_old_version_is_never_stored(turns: Turns) -> None:
    await goes(Caller(turns), *BEGUN, "yes")
    (stored,) = await rows(turns.database, draft_rows)
    moment = datetime.now(UTC)
    late = Draft(stored.id, 1, {"scope": Answer("partly", 1, "en", moment)})
    with pytest.raises(Conflict):
        async with turns.database.write() as connection:
            await drafts.keep(connection, [Kept(Draft(stored.id, 0), late, stored.case_id)], moment)
    assert (await rows(turns.database, draft_rows))[0].answers["scope"]["value"] == "yes"


async def test_an_error_leaves_nothing_behind(turns: Turns) -> None:
    with pytest.raises(ZeroDivisionError):
        async with turns.database.write() as connection:
            await people.new_person(connection, Address("web", "x"), "en", datetime.now(UTC))
            _ = 1 / 0
    assert await number_of(turns.database, people_rows) == 0


async def test_an_update_is_taken_once(turns: Turns) -> None:
    """Telegram sends an update again until it was confirmed; an album is several updates and one event."""
    address = Address("telegram", "5")

    async def sends(*updates: int) -> int:
        await turns.take(Origin(address, "en", updates), Start())
        return await number_of(turns.database, outbox)

    assert [await sends(1), await sends(1), await sends(2, 3), await sends(3, 2), await sends(3, 4)] == [1, 1, 2, 2, 3]
    await asyncio.gather(*(sends(9) for _number in range(10)))
    assert await number_of(turns.database, outbox) == 4
    assert {row.update_id for row in await rows(turns.database, seen_updates)} == {1, 2, 3, 4, 9}


async def test_two_presses_on_send_in_two_processes_are_one_submission(database_url: str, tmp_path: Path) -> None:
    one, two = compose(database_url, tmp_path), compose(database_url, tmp_path)
    try:
        caller = Caller(one.turns)
        sure = await ready_to_send(caller, *WRITTEN)
        bot = Address("telegram", "5")
        await also_at(one.turns, caller, bot)
        # A client sends its press again under another number.
        await asyncio.gather(
            *(parts.turns.take(Origin(bot, "en", (number,)), sure) for number, parts in enumerate((one, two) * 3))
        )
        assert await number_of(one.database, submission_rows) == 1
        said = [row.reply for row in await rows(one.database, outbox, channel="telegram")]
        receipts = [reply for reply in said if reply["type"] == "receipt"]
        assert (len(receipts), len(said)) == (6, 7), "and the code is asked for once"
        assert all(receipt == receipts[0] for receipt in receipts)
        assert len(await rows(one.database, outbox, channel="mail")) == 2
    finally:
        await one.close()
        await two.close()


async def test_a_form_is_a_turn(turns: Turns) -> None:
    caller = await goes(Caller(turns), *BEGUN, Press("meeting"))
    shown = (await caller.sees())[1][-1]
    assert isinstance(shown, Ask)
    await caller.does(Fill("", shown.key, shown.draft, shown.version, {"text": ("A bench\r\nand a tree\x00",)}))
    standing, _shown = await caller.sees()
    assert standing.here
    assert standing.here.draft.value("about") == "A bench\nand a tree"


async def test_an_edited_message_is_stored(turns: Turns) -> None:
    caller = await goes(Caller(turns), *BEGUN, Press("meeting"), Say("A bensh", "17"), Revise("A bench", "17"))
    standing, _shown = await caller.sees()
    assert standing.here
    assert standing.here.draft.value("about") == "A bench"


async def test_a_notice_stays_on_the_page_until_it_was_seen(composed: Composed) -> None:
    turns = composed.turns
    caller = await goes(Caller(turns), *WISHED, *SENT)
    (row,) = [row for row in await rows(turns.database, cases) if row.reference]
    async with turns.database.write() as connection:
        case = await case_rows.case(connection, row.reference)
        assert case
        await turns.notifier.tell(connection, TAKEN, case)
    await turns.take(Origin(caller.address, "en"), Press("menu"))
    assert [getattr(reply, "lasting", False) for reply in (await caller.sees())[1]] == [True, False]
    await caller.does(Press("menu"))
    assert [getattr(reply, "lasting", False) for reply in (await caller.sees())[1]] == [False]
