"""What was begun in a case, and is sent when the case does not take it any more: nothing is sent, and nothing is lost."""

from collections.abc import Awaitable, Callable

import pytest

from bot.main.case_commands import take_down
from bot.speech.catalogs import say
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson, may_take
from dialogs.language.events import Press, Say
from dialogs.language.replies import Tell
from dialogs.language.words import Words
from dialogs.phases.always.close import CLOSE
from dialogs.phases.steps import open_to
from storage.cases import disposal
from storage.cases.verify import verify
from storage.database.tables import case_events, drafts, submissions
from storage.erasure import erasures
from tests.day import a_case, happens, now_of
from tests.house import SEAL, Caller, Composed
from tests.ways import BEGUN, goes, number_of, rows, up_to

WORDS = "Hello, this was begun before."


async def writes(composed: Composed, caller: Caller) -> Case:
    """Somebody has sent a wish for a meeting, and is asked whether a message about it is to be sent."""
    case = await a_case(composed, caller)
    await goes(caller, Press(f"write:{case.id}"), Say(WORDS), "skip", "send")
    return case


async def withdrawn(composed: Composed, case: Case) -> None:
    await happens(composed, case, "withdrawal_sent", None, composed.clock.now())


async def test_a_message_begun_before_the_case_was_withdrawn_is_not_sent_and_stays_a_draft(composed: Composed) -> None:
    caller = Caller(composed.turns)
    case = await writes(composed, caller)
    await withdrawn(composed, case)
    sent = await number_of(composed.database, submissions)
    said = (await caller.taps("sure"))[-1]
    assert isinstance(said, Tell)
    assert (said.tone, said.title) == ("trouble", Words("This can no longer be sent"))
    assert f"{case.reference} has been closed" in say(said.words[0], "en").translate({0x2068: None, 0x2069: None})
    assert await number_of(composed.database, submissions) == sent
    assert "message_sent" not in [row.what for row in await rows(composed.database, case_events)]
    here = (await caller.sees())[0].here
    assert here
    assert WORDS in str(here.draft.answers["text"].value)
    await goes(caller, f"delete:{here.draft.id}", f"delete2:{here.draft.id}", f"delete3:{here.draft.id}")
    assert (await caller.sees())[0].drafted(here.draft.id) is None


async def test_a_message_is_sent_while_the_case_takes_it(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await writes(composed, caller)
    await caller.taps("sure")
    assert "message_sent" in [row.what for row in await rows(composed.database, case_events)]


async def test_an_application_beside_what_was_withdrawn_can_still_be_sent(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await goes(caller, *BEGUN, up_to("actors"))
    case = await a_case_of(composed, caller)
    await withdrawn(composed, case)
    await goes(caller, Press("resume"), up_to(), "send", "sure")
    assert "application_sent" in [row.what for row in await rows(composed.database, case_events)]


async def a_case_of(composed: Composed, caller: Caller) -> Case:
    """A wish for a meeting sent beside the application that is being written."""
    await goes(caller, Press("meeting"), up_to(), "send", "sure")
    (case,) = {row.case_id for row in await rows(composed.database, submissions)}
    return await now_of(composed, case)


async def test_disposal_takes_what_was_begun_in_the_case_and_leaves_an_application(composed: Composed) -> None:
    caller = Caller(composed.turns)
    case = await writes(composed, caller)
    await withdrawn(composed, case)
    async with composed.database.write() as connection:
        decision = {"number": "1", "day": "2026-11-01"}
        assert await disposal.dispose(connection, SEAL, case.id, decision, None, composed.clock.now()) is not None
    assert {row.dialog for row in await rows(composed.database, drafts)} == {"application"}
    shown = (await caller.sees())[0]
    assert {one.dialog for one in shown.open} == {"application"}
    await caller.does(Press("sure"))
    assert [row.what for row in await rows(composed.database, case_events)][-1] == "disposed"


async def down(composed: Composed, case: Case) -> None:
    """The operator takes it down."""
    found = await take_down(composed.database, SEAL, case.reference, "Illegal.", composed.clock.now())
    assert isinstance(found, set)


@pytest.mark.parametrize("over", [withdrawn, down])
async def test_what_is_sent_into_a_case_that_was_over_can_be_worked_on_and_taken_down(
    composed: Composed, over: Callable[[Composed, Case], Awaitable[None]]
) -> None:
    """An application beside what was withdrawn or taken down: in the queue for everybody, closed as any other, and gone for good after all."""
    caller = Caller(composed.turns)
    await goes(caller, *BEGUN, up_to("actors"))
    case = await a_case_of(composed, caller)
    await over(composed, case)
    await goes(caller, Press("resume"), up_to(), "send", "sure")
    case = await now_of(composed, case.id)
    assert (case.state, case.closed, case.waits_for) == ("sent", "", "city")
    anybody = ContactPerson(77, "Alva", "en")
    assert may_take(anybody, case)
    assert open_to(anybody, case, CLOSE)
    composed.clock.tick()
    await down(composed, case)
    again = await take_down(composed.database, SEAL, case.reference, "Illegal.", composed.clock.now())
    assert again == "disposed", "nothing is there any more"
    assert await number_of(composed.database, submissions) == 0
    assert {row.what for row in await rows(composed.database, case_events) if row.data} == {"disposed"}
    async with composed.database.read() as connection:
        assert (await verify(connection, SEAL)).findings == []


async def test_a_restore_takes_down_nothing_that_was_sent_after_the_takedown(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await goes(caller, *BEGUN, up_to("actors"))
    case = await a_case_of(composed, caller)
    await down(composed, case)
    await goes(caller, Press("resume"), up_to(), "send", "sure")
    async with composed.database.write() as connection:
        known = await erasures.since(connection, erasures.EVER)
        await erasures.apply(connection, SEAL, known, composed.clock.now())
    assert await number_of(composed.database, submissions) == 1
    assert (await now_of(composed, case.id)).state == "sent"
