"""Somebody with protected personal data: nobody asks them for what they should not tell, and their case is protected from its first moment."""

import pytest

from bot.turns.contact_person import at_work, fill_in
from dialogs.applicants import forget_me, sending, terms
from dialogs.case.case import Case
from dialogs.language.events import Press, Start
from dialogs.language.replies import Receipt, Tell
from storage.cases import cases
from storage.database.tables import outbox
from tests.adversary.roles import ACTIVE, ADMINISTRATORS, Cast, as_text
from tests.applicant import receipt_of
from tests.ways import Step, goes, rows, up_to

BEGUN: tuple[Step, ...] = (Start(), "accept")
WAYS: dict[str, tuple[Step, ...]] = {
    "an application": (*BEGUN, up_to("contact"), "protected", "on", up_to()),
    "a first meeting": (*BEGUN, Press("meeting"), up_to("contact"), "protected", "on"),
}


async def sends(cast: Cast, way: str) -> Case:
    """Somebody sends it without a name. Their case."""
    caller = cast.caller("waiting")
    await goes(caller, *WAYS[way], "send")
    reference = receipt_of(await caller.taps("sure")).reference
    async with cast.turns.database.read() as connection:
        found = await cases.case(connection, reference)
    assert found
    cast.cases["theirs"], cast.references["theirs"] = found.id, reference
    return found


async def takes(cast: Cast, role: str) -> None:
    """They take it, on the web: of a protected case the bot says no more than its number."""
    async with at_work(cast.turns, await cast.who(role)) as work:
        assert await work.take(await cast.case("theirs"))


def ids(cast: Cast, roles: frozenset[str]) -> frozenset[int]:
    return frozenset(cast.ids[role] for role in roles)


@pytest.mark.parametrize("way", WAYS)
async def test_it_is_protected_by_the_event_that_sends_it_for_administrators_alone(cast: Cast, way: str) -> None:
    case = await sends(cast, way)
    assert case.protected
    assert case.named == ids(cast, ADMINISTRATORS)
    async with cast.turns.database.read() as connection:
        (first, *_more) = await cases.history(connection, case.id)
    assert first.data["protects"] is True


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_told_of_it_goes_to_administrators_and_is_its_number(cast: Cast, way: str) -> None:
    before = {row.id for row in await rows(cast.turns.database, outbox)}
    case = await sends(cast, way)
    told = [row for row in await rows(cast.turns.database, outbox) if row.id not in before and row.channel != "web"]
    assert {row.person_id for row in told} == ids(cast, ADMINISTRATORS)
    for row in told:
        said = as_text(row.reply)
        assert case.reference in said
        for secret in ("Torget", "bench", "Dark.", "Kim"):
            assert secret not in said


async def test_it_comes_to_whoever_is_to_take_it_by_an_administrator(cast: Cast) -> None:
    await sends(cast, "an application")
    assert cast.ids["without"] not in (await cast.case("theirs")).named
    await cast.does("administrator", "theirs", "admit", {"named": {"ids": (f"p{cast.ids['without']}",)}})
    await takes(cast, "without")
    taken = await cast.case("theirs")
    assert taken.holder == cast.ids["without"]
    assert taken.protected


TO_MORE = {
    "admit": {"named": {"ids": ("{other}",)}},
    "handover": {"to": {"choice": ("{other}",)}},
    "unprotect": {"reason": {"text": ("It is over.",)}},
}


@pytest.mark.parametrize("task", TO_MORE)
async def test_who_was_promised_that_administrators_alone_say_who_sees_it_is_not_let_down(
    cast: Cast, task: str
) -> None:
    """Whoever has it, named by an administrator, opens it to nobody else: not by a name, not by giving it away, not by ending the protection."""
    await sends(cast, "an application")
    await cast.does("administrator", "theirs", "admit", {"named": {"ids": (f"p{cast.ids['without']}",)}})
    await takes(cast, "without")
    other = f"p{cast.ids['holder']}"
    filled = {
        key: {part: tuple(one.format(other=other) for one in values) for part, values in given.items()}
        for key, given in TO_MORE[task].items()
    }
    case = await cast.case("theirs")
    assert not await fill_in(cast.turns, await cast.who("without"), case, task, filled), "as a task that is not there"
    assert await cast.case("theirs") == case
    await cast.does("administrator", "theirs", task, filled)
    after = await cast.case("theirs")
    assert (after.protected, cast.ids["holder"] in after.named) == (task != "unprotect", task != "unprotect")


