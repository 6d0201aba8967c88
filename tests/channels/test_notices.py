"""Whatever is told in the house reaches a channel of which it knows no more than its table: on both sides, of every kind."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from bot.operations import metrics
from bot.speech.plain import paragraphs
from bot.worker.alarms import Alarms
from bot.worker.connected import carriers
from bot.worker.reminders import Reminders
from dialogs.case.case import Case
from dialogs.case.notice import Notice
from dialogs.case.notices import notices
from dialogs.case.step import Step
from dialogs.phases.always.protect import PROTECT
from dialogs.phases.steps import STEPS
from storage.cases import cases
from storage.database.tables import outbox
from tests.applicant import sends_an_application
from tests.channels.house import HouseWithTexts, Typist
from tests.clock import Clock
from tests.ways import BEGUN, goes, rows

REFERENCE = "SAM-2026-0001"
SOON = "2027-03-01"
SAID: dict[str, Any] = {
    "reference": REFERENCE,
    "keys": ["hopes"],
    "text": "Welcome!",
    "due": SOON,
    "day": SOON,
    "outcome": "granted",
    "place": "Stadshuset",
    "times": [f"{SOON}T10:00"],
    "time": f"{SOON}T10:00",
}
"""What the data of all steps holds, each of which takes what is its own."""
AT_LAST = ("no_time_fits", "decision", "withdrawal_sent", "disposed", PROTECT.id)
"""Steps after which others have nothing to tell any more."""
TELL = {
    step.id
    for step in STEPS.values()
    if step.arrives or step.tells is not next(one.default for one in fields(Step) if one.name == "tells")
}
"""The steps of which somebody is told."""
SARA, NADIA = "+46700000001", "+46700000002"


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


async def takes(house: HouseWithTexts, step: Step, case: int, person: int) -> tuple[Case, dict[str, list[str]]]:
    """A step is taken in a case; the case with it, and what comes to each telephone."""
    before = {number: len(texts) for number, texts in house.gateway.there.items()}
    data = SAID | {"to": f"p{person}", "named": {"ids": [f"p{person}"]}}
    house.parts.clock.at += timedelta(hours=1)  # so that many do not become one
    async with house.parts.database.write() as connection:
        after = await house.parts.turns.happens(connection, case, step, person, data, house.parts.clock.now())
    await house.settle()
    return after, {number: texts[before.get(number, 0) :] for number, texts in house.gateway.there.items()}


def has_come(notice: Notice, texts: list[str]) -> bool:
    """Whether a notice is among these messages, with all its words."""
    return any(all(one in text for one in paragraphs(notice.reply, "en")) for text in texts)


async def test_every_notice_of_every_step_arrives(house: HouseWithTexts) -> None:
    nadia = await house.comes_in("Nadia", NADIA)
    sara = Typist(house, "en", SARA)
    assert (await sends_an_application(sara)).reference == REFERENCE
    await house.settle()
    async with house.parts.database.read() as connection:
        case = await cases.case(connection, REFERENCE)
    assert case
    told: dict[str, set[str]] = {}
    for step in sorted(STEPS.values(), key=lambda one: one.id in AT_LAST):
        after, came = await takes(house, step, case.id, nadia)
        for notice in notices(step, after, house.parts.turns.link(after.reference)):
            told.setdefault(notice.to, set()).add(step.id)
            if notice.to == "participants":
                assert has_come(notice, came[SARA]), step.id
            elif notice.to in ("desk", "holder"):
                assert has_come(notice, came[NADIA]), step.id
    assert set.union(*told.values()) == TELL
    assert [
        row for row in await rows(house.parts.database, outbox) if row.channel != "mail" and row.state != "read"
    ] == []


async def test_a_reminder_arrives_and_can_be_answered_by_its_numbers(house: HouseWithTexts, clock: Clock) -> None:
    sara = await goes(Typist(house, "en", SARA), *BEGUN, "yes")
    clock.at += timedelta(days=15)
    await Reminders(house.parts.turns, timedelta(days=14), timedelta(days=365)).once()
    await house.settle()
    text = house.gateway.there[SARA][-1]
    assert "waits for you" in text or "is still here" in text, text
    shown = await sara.taps("open:1")
    assert getattr(shown[-1], "key", "") == "mixed_group"
    assert isinstance(sara, Typist)
    assert sara.chosen > len(BEGUN) - 1


async def test_a_warning_before_a_draft_is_deleted_arrives(house: HouseWithTexts, clock: Clock) -> None:
    await goes(Typist(house, "en", SARA), *BEGUN, "yes")
    clock.at += timedelta(days=340)
    await Reminders(house.parts.turns, timedelta(), timedelta(days=365)).once()
    await house.settle()
    assert "deleted" in house.gateway.there[SARA][-1]


async def test_an_alarm_arrives(house: HouseWithTexts, clock: Clock) -> None:
    await house.comes_in("Nadia", NADIA, administrator=True)
    watching = Alarms(house.parts.turns, timedelta(minutes=15), carriers=carriers(house.connected))
    metrics.skipped("sms")
    await watching.once()
    await house.settle()
    assert "could not be dealt with" in house.gateway.there[NADIA][-1]


async def test_an_alarm_about_other_ways_goes_past_the_outbox(house: HouseWithTexts, clock: Clock) -> None:
    await house.comes_in("Nadia", NADIA, administrator=True)
    async with house.parts.database.write() as connection:
        to = {"channel": "mail", "address": "nobody@example.se", "locale": "en", "reply": {}}
        await connection.execute(outbox.insert().values(**to, due_at=clock.at, created_at=clock.at))
    clock.at += timedelta(minutes=16)
    await Alarms(house.parts.turns, timedelta(minutes=15), carriers=carriers(house.connected)).once()
    assert "E-mail" in house.gateway.there[NADIA][-1]
