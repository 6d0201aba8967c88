"""Deleting a draft: nothing of it is left, in no table, no file, no page of the database, no log of it."""

from pathlib import Path

from bot.uploads import admit
from dialogs.events import Attach, Command, Filed, Press, Say
from storage.tables import cases, drafts, files, outbox
from tests.house import Caller, Composed, compose
from tests.samples import PDF
from tests.storage.ways import BEGUN, SENT, WRITTEN, everything, goes, number_of

PLANTED = "a very particular plan for the fountain"
TO_THE_FILES = (*BEGUN, "yes", *["not_yet"] * 4, "met", "set:residents")


async def planted(composed: Composed, caller: Caller) -> Filed:
    filed = await admit(composed.files, "fountain.pdf", PDF)
    assert isinstance(filed, Filed)
    await goes(caller, *TO_THE_FILES, Say(PLANTED), Attach((filed,)))
    return filed


async def deletes(caller: Caller) -> None:
    standing, _replies = await caller.sees()
    assert standing.here
    id = standing.here.draft.id
    await caller.does(Command("delete"))
    await caller.taps(f"delete2:{id}")
    await caller.taps(f"delete3:{id}")


async def test_in_every_table_and_on_the_disk(composed: Composed) -> None:
    caller = Caller(composed.turns)
    filed = await planted(composed, caller)
    assert PLANTED in await everything(composed.database)
    await deletes(caller)
    assert PLANTED not in await everything(composed.database)
    assert [await number_of(composed.database, table) for table in (drafts, cases, files)] == [0, 0, 0]
    assert not composed.files.path(filed.sha256).exists()


async def test_a_file_that_another_draft_holds_stays(composed: Composed) -> None:
    first, second = Caller(composed.turns, "first"), Caller(composed.turns, "second")
    filed = await planted(composed, first)
    await planted(composed, second)
    await deletes(first)
    assert await composed.files.get(filed.sha256) == PDF
    await deletes(second)
    assert not composed.files.path(filed.sha256).exists()


async def test_in_the_bytes_of_the_database(sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path)
    caller = Caller(parts.turns)
    await planted(parts, caller)
    assert any(PLANTED.encode() in path.read_bytes() for path in tmp_path.glob("guide.sqlite3*"))
    await deletes(caller)
    assert not any(PLANTED.encode() in path.read_bytes() for path in tmp_path.glob("guide.sqlite3*"))
    await parts.close()


async def test_what_was_sent_cannot_be_deleted(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *WRITTEN, *SENT)
    for act in ("delete", "delete2:1", "delete3:1"):
        await caller.does(Press(act))
    assert "Torget" in await everything(composed.database)
    assert await number_of(composed.database, outbox) >= 1
