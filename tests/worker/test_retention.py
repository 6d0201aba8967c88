"""The schedule: what is deleted when, that its writers are warned, and that nothing but a decision touches what was sent."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.turns.origin import Origin
from bot.web.http.post import PATIENCE
from bot.worker.reminders import HEARTBEAT
from bot.worker.retention import BATCH, GRACE, Retention, schedule
from dialogs.language.events import Attach, Command, Filed, Press, Say, Start
from storage.cases import cases, desk_drafts, empty_drafts, house_events, silent_drafts
from storage.cases import drafts as drafts_rows
from storage.database.door_tables import held_updates
from storage.database.door_tables import sessions as browsers
from storage.database.tables import (
    addresses,
    case_invitations,
    deletions,
    drafts,
    invitations,
    outbox,
    people,
    seen_updates,
    submissions,
)
from storage.database.tables import cases as cases_table
from storage.database.tables import desk_drafts as desk_drafts_table
from storage.database.tables import erasures as register
from storage.erasure import erasures, forgetting
from storage.erasure import retention as rows_of_retention
from storage.files.folder import Folder
from storage.files.store import Away
from storage.people import sessions, staff
from storage.people.people import Address
from tests.clock import Clock
from tests.day import let_in
from tests.house import SEAL, Caller, Composed, compose, folder_of
from tests.samples import PDF
from tests.ways import BEGUN, SENT, WISHED, WRITTEN, everything, goes, number_of, rows, up_to_papers

AFTER, KEPT = timedelta(days=14), timedelta(days=366)
RULES = {rule.key: rule for rule in schedule(AFTER, KEPT, lasts=KEPT)}
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


async def works(composed: Composed) -> None:
    """The worker's beat, as if it had just been started."""
    await Retention(composed.turns, AFTER, KEPT).once()


async def warnings(caller: Caller) -> int:
    """How many warnings stand on the caller's page."""
    return str((await caller.sees())[1]).count("It will be deleted on")


