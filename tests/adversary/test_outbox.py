"""The outbox in bad company: a row that is deleted while it is sent, one that nobody can read, a carrier that hangs."""

import asyncio
from contextlib import suppress

from sqlalchemy import update

from bot.turns.invite import deactivate, invite
from bot.turns.origin import Origin
from bot.worker.outcome import Delivered, Outcome
from dialogs.language.events import Command, Press, Start
from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.database.tables import outbox as outbox_table
from storage.outbox import outbox
from storage.outbox.outbox import About, Post
from storage.people.people import Address
from tests.clock import now
from tests.house import Caller, Composed
from tests.ways import BEGUN, SENT, goes, number_of, rows, up_to

CHAT = Address("telegram", "5")


async def put(database: Database, words: str, to: Address = CHAT) -> None:
    async with database.write() as connection:
        await outbox.put(connection, to, None, About(), Tell((words,)), "en", now())


class Hand:
    """A carrier that notes what it brings; what it is told to wait at hangs until `go` is set."""

    def __init__(self, hangs: str = "") -> None:
        self.hangs, self.go, self.brought = hangs, asyncio.Event(), list[str]()

    async def carry(self, post: Post) -> Outcome:
        if self.hangs and self.hangs in str(post.reply):
            await self.go.wait()
        self.brought.append(str(post.reply))
        return Delivered()


async def test_what_is_said_after_a_draft_was_deleted_arrives_though_its_question_was_on_its_way(
    composed: Composed,
) -> None:
    """The row of the question goes with the draft; the next row must not be taken for it when the question has arrived."""
    origin, hand = Origin(CHAT, "en"), Hand("'scope'")
    delivery = composed.program.delivery({"telegram": hand})
    await composed.turns.take(origin, Start())
    await delivery.once()
    await composed.turns.take(origin, Press("accept"))
    await delivery.once()
    sending = asyncio.create_task(delivery.once())
    await asyncio.sleep(0.05)
    await composed.turns.take(origin, Press("delete3:1"))
    hand.hangs = ""
    hand.go.set()
    await sending
    while await delivery.once():
        pass
    assert ["Nothing of it is left" in hand.brought[-2], "Start a new application" in hand.brought[-1]] == [True, True]


async def test_a_row_that_nobody_can_read_holds_up_nobody(composed: Composed) -> None:
    """What an older or a newer version has put there."""
    database, hand = composed.database, Hand()
    await put(database, "unreadable")
    await put(database, "unreadable, too", Address("telegram", "6"))
    async with database.write() as connection:
        await connection.execute(update(outbox_table).values(reply={"type": "song"}))
    await put(database, "first")
    await put(database, "second", Address("telegram", "7"))
    delivery = composed.program.delivery({"telegram": hand})
    while await delivery.once():
        pass
    assert ["first" in hand.brought[1] or "first" in hand.brought[0], len(hand.brought)] == [True, 2]
    assert [row.trouble for row in await rows(database, outbox_table)] == ["unreadable"] * 2


async def test_a_page_with_something_that_nobody_can_read_is_still_a_page(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN)
    async with composed.database.write() as connection:
        await connection.execute(update(outbox_table).values(reply={"type": "song"}))
    assert await composed.turns.seen(caller.address)


async def test_a_carrier_that_hangs_holds_up_nobody_else(composed: Composed) -> None:
    """A mail server behind a wall answers nothing for half a minute; chats go on."""
    database, hand, stuck = composed.database, Hand(), Hand("letter")
    delivery = composed.program.delivery({"telegram": hand, "mail": stuck})
    await put(database, "a letter", Address("mail", "kim@example.se"))
    running = asyncio.create_task(delivery.run())
    await asyncio.sleep(0.1)
    for number in range(3):
        await put(database, f"answer {number}")
        composed.turns.committed.set()
    async with asyncio.timeout(3):
        while len(hand.brought) < 3:
            await asyncio.sleep(0.01)
    stuck.go.set()
    async with asyncio.timeout(3):
        while await number_of(database, outbox_table):
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert ["answer 0" in hand.brought[0], "answer 2" in hand.brought[2], len(stuck.brought)] == [True, True, 1]


async def test_stopping_does_not_wait_for_a_carrier_that_hangs(composed: Composed) -> None:
    stuck = Hand("letter")
    await put(composed.database, "a letter", Address("mail", "kim@example.se"))
    running = asyncio.create_task(composed.program.delivery({"mail": stuck}).run())
    await asyncio.sleep(0.1)
    running.cancel()
    async with asyncio.timeout(1):
        with suppress(asyncio.CancelledError):
            await running
    assert await number_of(composed.database, outbox_table) == 1
    assert not stuck.brought


async def test_what_was_on_its_way_to_a_contact_person_who_is_deactivated_does_not_arrive(composed: Composed) -> None:
    """Telegram was away when the case was opened; then access ended; then Telegram came back."""
    origin, hand = Origin(Address("telegram_staff", "9"), "en"), Hand()
    await composed.turns.take_staff(
        origin, Start((await invite(composed.database, composed.keys, "Alva", composed.clock.now())).telegram)
    )
    await goes(Caller(composed.turns), *BEGUN, Press("meeting"), up_to(about="A secret bench."), *SENT)
    await composed.turns.take_staff(origin, Press("case:1"))
    await composed.turns.take_staff(origin, Command("queue"))
    await deactivate(composed.database, composed.keys, "Alva", now())
    delivery = composed.program.delivery({"telegram_staff": hand})
    while await delivery.once():
        pass
    assert hand.brought == []
