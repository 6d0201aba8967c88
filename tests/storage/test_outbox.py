"""The outbox: in order for each address, by one sender at a time, up the ladder to an end that staff sees; on both databases."""

import asyncio
from datetime import timedelta

import pytest

import bot.delivery
from bot.delivery import LADDER, Delivered, Delivery, Failed, Gone, Outcome, Wait
from dialogs.replies import Reply, Tell
from storage import outbox
from storage.database import Database
from storage.outbox import LEASE, About, Post
from storage.people import Address
from storage.tables import outbox as table
from tests.house import Caller, Composed
from tests.storage.ways import BEGUN, Clock, also_at, goes, number_of, rows

SARA, KIM = Address("mail", "sara@example.se"), Address("mail", "kim@example.se")


class Doorstep:
    """A carrier to nowhere: it keeps what comes, and answers each post with the next of `outcomes`, then with Delivered."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.came: list[tuple[str, str]] = []
        self.outcomes = list(outcomes)

    async def carry(self, post: Post) -> Outcome:
        """Keep it."""
        await asyncio.sleep(0)
        self.came.append((post.to.address, text(post.reply)))
        return self.outcomes.pop(0) if self.outcomes else Delivered()


def text(reply: Reply) -> str:
    assert isinstance(reply, Tell)
    return str(reply.words[0])


async def posted(database: Database, *posts: tuple[Address, str], person: int | None = None) -> None:
    async with database.write() as connection:
        for to, words in posts:
            await outbox.put(connection, to, person, About(), Tell((words,)), "en", bot.delivery.now())


def delivery(composed: Composed, carrier: Doorstep) -> Delivery:
    return Delivery(composed.database, {"mail": carrier, "applicants": carrier}, composed.turns.committed)


async def all_of_it(worker: Delivery) -> None:
    while await worker.once():
        pass


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(bot.delivery, "now", told)
    return told


async def test_each_reads_in_order_and_nobody_waits_for_another(composed: Composed, clock: Clock) -> None:
    await posted(composed.database, (SARA, "1"), (SARA, "2"), (KIM, "1"), (SARA, "3"), (KIM, "2"))
    carrier = Doorstep(Failed("away"))
    worker = delivery(composed, carrier)
    await all_of_it(worker)
    assert [words for to, words in carrier.came if to == KIM.address] == ["1", "2"]
    assert [words for to, words in carrier.came if to == SARA.address] == ["1"], "the next one waits for the first"
    clock.at += LADDER[0]
    await all_of_it(worker)
    assert [words for to, words in carrier.came if to == SARA.address] == ["1", "1", "2", "3"]
    assert await number_of(composed.database, table) == 0, "what has arrived is kept no longer"


async def test_two_workers_never_send_the_same(composed: Composed) -> None:
    await posted(composed.database, *((Address("mail", f"{number}@example.se"), "x") for number in range(40)))
    carriers = Doorstep(), Doorstep()
    await asyncio.gather(*(all_of_it(delivery(composed, one)) for one in carriers))
    came = [one for carrier in carriers for one in carrier.came]
    assert len(came) == len(set(came)) == 40


async def test_a_lease_that_nobody_renews_ends(composed: Composed, clock: Clock) -> None:
    await posted(composed.database, (SARA, "1"))
    async with composed.database.write() as connection:
        assert len(await outbox.lease(connection, ("mail",), clock())) == 1
        assert await outbox.lease(connection, ("mail",), clock()) == []
    clock.at += LEASE + timedelta(seconds=1)
    carrier = Doorstep()
    await all_of_it(delivery(composed, carrier))
    assert carrier.came == [(SARA.address, "1")]


async def test_up_the_ladder_to_an_end_that_staff_sees(composed: Composed, clock: Clock) -> None:
    await posted(composed.database, (SARA, "a secret"), (SARA, "next"))
    carrier = Doorstep(*[Failed("away")] * (len(LADDER) + 1))
    worker = delivery(composed, carrier)
    for rung in LADDER:
        await all_of_it(worker)
        before = len(carrier.came)
        clock.at += rung - timedelta(milliseconds=500)
        await all_of_it(worker)
        assert len(carrier.came) == before, "not before its time"
        clock.at += timedelta(seconds=1)
    await all_of_it(worker)
    async with composed.database.read() as connection:
        assert [trouble for _channel, trouble, _at in await outbox.undelivered(connection)] == ["away"]
    assert carrier.came[-1] == (SARA.address, "next"), "one that cannot be delivered holds up no other"
    assert "a secret" not in repr(await rows(composed.database, table))


async def test_being_asked_to_wait_is_no_failure(composed: Composed, clock: Clock) -> None:
    await posted(composed.database, (SARA, "1"))
    carrier = Doorstep(*[Wait(3)] * 20)
    worker = delivery(composed, carrier)
    for _time in range(20):
        await all_of_it(worker)
        clock.at += timedelta(seconds=4)
    await all_of_it(worker)
    assert len(carrier.came) == 21
    assert await number_of(composed.database, table) == 0


async def test_who_blocked_the_bot_is_reached_on_the_web(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN)
    chat = Address("applicants", "501")
    await also_at(composed.turns, caller, chat)
    standing, _replies = await caller.sees()
    await posted(composed.database, (chat, "news"), person=standing.person)
    await all_of_it(delivery(composed, Doorstep(Gone("blocked"))))
    shown = (await caller.sees())[1]
    assert any(isinstance(reply, Tell) and reply.words == ("news",) for reply in shown)


async def test_a_carrier_that_breaks_holds_up_nobody(composed: Composed, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Doorstep):
        async def carry(self, post: Post) -> Outcome:
            if post.to == SARA:
                raise ZeroDivisionError("and with it a secret")
            return await super().carry(post)

    await posted(composed.database, (SARA, "1"), (KIM, "1"))
    carrier = Broken()
    await delivery(composed, carrier).once()
    assert carrier.came == [(KIM.address, "1")]
    assert "a secret" not in caplog.text
