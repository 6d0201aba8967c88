"""A short storm over both databases and both ways in: what the long run (make crash) does for half an hour, here for seconds."""

import asyncio
from pathlib import Path

import pytest

from tests.crash.combination import Combination, Plan
from tests.crash.company import GOING, GUESTS
from tests.crash.storm import Storm
from tests.crash.table import table
from tests.postgres import Postgres

PLAN = Plan(people=16, kills=2, between=(0.5, 2), every=20, stall=2, think=0.2, patience=25, leaving=0.7, ending=180)


@pytest.mark.parametrize(
    "combination",
    [Combination("SQLite", "webhook"), Combination("PostgreSQL", "polling", ("web", "worker"))],
    ids=lambda one: one.database,
)
def test_nothing_is_lost_in_a_storm(
    combination: Combination, postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres.fresh() if combination.database == "PostgreSQL" else f"sqlite:///{tmp_path}/guide.sqlite3"
    outcome = asyncio.run(Storm(combination, PLAN, url, tmp_path, seed=2603).run())
    with capsys.disabled():
        print(f"\n{table([outcome])}")
    assert not outcome.broken, "\n".join(outcome.broken)
    assert outcome.kills == PLAN.kills
    assert outcome.faults
    assert outcome.verdict.acknowledged > 50
    assert outcome.verdict.stored
    assert outcome.visitors
    assert outcome.browsed > 20
    assert (outcome.verdict.writing.came_in, outcome.verdict.writing.left) == (len(GUESTS), len(GOING))
    assert outcome.verdict.writing.turned_away
