"""Contact persons: links that are good once, an end that is at once, and no way to a draft. On both databases."""

from datetime import timedelta

import pytest

from bot.invitations import sign_in
from bot.invite import deactivate, invite
from bot.turns import Origin, now
from dialogs.events import Command, Press, Say, Start
from storage import cases, staff, submissions
from storage.people import Address
from storage.staff import LINK_LASTS
from storage.tables import invitations, outbox
from tests.house import Caller, Composed
from tests.storage.ways import BEGUN, SENT, WRITTEN, everything, goes, rows

CHAT = Address("contact_persons", "901")


async def says(composed: Composed, *events: Start | Command | Press) -> list[bool]:
    return [await composed.turns.take_staff(Origin(CHAT, "en"), event) for event in events]


async def test_a_link_lets_in_once(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Karin")
    assert links.telegram not in await everything(composed.database)
    assert await says(composed, Start("guessed"), Start(links.telegram), Command("queue")) == [False, True, True]
    other = Origin(Address("contact_persons", "902"), "en")
    assert not await composed.turns.take_staff(other, Start(links.telegram))
    assert await sign_in(composed.database, composed.keys, links.web)
    assert await sign_in(composed.database, composed.keys, links.web) is None


async def test_an_old_link_lets_nobody_in(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Karin")
    async with composed.database.write() as connection:
        await connection.execute(invitations.update().values(expires_at=now() - timedelta(seconds=1)))
    assert await says(composed, Start(links.telegram)) == [False]
    assert await sign_in(composed.database, composed.keys, links.web) is None
    assert timedelta(hours=1) < LINK_LASTS <= timedelta(hours=24)


async def test_deactivated_is_at_once_and_everywhere(composed: Composed) -> None:
    links, more = await invite(composed.database, composed.keys, "Karin"), await invite(composed.database, composed.keys, "Karin")
    await says(composed, Start(links.telegram))
    assert await sign_in(composed.database, composed.keys, links.web)
    assert await deactivate(composed.database, "Karin")
    assert await says(composed, Command("queue"), Start(more.telegram)) == [False, False]
    assert await sign_in(composed.database, composed.keys, more.web) is None
    assert not await deactivate(composed.database, "Nobody")
    again = await invite(composed.database, composed.keys, "Karin")
    assert await says(composed, Start(again.telegram)) == [True]


async def test_two_who_take_the_same_case(composed: Composed) -> None:
    await goes(Caller(composed.turns), *WRITTEN, *SENT)
    async with composed.database.write() as connection:
        karin, anna = [await staff.contact_person(connection, name, now()) for name in ("Karin", "Anna")]
        case = (await cases.queue(connection))[0]
        taken = [await cases.take(connection, case.id, person, now()) for person in (karin, anna)]
    assert taken == [True, False]
    async with composed.database.read() as connection:
        assert (await cases.queue(connection))[0].taken_by == "Karin"


@pytest.mark.parametrize("function", [name for name in vars(cases) if not name.startswith("_") and name in ("queue", "case", "case_by_id", "history", "waiting")])
async def test_nothing_of_an_unsent_draft_is_there_to_be_read(composed: Composed, function: str) -> None:
    await goes(Caller(composed.turns, "writer"), *WRITTEN)
    async with composed.database.read() as connection:
        given = {"queue": (), "waiting": (), "case": ("SAM-2026-0001",), "case_by_id": (1,), "history": (1,)}[function]
        found = await getattr(cases, function)(connection, *given)
        assert not found
        assert await submissions.of_case(connection, 1) == []


async def test_a_wish_for_a_meeting_shows_nothing_of_the_draft_beside_it(composed: Composed) -> None:
    await goes(Caller(composed.turns), *BEGUN, "partly", *["not_yet"] * 6, Press("meeting"))
    caller = Caller(composed.turns)
    await goes(caller, Say("A bench."), "no", Say("Kim Berg kim@example.se"), *SENT)
    links = await invite(composed.database, composed.keys, "Karin")
    await says(composed, Start(links.telegram), Press("case:1"))
    told = [repr(row.reply) for row in await rows(composed.database, outbox, channel="contact_persons")]
    assert any("A bench." in one for one in told)
    assert not any("Public land" in one or "not_yet" in one or "Not yet" in one for one in told)
    async with composed.database.read() as connection:
        sent = await submissions.of_case(connection, 1)
    assert [one.shared for one in sent] == [None]


async def test_a_shared_draft_is_a_copy_of_that_moment(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, "partly", "not_yet", Press("meeting"))
    await goes(caller, Say("A bench."), "yes", Say("Kim Berg kim@example.se"), *SENT)
    await goes(caller, Press("home"))
    await goes(caller, "open:1", "met", Say("Written later, and not shared"))
    async with composed.database.read() as connection:
        shared = (await submissions.of_case(connection, 1))[0].shared
    assert shared
    assert [entry.key for entry in shared.entries] == ["scope", "mixed_group"]
    assert "Written later" not in repr(shared)