async def test_a_case_that_nobody_has_is_protected_by_who_sees_it_and_no_one_alone_has_hidden_it(cast: Cast) -> None:
    await cast.does("without", "untaken", "protect", {"named": {"ids": ()}, "reason": {"text": ("Threats.",)}})
    case = await cast.case("untaken")
    assert case.protected
    assert case.named == ids(cast, ADMINISTRATORS | {"without"})
    for role in ACTIVE - ADMINISTRATORS - {"without"}:
        said = as_text(await cast.told(cast.desk(role), Press(f"case:{case.id}")))
        assert "There is no such case." in said
    await cast.does("administrator", "untaken", "unprotect", {"reason": {"text": ("It was the wrong case.",)}})
    assert not (await cast.case("untaken")).protected, "what was a mistake is not for ever, though nobody has it"


async def test_an_administrator_protects_a_case_that_a_colleague_has_and_hides_it_from_neither(cast: Cast) -> None:
    await cast.does("administrator", "ordinary", "protect", {"named": {"ids": ()}, "reason": {"text": ("Threats.",)}})
    assert (await cast.case("ordinary")).named == ids(cast, frozenset({"holder", "administrator"}))


async def waits_for(cast: Cast, case: int) -> set[int]:
    """The contact persons to whom something about the case is still to be sent."""
    due = await rows(cast.turns.database, outbox, case_id=case, state="due")
    return {row.person_id for row in due} & set(cast.ids.values())


async def test_what_waits_to_be_told_of_an_earlier_wish_with_a_name_reaches_nobody_else(cast: Cast) -> None:
    caller = cast.caller("waiting")
    await goes(caller, *BEGUN, Press("meeting"), up_to(), "send")
    reference = receipt_of(await caller.taps("sure")).reference
    async with cast.turns.database.read() as connection:
        found = await cases.case(connection, reference)
    assert found
    assert await waits_for(cast, found.id) == ids(cast, ACTIVE)
    await goes(caller, Press("resume"), up_to("contact"), "protected", "on", up_to(), "send", "sure")
    async with cast.turns.database.read() as connection:
        after = await cases.case_by_id(connection, found.id)
    assert after
    assert after.protected
    assert await waits_for(cast, found.id) == ids(cast, ADMINISTRATORS)


@pytest.mark.parametrize("way", WAYS)
async def test_they_are_led_to_the_private_link_and_to_the_telephone_and_never_to_the_mailbox(
    cast: Cast, way: str
) -> None:
    caller, mailbox = cast.caller("waiting"), cast.turns.house.mailbox
    assert mailbox
    await goes(caller, *WAYS[way], "send")
    receipt = receipt_of(await caller.taps("sure"))
    (status,) = await caller.does(Press("status"))
    for said in (receipt, status):
        assert isinstance(said, Receipt | Tell)
        assert mailbox not in str(said)
        assert all(one in said.words for one in (sending.IN_THE_CHAT, terms.ring()))
        assert said.rows[0][0].act == "link"


async def test_whoever_deletes_everything_reads_before_that_the_city_can_then_not_answer(cast: Cast) -> None:
    caller = cast.caller("waiting")
    await goes(caller, *WAYS["a first meeting"], "send", "sure")
    (asked,) = await caller.does(Press("forget"))
    assert isinstance(asked, Tell)
    assert forget_me.UNANSWERED in asked.words
    assert forget_me.NEWS not in asked.words
