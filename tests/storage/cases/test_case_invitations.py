"""Invitations of the city lead into a case in which nobody is and nothing is written, and into no other (law 5)."""

from bot.turns.case_page import case_page
from bot.turns.contact_person import at_work
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.desk import page
from dialogs.language.events import Press, Say, Start
from storage.database.tables import drafts, participants
from tests.house import Caller, Composed, buttons
from tests.started import link, started
from tests.ways import SENT, goes, rows


async def offered(composed: Composed, alva: ContactPerson, case: Case) -> bool:
    """Whether the page of the case in the contact persons' bot has a button for a link."""
    async with at_work(composed.turns, alva) as work:
        there = await work.case(case.id)
        assert there
        shown = page.new(await case_page(work, there))
    return any(button.act == f"invite:{case.id}" for reply in shown for button in buttons(reply))


async def deletes(caller: Caller) -> None:
    """They delete the draft at hand."""
    here = (await caller.sees())[0].here
    assert here
    for act in ("delete", "delete2", "delete3"):
        await caller.does(Press(f"{act}:{here.draft.id}"))


async def test_whoever_has_deleted_the_draft_and_still_is_in_the_case_writes_it_anew_and_alone(
    composed: Composed,
) -> None:
    """A message that they sent keeps them in the case. A link of the city's would let its maker read what they write next."""
    one = Caller(composed.turns, "one")
    alva, case = await started(composed, one)
    await goes(one, Press(f"write:{case.id}"), Say("Hello!"), Press("skip"), *SENT)
    await deletes(one)
    assert not await rows(composed.database, drafts, sent=False)
    assert await link(composed, alva, case) == ""
    await goes(one, Press("new"))
    (again,) = await rows(composed.database, drafts, sent=False)
    assert again.case_id == case.id, "it is the application of the same case"
    assert await link(composed, alva, case) == ""
    assert len(await rows(composed.database, participants)) == 1


async def test_a_link_made_before_leads_nowhere_while_somebody_is_in_the_case(composed: Composed) -> None:
    one, other = Caller(composed.turns, "one"), Caller(composed.turns, "other")
    alva, case = await started(composed)
    first, kept = await link(composed, alva, case), await link(composed, alva, case)
    await goes(one, Start(first), "accept", Press(f"write:{case.id}"), Say("Hello!"), Press("skip"), *SENT)
    await deletes(one)
    await other.does(Start(kept))
    assert len(await rows(composed.database, participants)) == 1


async def test_once_the_only_one_has_deleted_all_the_city_can_invite_again(composed: Composed) -> None:
    one, other = Caller(composed.turns, "one"), Caller(composed.turns, "other")
    alva, case = await started(composed, one)
    assert await link(composed, alva, case) == ""
    await deletes(one)
    await goes(other, Start(await link(composed, alva, case)), "accept")
    standing = (await other.sees())[0]
    assert standing.here
    assert (standing.here.case, standing.here.draft.answers) == (case.id, {})


async def test_the_button_for_a_link_is_there_as_often_as_the_city_can_invite(composed: Composed) -> None:
    one, other = Caller(composed.turns, "one"), Caller(composed.turns, "other")
    alva, case = await started(composed)
    for caller in (one, other):
        assert await offered(composed, alva, case)
        await goes(caller, Start(await link(composed, alva, case)), "accept")
        assert not await offered(composed, alva, case)
        await deletes(caller)
    assert await offered(composed, alva, case)


async def test_what_is_written_and_in_nobodys_hands_is_in_nobodys_reach(composed: Composed) -> None:
    one = Caller(composed.turns, "one")
    alva, case = await started(composed, one)
    async with composed.database.write() as connection:
        await connection.execute(drafts.update().values(version=1))
        await connection.execute(participants.delete())
    assert await link(composed, alva, case) == ""