async def test_writers_are_warned_once_and_a_draft_that_is_touched_stays(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += RULES["warning"].after + A_MINUTE
    await works(composed)
    await works(composed)
    assert await warnings(caller) == 1
    await goes(caller, "open:1", "not_yet")
    clock.at += timedelta(days=40)
    await works(composed)
    assert await number_of(composed.database, drafts) == 1
    clock.at += RULES["warning"].after
    await works(composed)
    assert await warnings(caller) == 1, "who was silent again is warned again"
    clock.at += timedelta(days=31)
    await works(composed)
    assert await number_of(composed.database, drafts) == 0


async def test_a_worker_that_was_away_for_years_warns_first(composed: Composed, clock: Clock) -> None:
    """And a clock that jumps deletes nothing."""
    caller = await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += KEPT * 3
    await works(composed)
    await works(composed)
    assert await warnings(caller) == 1
    clock.at += GRACE - A_DAY
    await works(composed)
    assert await number_of(composed.database, drafts) == 1
    clock.at += A_DAY + A_MINUTE
    await works(composed)
    assert await number_of(composed.database, drafts) == 0
    assert [row.what for row in await rows(composed.database, register)] == ["draft", "person"]


async def test_who_wants_no_reminders_is_warned_all_the_same(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "yes", Press("quiet"))
    clock.at += RULES["warning"].after + A_MINUTE
    await works(composed)
    assert await warnings(caller) == 1


async def test_each_rule_deletes_what_is_over_and_nothing_younger(composed: Composed, clock: Clock) -> None:
    at = clock.at
    async with composed.database.write() as connection:
        alva = await staff.contact_person(connection, "Alva", at)
        case = await cases.new(connection, at)
        await desk_drafts.begin(connection, alva, "absence", 0, {}, at)
        row = {"channel": "mail", "address": "a@b.se", "reply": {}, "locale": "", "due_at": at, "created_at": at}
        for state in ("failed", "read", "due"):
            await connection.execute(insert(outbox).values(**row, state=state))
        await connection.execute(insert(invitations).values(token_hash="a", person_id=alva, expires_at=at))
        await connection.execute(insert(case_invitations).values(token_hash="b", case_id=case, expires_at=at))
        session = {"channel": "web_staff", "address": "c", "person_id": alva, "used_at": at, "expires_at": at}
        await connection.execute(insert(addresses).values(session))
        await connection.execute(insert(seen_updates).values(channel="telegram", update_id=1, at=at))
        held = {"channel": "telegram", "address": "5", "update_id": 1, "message": {}, "at": at}
        await connection.execute(insert(held_updates).values(held))
        await sessions.begin(connection, alva, "d", at)
    over = {
        desk_drafts_table: ("desk", {}),
        outbox: ("failed", {"state": "failed"}),
        invitations: ("links", {}),
        case_invitations: ("links", {}),
        addresses: ("sessions", {}),
        seen_updates: ("updates", {}),
        held_updates: ("held", {}),
        browsers: ("browsers", {}),
    }
    waits = [(RULES["read"].after, outbox, {"state": "read"})]
    waits += [(RULES[key].after, table, having) for table, (key, having) in over.items()]
    for after in sorted({after for after, _table, _having in waits}):
        for at_last, left in ((after - A_MINUTE, 1), (after + A_MINUTE, 0)):
            clock.at = at + at_last
            await works(composed)
            for table, having in [(table, having) for its, table, having in waits if its == after]:
                assert len(await rows(composed.database, table, **having)) == left, table.name
    assert [row.state for row in await rows(composed.database, outbox)] == ["due"], "what is to be said is said"
    counted = {row.what: row.count for row in await rows(composed.database, deletions)}
    assert counted == {
        "desk": 1,
        "failed": 1,
        "read": 1,
        "links": 2,
        "sessions": 1,
        "updates": 1,
        "held": 1,
        "browsers": 1,
    }


async def test_a_contact_persons_chat_that_nobody_used_is_closed_with_a_kind_word(
    composed: Composed, clock: Clock
) -> None:
    used, unused = await let_in(composed), await let_in(composed, "Bo", "71")
    clock.at += RULES["chats"].after - A_MINUTE
    await works(composed)
    assert await composed.turns.take_staff(used, Command("queue")), "who writes goes on"
    clock.at += 2 * A_MINUTE
    await works(composed)
    (said,) = await rows(composed.database, outbox, channel="telegram_staff", address="71")
    assert said.reply["words"][0]["values"] == {"count": 90}
    assert not await composed.turns.take_staff(unused, Command("queue")), "nobody is there any more"
    assert await composed.turns.take_staff(used, Command("queue"))
    async with composed.database.read() as connection:
        (logged,) = [one for one in await house_events.latest(connection) if one.what == "chat_expired"]
    assert logged.about == "Bo"
    await let_in(composed, "Bo", "71")
    assert await composed.turns.take_staff(unused, Command("queue")), "and back by a new link"


async def test_more_than_a_batch_goes_in_several_transactions(composed: Composed, clock: Clock) -> None:
    old = [{"channel": "telegram", "update_id": id, "at": clock.at} for id in range(2 * BATCH + 1)]
    async with composed.database.write() as connection:
        await connection.execute(insert(seen_updates), old)
        assert await rows_of_retention.updates(connection, clock.at + A_DAY, BATCH) == BATCH
    clock.at += RULES["updates"].after + A_MINUTE
    await works(composed)
    assert await number_of(composed.database, seen_updates) == 0
    assert [row.count for row in await rows(composed.database, deletions)] == [BATCH + 1]


async def test_who_comes_back_after_the_look_stays(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN)
    clock.at += KEPT + A_DAY
    async with composed.database.read() as connection:
        (draft,) = [one.draft.id for one in await silent_drafts.to_warn_of(connection, clock.at - KEPT, BATCH)]
    await goes(caller, "yes")
    async with composed.database.write() as connection:
        before = clock.at - KEPT
        assert await silent_drafts.to_warn_of(connection, before, BATCH, [draft]) == []
        assert await silent_drafts.silent(connection, before, BATCH, [draft]) == []
        assert await silent_drafts.outlived(connection, before, clock.at, BATCH, [draft]) == []
        everybody = list((await connection.execute(select(people.c.id))).scalars())
        assert await forgetting.forget_idle(connection, everybody, before, clock.at) == 0


async def test_people_go_and_the_register_forgets_in_the_end(composed: Composed, clock: Clock) -> None:
    await composed.turns.take(Origin(Address("telegram", "5"), "en", (7,)), Press("menu"))
    clock.at += KEPT + A_MINUTE
    await works(composed)
    assert await number_of(composed.database, people) == 0
    assert [row.what for row in await rows(composed.database, register)] == ["person"]
    clock.at += erasures.KEPT + timedelta(days=2)
    await works(composed)
    assert await number_of(composed.database, register) == 0
    assert await number_of(composed.database, deletions) == 0


async def test_nothing_but_a_decision_deletes_what_was_sent(composed: Composed, clock: Clock) -> None:
    """Decades pass. The case of a group, a withdrawn one, and one with everything in it stand as they stood."""
    await goes(Caller(composed.turns, "one"), *WRITTEN, *SENT)
    await goes(Caller(composed.turns, "two"), *WISHED, *SENT)
    await goes(Caller(composed.turns, "two"), Press("withdraw:2"), Say("We moved."), *SENT)
    sent = await rows(composed.database, submissions)
    for _year in range(30):
        clock.at += timedelta(days=365)
        await works(composed)
    assert await rows(composed.database, submissions) == sent
    assert {row.sent for row in await rows(composed.database, drafts)} == {True}
    assert "Kim Berg" in await everything(composed.database)


async def test_trouble_with_one_rule_keeps_none_of_the_others(
    composed: Composed, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await composed.turns.take(Origin(Address("telegram", "5"), "en", (7,)), Start())
    clock.at += KEPT + A_MINUTE

    async def broken(*_given: object) -> int:
        raise OSError

    monkeypatch.setattr(rows_of_retention, "failed", broken)
    with pytest.raises(OSError):
        await works(composed)
    assert await number_of(composed.database, seen_updates) == 0


EMPTY = RULES["empty"].after


async def test_a_draft_in_which_nothing_was_written_goes_and_its_writer_may_come_back(
    composed: Composed, clock: Clock
) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN)
    clock.at += EMPTY - A_MINUTE
    await works(composed)
    assert await number_of(composed.database, drafts) == 1
    clock.at += 2 * A_MINUTE
    await works(composed)
    assert await number_of(composed.database, drafts) == 0 == await number_of(composed.database, cases_table)
    assert await warnings(caller) == 0, "there is nothing to warn of"
    assert [(row.what, row.count) for row in await rows(composed.database, deletions)] == [("empty", 1)]
    await goes(caller, Press("resume"), Press("new"), "yes")
    assert await number_of(composed.database, drafts) == 1


async def test_who_looked_in_and_never_came_back_goes_as_well(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *BEGUN)
    for after in (EMPTY, KEPT):
        clock.at += after + A_MINUTE
        await works(composed)
    assert await number_of(composed.database, people) == 0


async def test_an_empty_draft_of_somebody_who_wrote_anything_anywhere_stays(composed: Composed, clock: Clock) -> None:
    attach = Attach((Filed(await composed.files.put(PDF), "a.pdf", "application/pdf", len(PDF)),))
    await goes(Caller(composed.turns, "wrote"), *BEGUN, Press("meeting"), Say("A bench."))
    await goes(Caller(composed.turns, "sent"), *WISHED, *SENT)
    await goes(Caller(composed.turns, "filed"), *BEGUN, up_to_papers(), attach, Press("new"))
    async with composed.database.write() as connection:
        started = await cases.new(connection, clock.at)
        await cases.happened(connection, SEAL, started, "started", None, {"title": "Torget"}, clock.at)
        await drafts_rows.prepare(connection, started, clock.at)
    before = await rows(composed.database, drafts)
    assert sum(row.answers == {} and not row.sent for row in before) == 4
    clock.at += EMPTY + A_MINUTE
    await works(composed)
    assert await rows(composed.database, drafts) == before


async def test_who_writes_after_the_look_keeps_an_empty_draft(composed: Composed, clock: Clock) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN)
    clock.at += EMPTY + A_MINUTE
    async with composed.database.read() as connection:
        found = await empty_drafts.empty(connection, clock.at - EMPTY, BATCH)
    await goes(caller, "yes")
    async with composed.database.write() as connection:
        assert len(found) == 1
        assert await empty_drafts.empty(connection, clock.at - EMPTY, BATCH, found) == []


