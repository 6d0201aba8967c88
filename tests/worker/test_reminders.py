"""One gentle reminder of a draft, which can be refused; and in the end nothing is kept."""

import os
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from bot.turns.origin import Origin
from bot.worker.reminders import Reminders
from bot.worker.retention import GRACE, schedule
from dialogs.language.events import Attach, Filed, Press, Start
from dialogs.language.replies import Reply, Tell
from storage.cases import case_invitations, cases
from storage.cases import drafts as drafts_rows
from storage.database.tables import drafts, outbox, people, seen_updates, submissions
from storage.people import staff
from storage.people.people import Address
from tests.clock import Clock
from tests.day import AFTER, KEPT
from tests.house import SEAL, Caller, Composed, folder_of
from tests.ways import BEGUN, SENT, WISHED, also_at, goes, link_in, number_of, rows, up_to_papers

RULES = {rule.key: rule for rule in schedule(AFTER, KEPT)}


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


def reminded(shown: list[Reply]) -> list[Tell]:
    """The reminders among what stands there."""
    return [reply for reply in shown if isinstance(reply, Tell) and reply.lasting]


async def test_a_silent_draft_is_reminded_of_once(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    reminders = Reminders(composed.turns, AFTER, KEPT)
    await reminders.once()
    assert reminded((await caller.sees())[1]) == []
    clock.at += AFTER + timedelta(minutes=1)
    await reminders.once()
    await reminders.once()
    (reminder,) = reminded((await caller.sees())[1])
    assert [button.act for row in reminder.rows for button in row] == ["open:1", "quiet"]
    await goes(caller, "open:1", "not_yet")
    clock.at += AFTER * 3
    await reminders.once()
    assert reminded((await caller.sees())[1]) == [], "it said that it is the only one"


async def test_every_writer_of_a_draft_is_reminded_and_nobody_who_refused(composed: Composed, clock: Clock) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, "yes")
    others = [Caller(composed.turns, name) for name in ("other", "third")]
    here = (await one.sees())[0].here
    assert here
    for other in others:
        token = link_in(await one.does(Press(f"invite:{here.draft.id}")))
        await goes(other, Start(token), "accept")
    await others[1].does(Press("quiet"))
    clock.at += AFTER * 2
    for caller in (one, *others):
        await caller.does(Press("menu"))  # what was said about who came in is read
    await Reminders(composed.turns, AFTER, KEPT).once()
    due = [row for row in await rows(composed.database, outbox) if row.draft_id == here.draft.id and row.lasting]
    wanted = [(await caller.sees())[0].person for caller in (one, others[0])]
    assert [row.person_id for row in due if "quiet" in str(row.reply)] == wanted


