"""Who sends too much is slowed; an update that comes again, because of us or of Telegram, is charged to nobody a second time."""

import re

import pytest

from bot.telegram.charged import MOST, Charged
from bot.telegram.updates import A_FILE
from storage.database.tables import files as file_rows
from tests.samples import PNG
from tests.telegram.applicants import at_the_papers
from tests.telegram.stage import Stage, happens
from tests.telegram.webhook import hello, post, rows
from tests.ways import number_of

TIMES = 12
"""Times that the database refuses, and more than there are acts in these tests."""
TRIED = re.compile("telegram: a turn has to wait: |webhook applicants: ")
"""What the log says of a try that was in vain: at a poll, and at a webhook."""


def with_acts(stage: Stage, acts: int) -> None:
    """From now on a chat has so many acts, and hardly gets more."""
    flood = stage.applicants._incoming._rate_limit
    flood.burst, flood.rate = acts, 1e-9
    flood.buckets.clear()


async def renamed(stage: Stage, table: str, to: str) -> None:
    async with stage.parts.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.updates.PAUSES", (0.01,))


async def test_what_the_database_refuses_costs_one_act_however_often_it_comes(
    either: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    sara = either.phone()
    await sara.walk("scope")
    with_acts(either, 3)
    await renamed(either, "people", "gone")
    for _answer in range(3):
        await sara.say("again")
    await happens(lambda: len(TRIED.findall(caplog.text)) >= TIMES)
    await renamed(either, "gone", "people")
    said = await sara.read()
    assert "faster than I can follow" not in said
    assert said.count("1 of ") == 3
    await sara.say("again")
    assert "faster than I can follow" in await sara.read()


async def test_a_file_that_cannot_be_held_yet_costs_what_one_costs(
    either: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    sara = await at_the_papers(either, 501)
    with_acts(either, A_FILE)
    await renamed(either, "held_updates", "gone")
    await sara.send_photo(PNG)
    await happens(lambda: len(TRIED.findall(caplog.text)) >= TIMES)
    await renamed(either, "gone", "held_updates")
    assert "photo-" in await sara.read()
    assert await number_of(either.parts.database, file_rows) == 1


async def test_what_telegram_brings_again_after_it_was_taken_costs_nothing(still: Stage, door: str) -> None:
    secret = still.parts.keys.derive("webhook:applicants")
    with_acts(still, 2)
    for _time in range(TIMES):
        assert await post(f"{door}/applicants", secret, json=hello(1)) == 200
    assert await post(f"{door}/applicants", secret, json=hello(2)) == 200
    assert still.applicants._incoming._rate_limit.wait("501", 1)
    assert await rows(still, "seen_updates") == 2


def test_those_that_come_are_remembered_and_the_longest_gone_are_not() -> None:
    charged = Charged()
    charged.add((1, 2))
    for id in range(3, MOST + 2):
        charged.add((1, id))
    assert charged.new((1, 2, 3, MOST + 1)) == 1
    assert charged.new((2,)) == 1