async def test_a_file_that_nothing_holds_is_gone_within_the_hour(composed: Composed, clock: Clock) -> None:
    """Whatever a crash left: half a file, a whole one of a form that never came to its turn. What may still be coming stays."""
    caller = await goes(Caller(composed.turns), *BEGUN, up_to_papers())
    held = Filed(await composed.files.put(PDF), "a.pdf", "application/pdf", len(PDF))
    await caller.does(Attach((held,)))
    await composed.files.put(PDF + b"never taken")
    half = composed.files.coming()
    half.add(b"half")
    worker, began = Retention(composed.turns, AFTER, KEPT), clock.at
    clock.at += timedelta(seconds=PATIENCE) + A_MINUTE
    await worker.once()
    assert len(lying(composed)) == 3, "a form may still be arriving"
    for _beat in range(4):
        clock.at += timedelta(seconds=HEARTBEAT)
        await worker.once()
    assert lying(composed) == [folder_of(composed.files).path(held.sha256)]
    half.end()
    assert clock.at - began < timedelta(hours=1)


class AwayAtFirst(Folder):
    """A store that does not answer when it is asked for old files for the first time."""

    asked = 0

    async def older(self, than: float) -> list[str]:
        """Away, and from the second time on what is older."""
        self.asked += 1
        if self.asked == 1:
            raise Away("TimeoutError")
        return await super().older(than)


