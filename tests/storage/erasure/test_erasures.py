"""Forgetting, disposal by decision, and the register that makes a restored backup forget again."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.turns.origin import Origin, Seen
from dialogs.language.events import Press, Say, Start
from storage.cases import case_invitations, cases, disposal
from storage.cases import drafts as drafts_rows
from storage.cases.verify import verify
from storage.database.database import Database
from storage.database.tables import (
    addresses,
    case_events,
    drafts,
    files,
    openings,
    outbox,
    participants,
    people,
    submissions,
)
from storage.database.tables import erasures as register
from storage.erasure import erasures, forgetting
from storage.erasure.erasures import Erasure
from storage.files.files import Files
from storage.files.folder import Folder
from storage.people import staff
from storage.people.people import Address
from tests.clock import now
from tests.house import SEAL, Caller, Composed
from tests.storage.secret import SECRET, TO_PAPERS, attached, gone, on_disk, written
from tests.ways import BEGUN, SENT, WISHED, everything, goes, number_of, rows, up_to, up_to_papers

DECISION = {"number": "TN-2031-77", "day": "2031-05-06"}


async def forgets(caller: Caller) -> None:
    """Press through "Delete everything about me"."""
    for act in ("forget", "forget2"):
        await caller.turns.take(Origin(caller.address, caller.locale), Press(act))


async def test_nothing_is_left_of_somebody_who_had_sent_nothing(composed: Composed, tmp_path: Path) -> None:
    await forgets(await written(composed))
    await gone(composed, tmp_path)
    for table in (people, addresses, drafts, files, participants, outbox):
        assert await number_of(composed.database, table) == 0
    assert [(row.what, row.key) for row in await rows(composed.database, register)] == [("draft", 1), ("person", 1)]


async def test_on_telegram_the_last_word_is_said_and_then_the_chat_is_unknown(composed: Composed) -> None:
    bot = Origin(Address("telegram", "5150"), "en")
    for event in (Start(), Press("accept"), Press("yes", "scope", 1), Press("forget"), Press("forget2")):
        await composed.turns.take(bot, event)
    assert await number_of(composed.database, people) == 0
    last = (await rows(composed.database, outbox))[-1]
    assert (len(await rows(composed.database, outbox)), last.person_id, last.address) == (1, None, "5150")
    assert "All your drafts are deleted" in str(last.reply)


async def test_what_was_sent_stays_and_so_does_who_sent_it(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *WISHED, *SENT)
    assert await number_of(composed.database, drafts) == 2, "an application beside it was begun"
    sent = await rows(composed.database, submissions)
    shown = await caller.does(Press("forget"))
    assert "public document" in str(shown)
    await caller.taps("forget2")
    assert await rows(composed.database, submissions) == sent
    assert [row.sent for row in await rows(composed.database, drafts)] == [True]
    assert await composed.turns.seen(caller.address) == Seen(None, []), "no browser stays in"
    assert {row.person_id for row in await rows(composed.database, participants)} == {sent[0].person_id}
    assert [row.what for row in await rows(composed.database, register)] == ["draft", "address", "session", "address"]


async def test_a_draft_that_others_write_stays_with_them_and_of_who_leaves_only_a_number(composed: Composed) -> None:
    async with composed.database.write() as connection:
        alva = await staff.contact_person(connection, "Alva", now())
        case = await cases.new(connection, now())
        data = {"reference": "SAM-2026-0001", "title": "Torget", "challenges": "It is dark."}
        await cases.happened(connection, SEAL, case, "start", alva, data, now())
        await drafts_rows.prepare(connection, case, now())
        for token in ("first", "second"):
            await case_invitations.invite(connection, case, composed.keys.hash(token), now())
    callers = [await goes(Caller(composed.turns, name), Start(name), "accept") for name in ("first", "second")]
    await forgets(callers[0])
    assert await number_of(composed.database, drafts) == 1
    assert [row.person_id for row in await rows(composed.database, participants)] == [3]
    (left,) = await rows(composed.database, people, id=2)
    assert (left.locale, left.terms, left.terms_at) == ("sv", "", None)
    assert await rows(composed.database, addresses, person_id=2) == []
    await forgets(callers[1])
    assert await number_of(composed.database, drafts) == 0
    async with composed.database.read() as connection:
        assert (await verify(connection, SEAL)).findings == []


async def test_contact_persons_are_not_forgotten(composed: Composed) -> None:
    async with composed.database.write() as connection:
        alva = await staff.contact_person(connection, "Alva", now())
        assert not (await forgetting.forget(connection, alva, now())).whole
    assert await number_of(composed.database, people) == 1


async def closed(composed: Composed) -> tuple[int, int]:
    """A withdrawn case with the secret in everything that was said in it, and an administrator."""
    caller = await goes(
        Caller(composed.turns, "sender"), *BEGUN, TO_PAPERS, await attached(composed.turns), "done",
        Press("meeting"), "skip", up_to(share="yes", contact={"name": f"{SECRET} Berg", "email": f"kim@{SECRET}.se"}), *SENT,
    )  # fmt: skip
    (case,) = {row.case_id for row in await rows(composed.database, submissions)}
    async with composed.database.write() as connection:
        alva = await staff.contact_person(connection, "Alva", now(), administrator=True)
        await cases.happened(connection, SEAL, case, "taken", alva, {}, now())
        await cases.happened(connection, SEAL, case, "note", alva, {"text": f"About {SECRET}"}, now())
        await cases.happened(connection, SEAL, case, "write", alva, {"text": f"Dear {SECRET}", "locale": "en"}, now())
    await goes(caller, Press(f"withdraw:{case}"), Say(f"{SECRET} moved."), *SENT)
    await goes(caller, Press("forget"), "forget2")
    return case, alva


async def disposed(database: Database, files: Files, case: int, decision: dict[str, Any], who: int | None) -> bool:
    """Dispose of a case as the desk does; whether that was done."""
    async with database.write() as connection:
        found = await disposal.dispose(connection, SEAL, case, decision, who, now())
    await files.drop(found or set())
    await database.wipe()
    return found is not None


async def test_disposal_leaves_the_number_the_days_and_the_decision_and_can_be_verified(
    composed: Composed, tmp_path: Path
) -> None:
    case, alva = await closed(composed)
    before = [(row.id, row.what, row.at) for row in await rows(composed.database, case_events)]
    assert SECRET in await everything(composed.database)
    assert await disposed(composed.database, composed.files, case, DECISION, alva)
    await gone(composed, tmp_path)
    after = await rows(composed.database, case_events)
    assert [(row.id, row.what, row.at) for row in after[:-1]] == before, "what happened when stays"
    for table in (submissions, files, openings, participants):
        assert await number_of(composed.database, table) == 0
    async with composed.database.read() as connection:
        assert (await verify(connection, SEAL)).findings == []
        found = await cases.case_by_id(connection, case)
        listed = await disposal.disposed(connection)
    assert found
    assert (found.state, found.title, found.holder) == ("disposed", "", 0)
    assert [one[:3] for one in listed] == [(found.reference, "TN-2031-77", "2031-05-06")]


async def test_emptied_behind_the_programs_back_is_seen(composed: Composed) -> None:
    """Only a disposal that is recorded in the chain excuses an empty event."""
    case, _alva = await closed(composed)
    async with composed.database.write() as connection:
        await connection.execute(case_events.update().where(case_events.c.what == "note").values(data={}))
        findings = (await verify(connection, SEAL)).findings
    assert [one.what for one in findings if "what it says was changed" in one.what]
    assert case


@pytest.mark.parametrize("decision", [{}, {"number": "TN-1"}, {"day": "2031-05-06"}, {"number": "", "day": ""}])
async def test_without_a_decision_nothing_is_disposed_of(composed: Composed, decision: dict[str, str]) -> None:
    case, alva = await closed(composed)
    before = await everything(composed.database)
    assert not await disposed(composed.database, composed.files, case, decision, alva)
    assert await everything(composed.database) == before


async def test_what_is_taken_down_for_a_reason_need_not_be_over(composed: Composed, tmp_path: Path) -> None:
    await goes(Caller(composed.turns), *WISHED, *SENT)
    (case,) = {row.case_id for row in await rows(composed.database, submissions)}
    assert await disposed(composed.database, composed.files, case, {"reason": "Somebody's data."}, None)
    assert await number_of(composed.database, submissions) == 0
    async with composed.database.read() as connection:
        found = await cases.case_by_id(connection, case)
        assert (await verify(connection, SEAL)).findings == []
        assert [one[1] for one in await disposal.disposed(connection)] == ["Somebody's data."]
    assert found
    assert (found.state, found.was) == ("disposed", "closed")


async def test_a_backup_from_before_the_case_was_over_forgets_it_as_well(composed: Composed) -> None:
    """Restored, the case is open again, but what was erased stays erased."""
    await goes(Caller(composed.turns), *WISHED, *SENT)
    (case,) = {row.case_id for row in await rows(composed.database, submissions)}
    async with composed.database.write() as connection:
        await erasures.apply(connection, SEAL, [Erasure("case", case, now(), DECISION)], now())
    assert await number_of(composed.database, submissions) == 0


async def test_a_case_that_is_not_over_is_not_disposed_of(composed: Composed) -> None:
    case, alva = await closed(composed)
    await goes(Caller(composed.turns), *WISHED, *SENT)
    before = await everything(composed.database)
    assert not await disposed(composed.database, composed.files, case + 1, DECISION, alva)
    assert await everything(composed.database) == before
    assert await disposed(composed.database, composed.files, case, DECISION, alva)
    assert not await disposed(composed.database, composed.files, case, DECISION, alva), "and it is done once"


async def test_a_restored_backup_is_made_to_forget_again(
    composed: Composed, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A draft, a person and a case are erased after the backup; with the register of today it holds nothing of them, and all else."""
    case, alva = await closed(composed)
    await written(composed)  # a draft of somebody who stays…
    other = Caller(composed.turns, "another")
    await goes(other, *BEGUN, up_to_papers(f"{SECRET} too"))  # …and of somebody who does not
    await goes(Caller(composed.turns, "who stays"), *WISHED)
    begun = now()
    address, folder = await _copied(composed, request, tmp_path)
    await _erases(composed, other)
    assert await disposed(composed.database, composed.files, case, DECISION, alva)
    await gone(composed, tmp_path)
    async with composed.database.read() as connection:
        erased = await erasures.since(connection, begun)
        assert await erasures.since(connection, begun + timedelta(days=1)) == []
    carried = [Erasure.of_json(one.as_json()) for one in erased]
    assert carried == erased
    restored = Database(address)
    store = Files(restored, Folder(folder / "files"))
    assert SECRET in await everything(restored)
    for _again in range(2):
        async with restored.write() as connection:
            loose = await erasures.apply(connection, SEAL, carried, now())
        await store.drop(loose)
        await restored.wipe()
    assert SECRET not in await everything(restored)
    assert SECRET.encode() not in on_disk(folder)
    assert len(await rows(restored, drafts, sent=False)) == 2, "who stays has what was written"
    async with restored.read() as connection:
        assert (await verify(connection, SEAL)).findings == []
    await restored.close()


async def _erases(composed: Composed, other: Caller) -> None:
    """One deletes the drafts, the other everything."""
    first = Caller(composed.turns)
    for draft in (await first.sees())[0].open:
        await goes(first, Press(f"delete:{draft.draft.id}"), f"delete2:{draft.draft.id}", f"delete3:{draft.draft.id}")
    await forgets(other)


async def _copied(composed: Composed, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A backup: the database as it is now, and the files. The address of the one, the folder of both."""
    folder = tmp_path.parent / f"{tmp_path.name}-restored"
    shutil.copytree(tmp_path, folder)
    if composed.database.embedded:
        return f"sqlite:///{folder / 'guide.sqlite3'}", folder
    url = request.getfixturevalue("database_url")
    await composed.database.engine.dispose()
    return str(await asyncio.to_thread(request.getfixturevalue("postgres").copy, url)), folder
