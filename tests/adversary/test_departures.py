"""Colleagues who leave, are away, or end each other: what is theirs goes with them, and what arrives in their cases does not."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.telegram.updates import BURST
from bot.turns import colleagues
from bot.turns.contact_person import at_work, fill_in
from bot.turns.invite import deactivate, invite
from bot.turns.origin import Origin
from bot.turns.sign_in import at_the_queue, sign_in
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Command, Press, Say, Start
from storage.cases import cases
from storage.database.tables import desk_drafts, outbox
from storage.database.tables import staff as staff_rows
from storage.erasure.export import everything_about
from storage.people import staff
from storage.people.people import Address
from tests.clock import now
from tests.house import Caller, Composed, buttons
from tests.telegram.stage import Stage
from tests.ways import SENT, WISHED, goes, number_of, rows


def chat(name: str) -> Origin:
    """Somebody's chat with the contact persons' bot."""
    return Origin(Address("telegram_staff", name), "en")


async def comes_in(composed: Composed, name: str, administrator: bool = False) -> ContactPerson:
    """A contact person who is in the bot."""
    async with composed.database.write() as connection:
        await staff.contact_person(connection, name, now(), administrator)
    assert await composed.turns.take_staff(
        chat(name), Start((await invite(composed.database, composed.keys, name, composed.clock.now())).telegram)
    )
    return await as_they_are(composed, name)


async def as_they_are(composed: Composed, name: str) -> ContactPerson:
    """A contact person as they are now."""
    async with composed.database.read() as connection:
        found = await staff.at(connection, chat(name).address, now())
    assert found
    return found


async def a_case_of(composed: Composed, who: ContactPerson) -> int:
    """A case that somebody sent and this contact person took."""
    await goes(Caller(composed.turns), *WISHED, *SENT)
    async with at_work(composed.turns, who) as work:
        (id,) = {row.case_id for row in await rows(composed.database, outbox) if row.case_id}
        case = await work.case(id)
        assert case
        assert await work.take(case)
    return int(id)


async def writes(composed: Composed, case: int) -> set[str]:
    """The applicants write; who is told of it, by name."""
    before = {row.id for row in await rows(composed.database, outbox)}
    caller = await goes(Caller(composed.turns), Press(f"write:{case}"), Say("Any news?"))
    while "send" not in (acts := [button.act for button in buttons((await caller.sees())[1][-1])]):
        assert "skip" in acts
        await caller.taps("skip")
    await caller.taps("send")
    if "sure" in [button.act for button in buttons((await caller.sees())[1][-1])]:
        await caller.taps("sure")
    new = [row for row in await rows(composed.database, outbox, channel="telegram_staff") if row.id not in before]
    return {row.address for row in new}


async def test_what_arrives_in_the_case_of_somebody_who_left_is_told_to_everybody(composed: Composed) -> None:
    alva = await comes_in(composed, "Alva")
    for name in ("Bo", "Cia"):
        await comes_in(composed, name)
    case = await a_case_of(composed, alva)
    assert await writes(composed, case) == {"Alva"}
    assert await deactivate(composed.database, composed.keys, "Alva", now())
    assert await writes(composed, case) == {"Bo", "Cia"}


async def test_a_protected_one_only_to_who_is_named(composed: Composed) -> None:
    alva, bo = await comes_in(composed, "Alva"), await comes_in(composed, "Bo")
    await comes_in(composed, "Ada", administrator=True)
    id = await a_case_of(composed, alva)
    async with composed.database.read() as connection:
        case = await cases.case_by_id(connection, id)
    await fill_in(composed.turns, alva, case, "protect", {"named": {"ids": (f"p{bo.id}",)}})
    assert await deactivate(composed.database, composed.keys, "Alva", now())
    assert await writes(composed, id) == {"Bo"}
    assert await deactivate(composed.database, composed.keys, "Bo", now())
    assert await writes(composed, id) == {"Ada"}, "nobody who may see it is left"
    last = (await rows(composed.database, outbox, channel="telegram_staff"))[-1]
    assert "python -m bot name" in str(last.reply)
    assert "Kim" not in str(last.reply)


async def test_a_deputy_is_told_and_who_left_does_not_come_into_it(composed: Composed) -> None:
    """Alva is away and Bo stands in; when Bo is deactivated, what arrives is Alva's alone."""
    alva, bo = await comes_in(composed, "Alva"), await comes_in(composed, "Bo")
    await comes_in(composed, "Cia")
    case = await a_case_of(composed, alva)
    async with composed.database.write() as connection:
        today, tomorrow = staff.today(now()), staff.today(now() + timedelta(days=1))
        await staff.away(connection, alva.id, today, tomorrow, bo.id)
    assert await writes(composed, case) == {"Alva", "Bo"}
    assert await deactivate(composed.database, composed.keys, "Bo", now())
    assert await writes(composed, case) == {"Alva"}
    assert not await composed.turns.take_staff(chat("Bo"), Press(f"case:{case}"))
    # Whoever left and had a deputy: the deputy still stands in, and is told alone.
    await comes_in(composed, "Bo")
    assert await deactivate(composed.database, composed.keys, "Alva", now())
    assert await writes(composed, case) == {"Bo"}