async def test_trouble_with_the_sweep_keeps_none_of_the_rest(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """What the rules deleted is wiped from the disk all the same, and the sweep is tried again at the next beat."""
    composed = compose(sqlite_url, tmp_path, clock=clock, store=AwayAtFirst(tmp_path / "files"))
    await composed.turns.take(Origin(Address("telegram", "5"), "en", (7,)), Start())
    await composed.files.put(PDF)
    clock.at += KEPT + A_MINUTE
    worker, log = Retention(composed.turns, AFTER, KEPT), tmp_path / "guide.sqlite3-wal"
    with pytest.raises(Away):
        await worker.once()
    assert await number_of(composed.database, people) == 0
    assert log.stat().st_size == 0, "the database's log held what was deleted"
    await worker.once()
    assert lying(composed) == []
    await composed.close()


@pytest.mark.parametrize("ahead", [timedelta(days=2), timedelta(days=-2)])
async def test_a_clock_that_is_wrong_takes_no_file_that_has_just_come(composed: Composed, ahead: timedelta) -> None:
    """The database's, beside a disk that dates by its own machine's, and the other way round."""
    await composed.files.put(PDF + b"on its way to its form")
    composed.clock.follow(ahead)
    await works(composed)
    assert len(lying(composed)) == 1


def lying(composed: Composed) -> list[Path]:
    """Every file in the store, half ones too."""
    return [path for path in folder_of(composed.files).directory.rglob("*") if path.is_file()]


async def test_what_is_next_is_a_count(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *BEGUN, "yes")
    long_ago = datetime(2020, 1, 1, tzinfo=clock.at.tzinfo)
    async with composed.database.write() as connection:
        await connection.execute(update(drafts).values(touched_at=long_ago))
        assert await rows_of_retention.untouched(connection, clock.at - KEPT) == 1
        assert await rows_of_retention.untouched(connection, long_ago) == 0
