"""A draft that is deleted is really gone: from the tables, from the database's own files, from the store of files."""

from pathlib import Path

import pytest

from bot.turns.origin import Origin
from bot.worker.outcome import Delivered, Failed, Outcome
from dialogs.language.events import Press, Say
from dialogs.phases.steps import DIALOGS
from storage.database.tables import cases, drafts, files, participants, submissions
from storage.files import quota
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.edited import edited
from tests.house import Caller, Composed, folder_of
from tests.storage.secret import SECRET, TO_PAPERS, attached, gone, on_disk, written
from tests.ways import BEGUN, SENT, also_at, everything, goes, number_of, rows, up_to


async def test_nothing_is_left_of_a_draft_that_was_deleted(composed: Composed, tmp_path: Path) -> None:
    caller = await written(composed)
    assert SECRET in await everything(composed.database)
    assert SECRET.encode() in on_disk(tmp_path)
    await goes(caller, Press("delete"), "delete2:1", "delete3:1")
    await gone(composed, tmp_path)
    for table in (drafts, cases, files, participants):
        assert await number_of(composed.database, table) == 0
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


async def without_papers(composed: Composed, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Somebody with a draft whose question about documents is no longer asked."""
    caller = await written(composed)
    monkeypatch.setitem(DIALOGS, "application", edited("papers"))
    await caller.does(Press("resume"))
    assert [row.name for row in await rows(composed.database, files)] == [f"{SECRET}.pdf"]
    return caller


async def test_a_file_whose_question_is_gone_counts_and_goes_with_the_draft(
    composed: Composed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await without_papers(composed, monkeypatch)
    standing, _shown = await caller.sees()
    async with composed.database.read() as connection:
        held = await quota.held_by(connection, standing.person, standing.open[0].case, set())
    assert held.of_person == len(SECRET.encode() * 50)
    await goes(caller, Press("delete"), "delete2:1", "delete3:1")
    await gone(composed, tmp_path)


async def test_a_file_whose_question_is_gone_is_erased_when_it_is_left_out(
    composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await without_papers(composed, monkeypatch)
    draft = (await caller.sees())[0].open[0].draft
    await caller.does(Press("change:papers", "", draft.id, draft.version))
    await caller.taps("skip")
    assert await rows(composed.database, files) == []


async def test_nothing_is_left_on_another_page_nor_in_what_could_not_be_sent(
    composed: Composed, tmp_path: Path
) -> None:
    """What was said of the draft elsewhere goes with it: another cookie's page, a message that did not arrive."""
    caller = await written(composed)
    for address in (Address("web", "other"), Address("telegram", "5")):
        await also_at(composed.turns, caller, address)
        await composed.turns.take(Origin(address, "en"), Press("home"))
        await composed.turns.take(Origin(address, "en"), Press("resume"))

    class Broken:
        async def carry(self, post: Post) -> Outcome:
            return Failed("it is broken", final=True)

    delivery = composed.program.delivery({"telegram": Broken()})
    while await delivery.once():
        pass
    await goes(caller, Press("delete"), "delete2:1", "delete3:1")
    await gone(composed, tmp_path)


async def test_a_removed_file_is_gone_unless_somebody_else_holds_it(composed: Composed, tmp_path: Path) -> None:
    attach = await attached(composed.turns)
    act = f"remove:{attach.files[0].sha256[:12]}"
    one = await goes(Caller(composed.turns, "one"), *BEGUN, TO_PAPERS, attach)
    two = await goes(Caller(composed.turns, "two"), *BEGUN, TO_PAPERS, attach)
    await one.taps(act)
    assert await composed.files.get(attach.files[0].sha256)
    await two.taps(act)
    assert not folder_of(composed.files).path(attach.files[0].sha256).exists()
    assert await number_of(composed.database, files) == 0


async def test_what_was_sent_keeps_its_shared_files_when_the_draft_goes(composed: Composed) -> None:
    """The draft that went along with the wish for a meeting is a public document, its files too."""
    attach = await attached(composed.turns)
    caller = await goes(
        Caller(composed.turns),
        *BEGUN,
        TO_PAPERS,
        attach,
        "done",
        Press("meeting"),
        "skip",
        up_to(share="yes"),
        *SENT,
    )
    await goes(caller, Press("resume"), Press("delete"), "delete2:1", "delete3:1")
    (sent,) = await rows(composed.database, submissions)
    assert SECRET in str(sent.shared)
    assert await composed.files.get(attach.files[0].sha256)
    assert [row.draft_id for row in await rows(composed.database, files)] == [sent.draft_id]
    assert await number_of(composed.database, drafts) == 1


async def test_what_was_sent_is_never_dropped(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, Press("meeting"), "skip", Say("Kim kim@example.se"), *SENT)
    for act in ("delete2:2", "delete3:2", "cancel"):
        await caller.does(Press(act))
    assert await number_of(composed.database, submissions) == 1
    assert await number_of(composed.database, drafts) == 2


async def test_nobody_deletes_what_is_not_theirs(composed: Composed) -> None:
    await written(composed)
    stranger = await goes(Caller(composed.turns, "stranger"), *BEGUN)
    for act in ("delete2:1", "delete3:1", "open:1"):
        shown = await stranger.does(Press(act))
        assert SECRET not in str(shown)
    assert await number_of(composed.database, drafts) == 2


async def test_a_letter_on_its_way_leaves_nothing_when_it_has_arrived(composed: Composed) -> None:
    await goes(Caller(composed.turns), *BEGUN)
    bot = Address("telegram", "5")
    await composed.turns.take(Origin(bot, "en"), Press("menu"))

    class Arriving:
        async def carry(self, post: Post) -> Outcome:
            return Delivered()

    delivery = composed.program.delivery({"telegram": Arriving()})
    assert await delivery.once() == 1
    assert await delivery.once() == 0
