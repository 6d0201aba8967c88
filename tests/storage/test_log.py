"""SQLite's log begins anew while people write: it never grows for as long as the program runs."""

from pathlib import Path

from sqlalchemy import make_url

from bot.clock import now
from storage import people
from storage.database import Database
from storage.embedded import CHECKPOINT
from storage.migrations import migrate

COMMITS = 8 * CHECKPOINT


async def test_the_log_begins_anew_though_nobody_ever_stops_writing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await migrate(database)
    log = Path(f"{make_url(sqlite_url).database}-wal")

    async def written(count: int) -> int:
        for number in range(count):
            async with database.write() as connection:
                await people.unseen(connection, [("applicants", tuple(range(number, number + 20)))], now())
                await people.count_up(connection, "written")
        return log.stat().st_size

    first = await written(CHECKPOINT)
    last = await written(COMMITS)
    async with database.write() as connection:
        assert await people.count_up(connection, "written") == CHECKPOINT + COMMITS + 1
    assert last < 4 * first, f"{first} bytes after {CHECKPOINT} commits, {last} after {COMMITS} more"
    await database.close()
