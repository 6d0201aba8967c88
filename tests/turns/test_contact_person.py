"""A contact person's bot: one event, one transaction; who may not see something hears what is said of what does not exist."""

from dataclasses import replace
from typing import Any

from bot.turns.contact_person import at_work, fill_in
from bot.turns.origin import Origin
from dialogs.case.case import Case
from dialogs.language.events import Event, Press, Say, Start
from storage.cases import cases
from storage.database.tables import case_events, openings, outbox
from storage.people import staff
from storage.people.people import Address
from tests.clock import now
from tests.day import a_case, let_in
from tests.house import SEAL, Caller, Composed
from tests.ways import rows

NOBODYS = 4711
"""The number of a case that there is not."""


async def told(composed: Composed, origin: Origin, event: Event) -> list[dict[str, Any]]:
    """What is said to that in their bot, as it lies in the outbox."""
    before = len(await rows(composed.database, outbox, address=origin.address.address))
    assert await composed.turns.take_staff(origin, event)
    return [row.reply for row in (await rows(composed.database, outbox, address=origin.address.address))[before:]]


async def events(composed: Composed, case: Case) -> list[str]:
    """What has happened in a case."""
    return [row.what for row in await rows(composed.database, case_events, case_id=case.id)]


async def test_nobody_who_was_not_invited_hears_anything(composed: Composed) -> None:
    stranger = replace(await let_in(composed), address=Address("telegram_staff", "99"))
    for event in (Start(), Start("a-link-that-was-made-up"), Say("Hello?"), Press("queue")):
        assert not await composed.turns.take_staff(stranger, event)
    assert await rows(composed.database, outbox, address="99") == []


async def test_a_case_that_they_may_not_see_is_answered_as_one_that_there_is_not(composed: Composed) -> None:
    alva, bea = await let_in(composed), await let_in(composed, "Bea", "71")
    case = await a_case(composed, Caller(composed.turns))
    async with composed.database.write() as connection:
        (id,) = [one.id for one in await staff.active(connection) if one.name == "Alva"]
        await cases.happened(
            connection, SEAL, case.id, "protect", id, {"named": {"ids": [f"p{id}"], "words": ""}}, now()
        )
    for act in ("case:{}", "read:{}", "more:{}", "take:{}", "follow:{}", "log:{}", "package:{}", "do:note:{}"):
        hidden = await told(composed, bea, Press(act.format(case.id)))
        assert hidden == await told(composed, bea, Press(act.format(NOBODYS))), act
    assert await told(composed, alva, Press(f"case:{case.id}")) != await told(composed, alva, Press(f"case:{NOBODYS}"))


async def test_a_task_that_quotes_the_group_is_an_opening(composed: Composed) -> None:
    """What it shows beside its questions was read; a note shows nothing."""
    alva = await let_in(composed)
    case = await a_case(composed, Caller(composed.turns))
    await told(composed, alva, Press(f"take:{case.id}"))
    await told(composed, alva, Press(f"do:note:{case.id}"))
    assert await rows(composed.database, openings) == []
    await told(composed, alva, Press(f"do:assessment:{case.id}"))
    assert [one.what for one in await rows(composed.database, openings)] == ["case"]


async def test_an_update_that_comes_again_does_nothing_again(composed: Composed) -> None:
    alva = replace(await let_in(composed), updates=(1001,))
    case = await a_case(composed, Caller(composed.turns))
    assert await told(composed, alva, Press(f"take:{case.id}"))
    assert await told(composed, alva, Press(f"take:{case.id}")) == []
    assert (await events(composed, case)).count("taken") == 1


async def test_words_after_another_case_was_opened_are_no_answer_about_the_first(composed: Composed) -> None:
    alva = await let_in(composed)
    first, second = [await a_case(composed, Caller(composed.turns, name)) for name in ("one", "two")]
    for one in (first, second):
        await told(composed, alva, Press(f"take:{one.id}"))
    await told(composed, alva, Press(f"do:note:{first.id}"))
    await told(composed, alva, Press(f"case:{second.id}"))
    await told(composed, alva, Say("This belongs to the second one."))
    (reply,) = await told(composed, alva, Press("send"))
    assert "note" not in await events(composed, first) + await events(composed, second)
    assert reply["type"] == "tell"


async def test_a_form_that_comes_twice_is_dealt_with_once(composed: Composed) -> None:
    await let_in(composed)
    case = await a_case(composed, Caller(composed.turns))
    async with composed.database.read() as connection:
        (who,) = await staff.active(connection)
    async with at_work(composed.turns, who) as work:
        assert await work.take(case)
    done = [
        await fill_in(composed.turns, who, case, "note", {"text": {"text": ("Remember the key.",)}}, once=77)
        for _press in range(2)
    ]
    assert [one.again for one in done if one] == [False, True]
    assert (await events(composed, case)).count("note") == 1
