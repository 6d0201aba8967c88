"""SQLite's log begins anew while people write: it never grows for as long as the program runs."""

import asyncio
import shutil
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from sqlalchemy import make_url

from storage.database.database import Database
from storage.database.sqlite_writer import CHECKPOINT
from storage.migrations import migrate
from storage.people import people
from tests.clock import now
from tests.house import SEAL

COMMITS = 8 * CHECKPOINT
FEW = CHECKPOINT - 50
"""Not enough commits for the log to be copied because of them."""
A_FRAME = 4096 + 24
"""What a commit adds to the log when it changes one page (SQLite, "WAL file format")."""


async def test_the_log_begins_anew_though_nobody_ever_stops_writing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await migrate(database, SEAL)
    log = Path(f"{make_url(sqlite_url).database}-wal")

    async def written(count: int) -> int:
        for number in range(count):
            async with database.write() as connection:
                await people.unseen(connection, [("telegram", tuple(range(number, number + 20)))], now())
                await people.count_up(connection, "written")
        return log.stat().st_size

    first = await written(CHECKPOINT)
    last = await written(COMMITS)
    async with database.write() as connection:
        assert await people.count_up(connection, "written") == CHECKPOINT + COMMITS + 1
    assert last < 4 * first, f"{first} bytes after {CHECKPOINT} commits, {last} after {COMMITS} more"
    await database.close()


async def test_what_a_crash_left_in_the_log_is_copied(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    await migrate(database, SEAL)
    for _number in range(10):
        async with database.write() as connection:
            await people.count_up(connection, "written")
    crashed = tmp_path / "crashed.sqlite3"
    source = str(make_url(sqlite_url).database)
    for end in ("", "-wal"):
        shutil.copyfile(f"{source}{end}", f"{crashed}{end}")
    await database.close()
    log = Path(f"{crashed}-wal")
    left = log.stat().st_size
    again = Database(f"sqlite:///{crashed}")
    for _number in range(FEW):
        async with again.write() as connection:
            last = await people.count_up(connection, "written")
    assert last == 10 + FEW
    assert log.stat().st_size < FEW * A_FRAME + left // 2, "it went on where the crash had left it"
    await again.close()


async def test_what_somebody_reads_is_wiped_when_they_have_ended_and_nobody_waits_for_them(sqlite_url: str) -> None:
    database, word = Database(sqlite_url), b"Zebrafinkarna"
    await migrate(database, SEAL)
    path = str(make_url(sqlite_url).database)
    log = Path(f"{path}-wal")
    async with database.write() as connection:
        await connection.exec_driver_sql("INSERT INTO counters (name, value) VALUES (?, 1)", (word.decode(),))
    with closing(connect(path)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM counters WHERE name = ?", (word.decode(),)).fetchone() == (1,)
        async with database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM counters WHERE name = ?", (word.decode(),))
        # SQLite itself would wait ten seconds for the reader, and everybody who writes with it.
        async with asyncio.timeout(5):
            assert not await database.wipe()
            async with database.write() as connection:
                await people.count_up(connection, "written")
        assert database.unwiped
        assert word in log.read_bytes()
        reader.execute("ROLLBACK")
    assert await database.wipe()
    assert not database.unwiped
    assert (log.read_bytes(), word in Path(path).read_bytes()) == (b"", False)
    await database.close()
