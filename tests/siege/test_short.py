"""A few seconds of a siege: bytes, rows and calls are counted, and no time."""

from pathlib import Path

from tests.crash.combination import Combination
from tests.siege.ground import DISK, MEGABYTE, Siege
from tests.siege.strangers import MUCH
from tests.siege.weighed import PROC

ALONE, APART = Combination("SQLite", "polling"), Combination("PostgreSQL", "webhook", ("web", "worker"))


async def test_strangers_stop_nothing_fill_nothing_and_leave_nothing(database_url: str, tmp_path: Path) -> None:
    combination = ALONE if database_url.startswith("sqlite") else APART
    outcome = await Siege(combination, database_url, tmp_path, chats=8).last(8)
    assert outcome.broken == []
    assert 0 < outcome.disk <= DISK * MEGABYTE
    assert outcome.sent > MUCH, "they did bring files"
    assert not PROC.exists() or 0 < outcome.memory < 500 * MEGABYTE
    assert outcome.statuses[200] > 50
    assert [status for status in outcome.statuses if status >= 500 and status != 503] == []
    assert outcome.submissions <= 61, "so many requests fit into this time, five for each"
    assert outcome.fetched <= 40, "ten files of each of two chats that were asked for any, and tried twice"
    assert outcome.letters <= 5
    assert outcome.web.waits.refused == []
    # Eight seconds and more, beside other tests: how soon is the long siege's matter, that each is served again and again is this one's.
    assert len(outcome.web.waits.times) > 1
    assert len(outcome.telegram.waits.times) > 1
