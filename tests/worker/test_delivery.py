"""What a turn says is sent at once by the process that took it, in its order, and nothing overtakes what waits."""

import asyncio

from bot.main.process import sender
from bot.turns.origin import Origin
from bot.worker.delivery import Delivery
from bot.worker.outcome import Delivered, Failed, Outcome
from dialogs.language.events import Command, Press, Start
from storage.database.tables import outbox as outbox_table
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.house import Composed
from tests.ways import rows

CHAT = Address("telegram", "5")
ORIGIN = Origin(CHAT, "en")


class Chat:
    """A carrier that notes what arrives, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.arrived, self.fails = list[int](), 0

    async def carry(self, post: Post) -> Outcome:
        await asyncio.sleep(0.01)
        if self.fails:
            self.fails -= 1
            return Failed("telegram: 502")
        self.arrived.append(post.id)
        return Delivered()


def at_hand(composed: Composed, chat: Chat) -> Delivery:
    return sender(composed.program, {"telegram": chat})


async def until_nothing_is_left(composed: Composed) -> None:
    async with asyncio.timeout(10):
        while await rows(composed.database, outbox_table):
            await asyncio.sleep(0.02)


async def test_without_a_look_into_the_outbox(composed: Composed) -> None:
    chat = Chat()
    delivery = at_hand(composed, chat)
    for event in (Start(), Press("accept"), Command("menu")):
        await composed.turns.take(ORIGIN, event)
    await until_nothing_is_left(composed)
    assert len(chat.arrived) == 5, "welcome, what it is, how it goes, the first question, the menu"
    assert chat.arrived == sorted(chat.arrived)
    await delivery.stop()


async def test_what_failed_is_not_overtaken(composed: Composed) -> None:
    chat = Chat()
    delivery = at_hand(composed, chat)
    chat.fails = 1
    await composed.turns.take(ORIGIN, Start())
    await asyncio.sleep(0.1)
    (stuck,) = await rows(composed.database, outbox_table)
    assert stuck.trouble == "telegram: 502"
    await composed.turns.take(ORIGIN, Press("accept"))
    await asyncio.sleep(0.1)
    assert chat.arrived == [], "the first message has not arrived"
    waiting = await rows(composed.database, outbox_table)
    assert [row.leased_until for row in waiting] == [None] * 4
    working = asyncio.create_task(delivery.run())
    await until_nothing_is_left(composed)
    working.cancel()
    assert chat.arrived == [row.id for row in waiting]
    await composed.turns.take(ORIGIN, Command("menu"))
    await until_nothing_is_left(composed)
    assert len(chat.arrived) == 5, "at once again"
    await delivery.stop()


async def test_what_was_on_its_way_when_the_first_one_failed_goes_back(composed: Composed) -> None:
    chat = Chat()
    at_hand(composed, chat)
    chat.fails = 1
    await asyncio.gather(*(composed.turns.take(ORIGIN, event) for event in (Start(), Press("accept"), Command("menu"))))
    await asyncio.sleep(0.3)
    assert chat.arrived == []
    assert all(row.leased_until is None for row in await rows(composed.database, outbox_table))


async def test_events_of_one_person_are_taken_in_their_order(composed: Composed) -> None:
    acts = ("accept", "lang:sv", "lang:en", "menu", "lang:ar")
    await asyncio.gather(*(composed.turns.take(ORIGIN, Press(act)) for act in acts))
    standing = (await composed.turns.seen(CHAT)).standing
    assert standing
    assert [standing.locale, len(standing.open)] == ["ar", 1]
