"""What a contact person has begun when its case does not take it any more: they go on with what they can, and may discard the rest."""

import pytest

from bot.turns.origin import Origin
from dialogs.case.case import Case
from dialogs.language.events import Press, Say
from storage.database.tables import desk_drafts, outbox
from tests.day import a_case, happens, let_in
from tests.house import Caller, Composed
from tests.ways import rows

pytestmark = pytest.mark.english


async def said(composed: Composed, alva: Origin, *events: Press | Say) -> str:
    """Everything that is said to the last of these."""
    for event in events:
        before = {row.id for row in await rows(composed.database, outbox)}
        await composed.turns.take_staff(alva, event)
    return str([row.reply for row in await rows(composed.database, outbox) if row.id not in before])


async def works(composed: Composed, *begun: str) -> tuple[Origin, Case]:
    """Alva has taken a case, and begun these things in it; then it was withdrawn."""
    alva = await let_in(composed)
    case = await a_case(composed, Caller(composed.turns))
    await said(composed, alva, Press(f"take:{case.id}"), *(Press(f"do:{one}:{case.id}") for one in begun))
    await happens(composed, case, "withdrawal_sent", None, composed.clock.now())
    return alva, case


async def kept(composed: Composed) -> list[str]:
    return [row.dialog for row in await rows(composed.database, desk_drafts)]


async def test_they_go_on_with_the_first_that_still_opens_and_are_offered_to_discard_the_others(
    composed: Composed,
) -> None:
    alva, _case = await works(composed, "note", "write", "times")
    told = await said(composed, alva, Press("menu"), Press("resume"))
    assert "What do you want to note?" in told
    assert "can no longer be done in its case" in told
    assert "cannot be done here now" not in told
    await said(composed, alva, Press("discard"))
    assert await kept(composed) == ["note"]
    assert "can no longer be done" not in await said(composed, alva, Press("resume"))


async def test_where_nothing_opens_they_can_discard_it_and_start_anew(composed: Composed) -> None:
    alva, _case = await works(composed, "write")
    told = await said(composed, alva, Press("menu"), Press("resume"))
    assert "can no longer be done in its case" in told
    assert await kept(composed) == ["write"], "nothing is lost before they say so"
    assert "Called off" in await said(composed, alva, Press("discard"))
    assert await kept(composed) == []
    assert "done or called off already" in await said(composed, alva, Press("discard"))


async def test_an_answer_to_what_can_no_longer_be_done_is_told_the_same(composed: Composed) -> None:
    alva, _case = await works(composed, "write")
    told = await said(composed, alva, Say("Dear group, welcome."))
    assert "can no longer be done in its case" in told
    assert "'discard'" in told
