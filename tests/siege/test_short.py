"""A few seconds of a siege: bytes, rows and calls are counted, and no time."""

from pathlib import Path

import pytest

from tests.crash.combination import Combination
from tests.siege.ground import DISK, MEGABYTE, Siege
from tests.siege.weighed import PROC

COMBINATIONS = (Combination("SQLite", "polling"), Combination("PostgreSQL", "webhook", ("web", "worker")))


@pytest.mark.parametrize("combination", COMBINATIONS, ids=lambda one: one.name)
async def test_strangers_stop_nothing_fill_nothing_and_leave_nothing(
    combination: Combination, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    embedded = combination.database == "SQLite"
    url = f"sqlite:///{tmp_path}/guide.sqlite3" if embedded else request.getfixturevalue("postgres_url")
    outcome = await Siege(combination, url, tmp_path, chats=8).last(8)
    assert outcome.broken == []
    assert 0 < outcome.disk <= DISK * MEGABYTE
    assert outcome.sent > 20 * MEGABYTE, "they did bring files"
    assert not PROC.exists() or 0 < outcome.memory < 800 * MEGABYTE
    assert outcome.statuses[200] > 50
    assert outcome.statuses[429] > 0
    assert [status for status in outcome.statuses if status >= 500 and status != 503] == []
    assert outcome.submissions <= 251, "fifty from one network address, and one of somebody quiet"
    assert outcome.letters <= 5
    assert outcome.web.waits.refused == []
    assert len(outcome.web.waits.times) > 3
    assert len(outcome.telegram.waits.times) > 3