async def test_nothing_of_who_left_is_left_to_be_used(composed: Composed) -> None:
    alva = await comes_in(composed, "Alva")
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    session = await sign_in(composed.database, composed.keys, links.web, composed.clock.now())
    assert session
    case = await a_case_of(composed, alva)
    await composed.turns.take_staff(chat("Alva"), Press(f"do:note:{case}"))
    await composed.turns.take_staff(chat("Alva"), Say("A note half written."))
    assert await rows(composed.database, outbox, address="Alva")
    assert await deactivate(composed.database, composed.keys, "Alva", now())
    assert await rows(composed.database, outbox, person_id=alva.id) == []
    before = await number_of(composed.database, desk_drafts)
    for event in (
        Press("send"),
        Press("resume"),
        Command("queue"),
        Say("More."),
        Press("cancel"),
        Start(links.telegram),
    ):
        assert not await composed.turns.take_staff(chat("Alva"), event)
    assert await number_of(composed.database, desk_drafts) == before
    async with composed.database.read() as connection:
        assert await staff.at(connection, at_the_queue(composed.keys, session), now()) is None
    bo = await comes_in(composed, "Bo")
    said = await said_to(composed, "Bo", Press("resume"))
    assert "half written" not in str(said)
    async with at_work(composed.turns, bo) as work:
        assert not work.allowed("note", await work.case(case))
    # What is told afterwards does not wait for them, either.
    await writes(composed, case)
    assert await rows(composed.database, outbox, person_id=alva.id) == []


async def said_to(composed: Composed, name: str, event: Press) -> list[Any]:
    """What the bot says to that."""
    before = {row.id for row in await rows(composed.database, outbox)}
    await composed.turns.take_staff(chat(name), event)
    return [row.reply for row in await rows(composed.database, outbox, address=name) if row.id not in before]


async def test_of_two_administrators_who_end_each_other_one_stays(composed: Composed) -> None:
    one, two = await comes_in(composed, "Ada", administrator=True), await comes_in(composed, "Eva", administrator=True)

    async def ends(who: ContactPerson, other: int) -> str:
        async with at_work(composed.turns, who) as work:
            return await colleagues.deactivate(work, other)

    ended = await asyncio.gather(ends(one, two.id), ends(two, one.id), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["ShutOut", "str"]
    active = [row.name for row in await rows(composed.database, staff_rows) if row.active]
    assert len(active) == 1
    last = one if active == ["Ada"] else two
    assert await ends(last, last.id) == ""


async def test_who_was_deactivated_gets_silence_however_much_they_send(stage: Stage) -> None:
    """Not even a word that it was too fast: whoever is told that learns that somebody listens."""
    karin = stage.staff_phone()
    await stage.invited(karin)
    assert await deactivate(stage.parts.database, stage.parts.keys, "Karin", now())
    before = len(stage.staff_account.called("sendMessage"))
    for _at in range(2 * BURST):
        await karin.say("/help")
    karin.press("queue", 1)
    assert await karin.read() == ""
    assert len(stage.staff_account.called("sendMessage")) == before
    assert not stage.staff_account.called("answerCallbackQuery")


async def test_a_strangers_message_that_comes_again_is_a_strangers(composed: Composed) -> None:
    """Telegram brings what was not confirmed once more. That it was seen before makes nobody a contact person."""
    origin = Origin(Address("telegram_staff", "somebody"), "en", (7,))
    for _again in range(2):
        assert not await composed.turns.take_staff(origin, Command("queue"))
    await comes_in(composed, "Alva")
    known = Origin(chat("Alva").address, "en", (8,))
    for _again in range(2):
        assert await composed.turns.take_staff(known, Command("queue"))


async def test_nobody_is_invited_in_a_colleagues_name(composed: Composed) -> None:
    """The links would be the way into their cases; and an administrator could take the role from the last one."""
    alva, bo = await comes_in(composed, "Alva", administrator=True), await comes_in(composed, "Bo")
    for name in ("bo", "Alva"):
        posted = {"name": {"text": (name,)}, "role": {"choice": ("contact_person",)}}
        filled = await fill_in(composed.turns, alva, None, "colleague", posted)
        assert filled
        assert filled.done
        assert filled.done.tokens == ()
    assert (await as_they_are(composed, "Alva")).administrator
    assert (await as_they_are(composed, "Bo")).id == bo.id


async def test_ones_own_data_says_nothing_of_what_contact_persons_noted(composed: Composed) -> None:
    alva = await comes_in(composed, "Alva")
    number = await a_case_of(composed, alva)
    async with composed.database.read() as connection:
        case = await cases.case_by_id(connection, number)
    assert case
    assert await fill_in(composed.turns, alva, case, "note", {"text": {"text": ("Between us.",)}})
    standing, _shown = await Caller(composed.turns).sees()
    async with composed.database.read() as connection:
        found = await everything_about(connection, standing.person)
    assert [event["what"] for event in found["history"]] == ["meeting_sent", "taken"]
