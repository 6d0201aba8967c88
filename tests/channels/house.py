"""The house with text messages, and somebody who writes them by what stands on the telephone alone."""

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path

from bot.speech.catalogs import ISOLATE, POP
from bot.speech.numbered import options
from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker.connected import Connected, carriers
from bot.worker.delivery import Delivery
from dialogs.language.events import Command, Event, Press, Revise, Say, Start
from dialogs.language.replies import Reply
from storage.people import people, staff
from storage.people.people import Address
from tests.channels.gateway import Gateway
from tests.channels.sms import SMS, SMS_STAFF, SmsSettings, Texts
from tests.clock import Clock
from tests.house import Caller, Composed, compose

LISTED = re.compile(r"^(\w+)\. (.+)$", re.MULTILINE)


@dataclass
class HouseWithTexts:
    """The program of one process, its channels, and what it sends by."""

    parts: Composed
    gateway: Gateway
    connected: dict[str, Connected]
    delivery: Delivery

    @property
    def texts(self) -> Texts:
        """The applicants' number."""
        one = self.connected[SMS.name].carrier
        assert isinstance(one, Texts)
        return one

    async def settle(self) -> None:
        """Send whatever is due."""
        while await self.delivery.once():
            pass

    async def writes(self, text: str, number: str = "+46700000001", to: str = "sms") -> list[str]:
        """What comes back when somebody writes that."""
        return await self.brings(self.gateway.message(number, text), to)

    async def brings(self, message: dict[str, str], to: str = "sms") -> list[str]:
        """What comes back when this message is brought."""
        there = self.gateway.there.setdefault(message["from"], [])
        before = len(there)
        assert await self.gateway.bring(message, to) == 200
        await self.settle()
        return there[before:]

    async def comes_in(self, name: str, number: str, administrator: bool = False) -> int:
        """A contact person writes with the token that they were given; their id."""
        parts = self.parts
        links = await invite(parts.database, parts.keys, name, parts.clock.now(), administrator)
        assert await self.writes(f"/start {links.telegram}", number, SMS_STAFF.name)
        async with parts.database.write() as connection:
            who = await staff.at(connection, Address(SMS_STAFF.name, number), parts.clock.now())
            assert who
            await people.change(connection, who.id, locale="en")
        return who.id

    async def close(self) -> None:
        """Close everything."""
        for one in self.connected.values():
            if one.close:
                await one.close()
        await self.parts.close()


def house_with_texts(
    database_url: str, directory: Path, gateway: Gateway, clock: Clock, mails: bool = True
) -> HouseWithTexts:
    """The house at a database, with a gateway in its settings; `mails` says whether mail can be sent."""
    parts = compose(database_url, directory, mails=mails, clock=clock, settings=SmsSettings, sms_url=gateway.url)
    connected = parts.program.connected()
    return HouseWithTexts(parts, gateway, connected, parts.program.delivery(carriers(connected)))


def listed(text: str) -> dict[str, str]:
    """The options of a message by their labels, as a person reads them: the numbers to write."""
    bare = text.replace(ISOLATE, "").replace(POP, "")
    return {label: mark for mark, label in LISTED.findall(bare.rpartition("\n\n")[2])}


class Typist(Caller):
    """Somebody who does on the telephone what is done on the web, as far as it can be typed; `got` is what came last."""

    def __init__(self, house: HouseWithTexts, locale: str, number: str = "transcript") -> None:
        super().__init__(house.parts.turns, number, locale)
        self.house, self.number, self.address = house, number, Address(SMS.name, number)
        self.got: list[str] = []
        self.names: dict[str, str] = {}
        """What the gateway calls what they said, by the names of a transcript."""
        self.chosen = 0
        """How many options they chose by number."""
        self._one_by_one = asyncio.Lock()

    async def does(self, event: Event) -> list[Reply]:
        """Type it: an option by its number, anything else in words. What cannot be typed comes as it is. Returns what stands there then."""
        async with self._one_by_one:
            return await self._does(event)

    async def _does(self, event: Event) -> list[Reply]:
        there = self.house.gateway.there.setdefault(self.number, [])
        before = len(there)
        if typed := await self._typed(event):
            message = self.house.gateway.message(self.number, typed) | {"language": self.locale}
            self.names |= {event.ref: message["id"]} if isinstance(event, Say) else {}
            await self.house.texts.hear(message)
        else:
            if isinstance(event, Revise):
                event = replace(event, ref=self.names.get(event.ref, ""))
            await self.house.parts.turns.take(Origin(self.address, self.locale), event)
        await self.house.settle()
        self.got = there[before:]
        return (await self.turns.seen(self.address)).replies

    async def _typed(self, event: Event) -> str:
        match event:
            case Say(text=text):
                return text
            case Start(payload=rest):
                return f"/start {rest}".strip()
            case Command(name=name, rest=rest):
                return f"/{name} {rest}".strip()
            case Press(act=act):
                standing, shown = await self.sees()
                for option in (one for mine in reversed(options(shown, standing.locale)) for one in mine):
                    if option.press == event:
                        texts = "\n\n".join(self.house.gateway.there[self.number][-len(shown) :])
                        assert f"\n{option.mark}. {option.label}\n" in texts, f"{act}: {texts}"
                        self.chosen += 1
                        return option.mark
        return ""
