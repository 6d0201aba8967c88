"""One gentle reminder, and no more; drafts that nobody touches end. On both databases."""

from datetime import timedelta

import pytest

import bot.reminders
from bot.reminders import Reminders
from dialogs.events import Press, Say
from storage.tables import addresses, cases, drafts, outbox, people
from tests.house import Caller, Composed
from tests.storage.ways import BEGUN, SENT, WRITTEN, Clock, everything, goes, number_of, rows

AFTER, KEPT = timedelta(days=14), timedelta(days=365)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(bot.reminders, "now", told)
    return told


def reminders(composed: Composed, after: timedelta = AFTER) -> Reminders:
    return Reminders(composed.turns, after, KEPT)


async def reminded(composed: Composed) -> int:
    return sum("only reminder" in repr(row.reply) for row in await rows(composed.database, outbox))


async def test_one_reminder_after_the_silence_and_never_another(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += AFTER - timedelta(minutes=1)
    await reminders(composed).once()
    assert await reminded(composed) == 0
    clock.at += timedelta(minutes=2)
    await reminders(composed).once()
    assert await reminded(composed) == 1
    clock.at += AFTER
    await reminders(composed).once()
    assert await reminded(composed) == 1


async def test_who_said_no_gets_none(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *BEGUN, "yes", Press("quiet"))
    clock.at += AFTER * 2
    await reminders(composed).once()
    assert await reminded(composed) == 0


async def test_no_reminders_where_there_are_to_be_none(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns), *BEGUN, "yes")
    clock.at += AFTER * 2
    await reminders(composed, timedelta()).once()
    assert await reminded(composed) == 0


async def test_an_untouched_draft_ends_and_what_was_sent_stays(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns, "sender"), *WRITTEN, *SENT)
    await goes(Caller(composed.turns, "writer"), *BEGUN, "yes", *["not_yet"] * 6, "on", Say("Forgotten square"))
    clock.at += KEPT + timedelta(days=1)
    await reminders(composed).once()
    assert [row.sent for row in await rows(composed.database, drafts)] == [True]
    assert await number_of(composed.database, cases) == 1
    assert "Forgotten square" not in await everything(composed.database)
    assert "Torget" in await everything(composed.database)


async def test_whoever_only_looked_in_is_forgotten(composed: Composed, clock: Clock) -> None:
    await goes(Caller(composed.turns, "sender"), *WRITTEN, *SENT)
    await goes(Caller(composed.turns, "looker"), Press("help"))
    assert await number_of(composed.database, people) == 2
    clock.at += KEPT + timedelta(days=1)
    await reminders(composed).once()
    assert await number_of(composed.database, people) == 1
    assert [row.address for row in await rows(composed.database, addresses)] == ["sender"]
