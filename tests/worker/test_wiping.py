"""What was deleted is taken out of SQLite's log as soon as nobody reads it, by a loop that tries again."""

import asyncio
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from sqlalchemy import make_url

from bot.turns.origin import Origin
from bot.worker.wiping import Wiping
from dialogs.language.events import Press
from tests.house import Caller, compose
from tests.storage.secret import SECRET
from tests.ways import BEGUN, goes, up_to_papers


async def test_it_is_tried_again_until_nobody_reads_it(sqlite_url: str, tmp_path: Path) -> None:
    composed = compose(sqlite_url, tmp_path)
    database, path = composed.database, str(make_url(sqlite_url).database)
    wiping = asyncio.create_task(Wiping(database).run())
    caller = await goes(Caller(composed.turns, "sara"), *BEGUN, up_to_papers(SECRET))
    with closing(connect(path)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
        async with asyncio.timeout(5):
            for act in ("forget", "forget2"):
                await caller.turns.take(Origin(caller.address, caller.locale), Press(act))
        assert database.unwiped
        assert SECRET.encode() in Path(f"{path}-wal").read_bytes()
        reader.execute("ROLLBACK")
    async with asyncio.timeout(30):
        while database.unwiped:
            await asyncio.sleep(0.05)
    assert SECRET.encode() not in Path(f"{path}-wal").read_bytes() + Path(path).read_bytes()
    wiping.cancel()
    await asyncio.gather(wiping, return_exceptions=True)
    await composed.close()
