"""What a malicious applicant, a curious contact person and bad timing try in the conversation itself."""

from datetime import timedelta

from bot.turns.invite import invite
from bot.turns.origin import Origin
from dialogs.kinds.contact import LONGEST, Contact
from dialogs.kinds.kind import Refusal
from dialogs.language.events import Press, Say, Start
from storage.cases import case_invitations, cases, drafts
from storage.database.tables import drafts as drafts_table
from storage.database.tables import invitations, submissions
from storage.people import people
from storage.people.people import Address
from tests.clock import now
from tests.house import SEAL, Caller, Composed
from tests.ways import BEGUN, SENT, goes, number_of, rows


async def test_a_staff_link_at_the_applicants_bot_is_not_used_up_and_lets_nobody_in(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    await composed.turns.take(Origin(Address("telegram", "5"), "en"), Start(links.telegram))
    assert [row.used_at for row in await rows(composed.database, invitations)] == [None, None]
    assert not await composed.turns.take_staff(Origin(Address("telegram_staff", "5"), "en"), Press("queue"))


async def test_a_meeting_asked_for_from_one_draft_does_not_share_another(composed: Composed) -> None:
    """Asked from draft one and left there; asked again from draft two, with a yes to sharing: one stays unread."""
    caller = await goes(Caller(composed.turns), *BEGUN, "yes", Press("meeting"), Press("home"))
    await goes(caller, Press("new"), "partly", Press("meeting"))
    await goes(caller, "skip", "yes", Say("Kim kim@example.se"), *SENT)
    (sent,) = await rows(composed.database, submissions)
    assert sent.shared["facts"]["scope"] == "partly"


async def test_a_draft_touched_while_old_ones_are_deleted_stays(composed: Composed) -> None:
    """It was looked up as old; before its turn came to be deleted, its writer came back."""
    await goes(Caller(composed.turns), *BEGUN, "yes")
    async with composed.database.write() as connection:
        assert await drafts.drop(connection, 1, now(), before=now() - timedelta(days=1)) == set()
    assert await number_of(composed.database, drafts_table) == 1


def test_a_paste_of_addresses_is_refused_for_its_length_before_it_is_read() -> None:
    read = Contact().read(Say("a@example.se " * 30_000), None, {})
    assert isinstance(read, Refusal)
    assert read.words.values["count"] == 13 * 30_000 - LONGEST


async def test_a_link_into_a_case_ends_when_the_actors_have_applied(composed: Composed) -> None:
    """Who comes in later would read what was sent without a word from those who sent it."""
    async with composed.database.write() as connection:
        case = await cases.new(connection, now())
        await cases.happened(connection, SEAL, case, "start", None, {"reference": "SAM-2026-0001"}, now())
        for token in ("one", "two"):
            await case_invitations.invite(connection, case, token, now())
        new = await people.new_person(connection, Address("web", "kim"), "en", now())
        assert new
        kim = new.id
        assert await case_invitations.redeem(connection, ["one"], kim, now()) == (case, None, "")
        await cases.happened(connection, SEAL, case, "application_sent", kim, {}, now())
        assert await case_invitations.leads(connection, ["two"], now()) is None
        assert await case_invitations.redeem(connection, ["two"], kim, now()) is None
