"""What did not reach somebody by a channel of which the house knows no more than its table: staff read of it in the channel's own words."""

import pytest

from dialogs.language.events import Press
from storage.database.tables import addresses, outbox
from tests.applicant import sends_an_application
from tests.channels.house import HouseWithTexts, Typist, listed
from tests.ways import rows

SARA, NADIA = "+46700000001", "+46700000002"


@pytest.fixture
def mails() -> bool:
    """No letter goes where a text message does not arrive."""
    return False


async def reads(house: HouseWithTexts, chosen: str) -> str:
    """What Nadia's telephone says when she chooses that of what she was told last."""
    there = house.gateway.there[NADIA]
    return "\n".join(await house.writes(listed(there[-1])[chosen], NADIA, "sms_staff"))


async def test_what_does_not_arrive_is_told_to_staff_in_the_words_of_the_channel(house: HouseWithTexts) -> None:
    await house.comes_in("Nadia", NADIA)
    await sends_an_application(Typist(house, "en", SARA))
    assert "reached no telephone" not in await reads(house, "Open the case")
    house.gateway.gone.add(SARA)
    await reads(house, "I take it")
    (failed,) = await rows(house.parts.database, outbox, state="failed")
    assert failed.channel == "sms"
    page = await reads(house, "Open SAM-2026-0001")
    (told,) = (line for line in page.splitlines() if "reached no telephone." in line)
    assert "A contact person has taken your case" in told


async def test_who_has_no_telephone_any_more_is_not_reachable_by_it(house: HouseWithTexts) -> None:
    sara = Typist(house, "en", SARA)
    await sends_an_application(sara)
    house.gateway.gone.add(SARA)
    await sara.does(Press("status"))
    (row,) = await rows(house.parts.database, addresses, channel="sms")
    assert not row.reachable
