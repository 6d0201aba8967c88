"""What was said last where people choose by numbers, in both databases: remembered once it has arrived, until they write again."""

from datetime import timedelta

from dialogs.language.replies import Ask, Tell
from dialogs.language.words import _
from storage.database.tables import outbox as outbox_rows
from storage.outbox import leases, outbox, shown
from storage.outbox.outbox import About
from storage.people import people
from storage.people.people import Address
from tests.clock import now
from tests.house import Composed
from tests.ways import rows

NUMBER = "+46700000001"
FIRST, SECOND = Tell((_("First"),)), Tell((_("Second"),), lasting=True)
LADDER = (timedelta(seconds=1),)


async def test_what_arrived_is_remembered_until_the_next_turn(composed: Composed) -> None:
    sara, chat = Address("sms", NUMBER), Address("telegram", "501")
    async with composed.database.write() as connection:
        person = await people.new_person(connection, sara, "en", now())
        assert person
        for to in (sara, chat):
            for reply in (FIRST, SECOND):
                await outbox.put(connection, to, person.id, About(), reply, "en", now())
        assert (await shown.shown(connection, sara)).replies == [], "nothing has arrived"
        for arrived in ([FIRST], [FIRST, SECOND]):
            posts = await leases.lease(connection, ("sms", "telegram"), now(), LADDER)
            await outbox.sent(connection, posts, now())
            assert (await shown.shown(connection, sara)).replies == arrived
    assert [(row.channel, row.state, row.leased_until) for row in await rows(composed.database, outbox_rows)] == [
        ("sms", "read", None),
        ("sms", "read", None),
    ], "and of a chat with buttons nothing is"
    async with composed.database.write() as connection:
        assert await leases.lease(connection, ("sms",), now() + timedelta(days=1), LADDER) == [], "nothing goes twice"
        await outbox.put(connection, sara, person.id, About(), FIRST, "en", now())
        await shown.clear(connection, {sara: None, chat: None})
    assert [row.state for row in await rows(composed.database, outbox_rows)] == ["due"], "what has not arrived goes on"


async def test_what_was_put_off_stands_where_it_arrived(composed: Composed) -> None:
    """A notice of the evening comes in the morning, below a question that was asked at night: its numbers go on from there."""
    sara = Address("sms", NUMBER)
    async with composed.database.write() as connection:
        person = await people.new_person(connection, sara, "en", now())
        assert person
        morning = now() + timedelta(hours=9)
        await outbox.put(connection, sara, person.id, About(), SECOND, "en", now(), due_at=morning)
        await outbox.put(connection, sara, person.id, About(), FIRST, "en", now())
        for at in (now(), morning):
            await outbox.sent(connection, await leases.lease(connection, ("sms",), at, LADDER), at)
        assert (await shown.shown(connection, sara)).replies == [FIRST, SECOND]


async def test_what_they_wrote_before_is_not_remembered(composed: Composed) -> None:
    """Its numbers went on from what stood there until they wrote."""
    sara, later = Address("sms", NUMBER), now() + timedelta(seconds=1)
    async with composed.database.write() as connection:
        person = await people.new_person(connection, sara, "en", now())
        assert person
        await outbox.put(connection, sara, person.id, About(), SECOND, "en", now())
        on_its_way = await leases.lease(connection, ("sms",), now(), LADDER)
        await shown.clear(connection, {sara: None})
        await outbox.put(connection, sara, person.id, About(), FIRST, "en", later)
        assert (await shown.shown(connection, sara)).coming
        await outbox.sent(connection, on_its_way, later)
        assert (await shown.shown(connection, sara)).replies == []
        await outbox.sent(connection, await leases.lease(connection, ("sms",), later, LADDER), later)
        there = await shown.shown(connection, sara)
    assert (there.replies, there.coming) == ([FIRST], False)


async def test_of_nobody_nothing_is_remembered(composed: Composed) -> None:
    """As what is said last to somebody who was forgotten."""
    async with composed.database.write() as connection:
        await outbox.put(connection, Address("sms", NUMBER), None, About(), FIRST, "en", now())
        await outbox.sent(connection, await leases.lease(connection, ("sms",), now(), LADDER), now())
    assert await rows(composed.database, outbox_rows) == []


async def test_a_question_takes_the_place_of_none_where_nothing_can_be_edited(composed: Composed) -> None:
    asked = Ask("scope", 7, 3, (1, 26), _("Scope"), (_("Is it?"),))
    async with composed.database.write() as connection:
        for channel in ("sms", "telegram"):
            to = Address(channel, NUMBER)
            await outbox.put(connection, to, None, About(), asked, "en", now(), replaces="42")
    found = await rows(composed.database, outbox_rows)
    assert [(row.channel, row.replaces) for row in found] == [("sms", ""), ("telegram", "42")]