async def test_two_workers_remind_once(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += AFTER * 2
    for _worker in range(2):
        await Reminders(composed.turns, AFTER, KEPT).once()
    assert len(reminded((await caller.sees())[1])) == 1


async def test_reminders_can_be_refused(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes", Press("quiet"))
    clock.at += AFTER * 2
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert reminded((await caller.sees())[1]) == []


async def test_reminders_can_be_off(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += AFTER * 2
    await Reminders(composed.turns, timedelta(0), KEPT).once()
    assert reminded((await caller.sees())[1]) == []


async def test_a_reminder_goes_where_the_person_wrote_last(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    await also_at(composed.turns, caller, Address("telegram", "5"))
    clock.at += AFTER * 2
    await Reminders(composed.turns, AFTER, KEPT).once()
    (row,) = await rows(composed.database, outbox, channel="telegram")
    assert row.reply["lasting"]


async def test_what_was_sent_is_not_reminded_of(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *WISHED, *SENT)
    clock.at += AFTER * 2
    await Reminders(composed.turns, AFTER, KEPT).once()
    reminders = [row for row in await rows(composed.database, outbox, channel="web") if row.reply.get("lasting")]
    assert [row.draft_id for row in reminders] == [1], "of the empty application, and of nothing else"


async def test_an_untouched_draft_is_deleted_in_the_end_and_what_was_sent_is_not(
    composed: Composed, clock: Clock
) -> None:
    content = b"%PDF-1.4 of the draft"
    attach = Attach((Filed(await composed.files.put(content), "a.pdf", "application/pdf", len(content)),))
    await goes(Caller(composed.turns, "one"), *BEGUN, up_to_papers(), attach)
    await goes(Caller(composed.turns, "two"), *WISHED, *SENT)
    clock.at += KEPT - timedelta(days=1)
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert len(await rows(composed.database, drafts, sent=False)) == 2
    clock.at += GRACE + timedelta(minutes=1)
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert await rows(composed.database, drafts, sent=False) == []
    assert await number_of(composed.database, submissions) == 1
    assert not folder_of(composed.files).path(attach.files[0].sha256).exists()


async def test_people_without_anything_are_forgotten(composed: Composed, clock: Clock) -> None:
    await composed.turns.take(Origin(Address("telegram", "5"), "en", (7,)), Press("menu"))
    await goes(Caller(composed.turns), *WISHED, *SENT)
    clock.at += KEPT + timedelta(days=1)
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert await number_of(composed.database, people) == 1
    assert await number_of(composed.database, seen_updates) == 0


async def test_stray_files_are_swept_up(composed: Composed, clock: Clock) -> None:
    """A file that was stored, and whose turn never came to be."""
    stray = folder_of(composed.files).path(await composed.files.put(b"stray"))
    fresh = folder_of(composed.files).path(await composed.files.put(b"fresh"))
    half = stray.with_suffix(".1234")
    half.write_bytes(b"half")
    old = (clock.at - RULES["files"].after).timestamp() - 1
    os.utime(stray, (old, old))
    os.utime(half, (old, old))
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert (stray.exists(), half.exists(), fresh.exists()) == (False, False, True)


async def test_a_draft_that_the_city_prepared_and_nobody_joined_goes_in_the_end(
    composed: Composed, clock: Clock
) -> None:
    """The case stays with its event; while an invitation is still good, the draft does, too; and one that was joined is somebody's."""
    async with composed.database.write() as connection:
        alva = await staff.contact_person(connection, "Alva", clock.at)
        started = [await cases.new(connection, clock.at) for _number in range(3)]
        for number, case in enumerate(started):
            data = {"reference": f"SAM-2026-000{number}", "title": "Torget", "challenges": "It is dark."}
            await cases.happened(connection, SEAL, case, "start", alva, data, clock.at)
            await drafts_rows.prepare(connection, case, clock.at)
    clock.at += KEPT - timedelta(days=1)
    async with composed.database.write() as connection:
        for case in started[1:]:
            await case_invitations.invite(connection, case, composed.keys.hash(f"token {case}"), clock.at)
    await composed.turns.take(Origin(Address("telegram", "5"), "en"), Start())
    await composed.turns.take(Origin(Address("telegram", "5"), "en"), Press("accept"))
    await composed.turns.take(Origin(Address("telegram", "5"), "en"), Start(f"token {started[2]}"))
    clock.at += timedelta(days=2)
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert set(started) & {row.case_id for row in await rows(composed.database, drafts)} == set(started[1:])
    clock.at += case_invitations.LINK_LASTS
    await Reminders(composed.turns, AFTER, KEPT).once()
    assert set(started) & {row.case_id for row in await rows(composed.database, drafts)} == {started[2]}
    async with composed.database.read() as connection:
        for case in started:
            found = await cases.case_by_id(connection, case)
            assert found
            assert found.state == "started"
    async with composed.database.write() as connection:
        await case_invitations.invite(connection, started[0], composed.keys.hash("a late token"), clock.at)
    late = Caller(composed.turns, "late")
    await goes(late, Start("a late token"), "accept")
    here = (await late.sees())[0].here
    assert here, "whoever comes late finds what the city wrote"
    assert here.draft.value("challenges") == "It is dark."


async def renamed(composed: Composed, table: str, to: str) -> None:
    async with composed.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


async def test_trouble_with_one_thing_keeps_none_of_the_others(composed: Composed, clock: Clock) -> None:
    """What falls due in cases comes before the reminders, and cannot be looked up."""
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += AFTER + timedelta(minutes=1)
    await renamed(composed, "case_events", "away")
    with pytest.raises(DBAPIError):
        await Reminders(composed.turns, AFTER, KEPT).once()
    await renamed(composed, "away", "case_events")
    assert len(reminded((await caller.sees())[1])) == 1
