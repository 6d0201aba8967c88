"""The digest reaches a contact person by a channel of which the house knows no more than its table."""

import pytest

from bot.worker.digest import Digest
from tests.applicant import sends_an_application
from tests.channels.house import HouseWithTexts, Typist, listed
from tests.clock import Clock

SARA, NADIA = "+46700000001", "+46700000002"


@pytest.fixture
def clock() -> Clock:
    """A Thursday."""
    return Clock("2026-11-19 12:00")


async def test_a_digest_arrives_and_leads_to_the_queue_by_its_numbers(house: HouseWithTexts, clock: Clock) -> None:
    await house.comes_in("Nadia", NADIA)
    await sends_an_application(Typist(house, "en", SARA))
    clock.is_now("2026-11-20 08:00")
    await house.settle()
    before = len(house.gateway.there[NADIA])
    await Digest(house.parts.turns, 8).once()
    await house.settle()
    (text,) = house.gateway.there[NADIA][before:]
    assert "Good morning, \u2068Nadia\u2069" in text
    assert "1 case waits for somebody to take it, the longest for less than a day." in text.replace(
        "\u2068", ""
    ).replace("\u2069", "")
    (queue,) = await house.writes(listed(text)["The queue"], NADIA, "sms_staff")
    assert "SAM-2026-0001" in queue
