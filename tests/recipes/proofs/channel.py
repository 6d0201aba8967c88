"""In a copy with text messages: somebody comes by numbers alone as far as a question, and hears of what happens in their case."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.main.process import reached
from bot.turns.contact_person import at_work
from bot.turns.origin import Origin
from bot.worker.connected import carriers
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Event
from dialogs.language.replies import Reply
from storage.cases import cases
from storage.people import staff
from storage.people.people import Address
from tests.applicant import sends_an_application
from tests.channels.gateway import Gateway
from tests.channels.house import HouseWithTexts, listed
from tests.clock import Clock
from tests.house import Caller, compose

SARA = "+46700000001"


class Telephone(Caller):
    """Somebody on the telephone, to whom every message is brought at once."""

    def __init__(self, house: HouseWithTexts) -> None:
        super().__init__(house.parts.turns, SARA, "en")
        self.house, self.address = house, Address("sms", SARA)

    async def does(self, event: Event) -> list[Reply]:
        """Do it, and read what comes."""
        await self.turns.take(Origin(self.address, self.locale), event)
        await self.house.settle()
        return (await self.sees())[1]


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[HouseWithTexts]:
    """The house, whose settings name a gateway."""
    gateway = Gateway()
    await gateway.start()
    parts = compose(sqlite_url, tmp_path, clock=clock, sms_url=gateway.url)
    program, connected = parts.program, parts.program.connected()
    async with TestServer(reached(program, connected, program.health())) as server:
        gateway.hook = str(server.make_url("/hooks"))
        made = HouseWithTexts(parts, gateway, connected, program.delivery(carriers(connected)))
        yield made
        await made.close()
    await gateway.stop()


async def test_sms_brings_somebody_to_a_question(house: HouseWithTexts) -> None:
    (welcome,) = await house.writes("Hej!")
    *_said, asked = await house.writes(listed(welcome)["Jag har läst, nu börjar vi"])
    assert "Handlar er idé om gator, torg, parker eller andra allmänna platser?" in asked
    assert listed(asked)["Ja"] == "1"


async def test_sms_tells_of_what_happens(house: HouseWithTexts) -> None:
    reference = (await sends_an_application(Telephone(house))).reference
    async with house.parts.database.write() as connection:
        who = await staff.contact_person(connection, "Nadia", house.parts.clock.now())
        case = await cases.case(connection, reference)
    assert case
    async with at_work(house.parts.turns, ContactPerson(who, "Nadia", "sv")) as work:
        assert await work.take(case)
    await house.settle()
    said = "\n".join(house.gateway.there[SARA])
    assert reference in said
    assert "has taken your case" in said
