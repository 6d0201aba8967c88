"""Contact persons: in by a link that works once, out at once; and never a look into what was not sent."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.turns.invite import deactivate, invite
from bot.turns.origin import Origin
from bot.turns.sign_in import SESSION_LASTS, at_the_queue, sign_in, sign_out
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.desk.filter import Filter
from dialogs.engine.record import sha256s_in
from dialogs.language.events import Attach, Command, Filed, Press, Say, Start
from storage.cases import cases, queue, submissions
from storage.database.json import REPLY, as_json
from storage.database.tables import cases as case_rows
from storage.database.tables import invitations
from storage.database.tables import outbox as outbox_rows
from storage.outbox import outbox, undelivered
from storage.people import staff
from storage.people.people import Address
from tests.clock import Clock, now
from tests.house import MAILBOX, SEAL, Caller, Composed, folder_of
from tests.storage.secret import SECRET, TO_PAPERS, attached
from tests.ways import BEGUN, SENT, WISHED, goes, number_of, rows, up_to

BOT = Address("telegram_staff", "70")
OTHER = Address("telegram_staff", "71")


@pytest.fixture
def clock() -> Clock:
    """The clock of the house, which stands still."""
    return Clock().stop()


async def listed(connection: AsyncConnection) -> list[Case]:
    """The queue, as an administrator who is nobody in particular finds it."""
    found, _total = await queue.find(connection, ContactPerson(0, "", "sv", True), Filter(), now())
    return [one.case for one in found]


async def told(composed: Composed, address: Address = BOT) -> list[str]:
    """What is on its way to an address, as JSON."""
    return [
        json.dumps(row.reply, ensure_ascii=False)
        for row in await rows(composed.database, outbox_rows, address=address.address)
    ]


async def let_in(composed: Composed, name: str = "Alva", address: Address = BOT) -> Origin:
    """A contact person who has come in."""
    links = await invite(composed.database, composed.keys, name, composed.clock.now())
    origin = Origin(address, "sv")
    assert await composed.turns.take_staff(origin, Start(links.telegram))
    return origin


async def test_nobody_uninvited_gets_an_answer(composed: Composed) -> None:
    for event in (Start(), Start("guess"), Command("queue"), Press("queue"), Say("hello")):
        assert not await composed.turns.take_staff(Origin(BOT, "sv"), event)
    assert await number_of(composed.database, outbox_rows) == 0


async def test_a_link_lets_in_once(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    assert await composed.turns.take_staff(Origin(BOT, "sv"), Start(links.telegram))
    assert not await composed.turns.take_staff(Origin(OTHER, "sv"), Start(links.telegram))
    assert await composed.turns.take_staff(Origin(BOT, "sv"), Command("queue"))
    stored = await rows(composed.database, invitations)
    assert not {links.telegram, links.web} & {row.token_hash for row in stored}, "only hashes are kept"


async def test_of_two_at_once_one_gets_in(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    answers = await asyncio.gather(
        *(
            composed.turns.take_staff(Origin(Address("telegram_staff", str(number)), "sv"), Start(links.telegram))
            for number in range(8)
        )
    )
    assert sum(answers) == 1


async def test_a_link_runs_out(composed: Composed, clock: Clock) -> None:
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    clock.at += staff.LINK_LASTS
    assert await sign_in(composed.database, composed.keys, links.web, composed.clock.now()) is None
    assert not await composed.turns.take_staff(Origin(BOT, "sv"), Start(links.telegram))


async def test_a_session_runs_out_and_ends(composed: Composed, clock: Clock) -> None:
    async def who(session: str) -> ContactPerson | None:
        async with composed.database.read() as connection:
            return await staff.at(connection, at_the_queue(composed.keys, session), clock.at)

    session = await sign_in(
        composed.database,
        composed.keys,
        (await invite(composed.database, composed.keys, "Alva", composed.clock.now())).web,
        composed.clock.now(),
    )
    assert session
    assert (await who(session)) is not None
    assert await who("guess") is None
    clock.at += SESSION_LASTS
    assert await who(session) is None
    again = await sign_in(
        composed.database,
        composed.keys,
        (await invite(composed.database, composed.keys, "Alva", composed.clock.now())).web,
        composed.clock.now(),
    )
    assert again
    await sign_out(composed.database, composed.keys, again, composed.clock.now())
    assert await who(again) is None


async def test_who_is_deactivated_is_out_at_once(composed: Composed) -> None:
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    origin = await let_in(composed)
    session = await sign_in(
        composed.database,
        composed.keys,
        (await invite(composed.database, composed.keys, "Alva", composed.clock.now())).web,
        composed.clock.now(),
    )
    assert session
    assert await deactivate(composed.database, composed.keys, "Alva", now())
    assert not await composed.turns.take_staff(origin, Command("queue"))
    assert not await composed.turns.take_staff(origin, Start(links.telegram))
    assert await sign_in(composed.database, composed.keys, links.web, composed.clock.now()) is None
    async with composed.database.read() as connection:
        assert await staff.at(connection, at_the_queue(composed.keys, session), now()) is None
        assert await staff.active(connection) == []
    assert not await deactivate(composed.database, composed.keys, "Nobody", now())


async def test_a_case_is_taken_by_one(composed: Composed) -> None:
    """Two take it at once: one has it, and the applicant is told once."""
    await goes(Caller(composed.turns), *WISHED, *SENT)
    (case,) = [row.id for row in await rows(composed.database, case_rows) if row.reference]
    one, two = await let_in(composed), await let_in(composed, "Bo", OTHER)
    await asyncio.gather(
        composed.turns.take_staff(one, Press(f"take:{case}")), composed.turns.take_staff(two, Press(f"take:{case}"))
    )
    (row,) = await rows(composed.database, case_rows, id=case)
    assert row.state == "taken"
    notices = [row for row in await rows(composed.database, outbox_rows, channel="web") if row.reply.get("lasting")]
    assert len(notices) == 1
    async with composed.database.read() as connection:
        assert [event.what for event in await cases.history(connection, case)] == ["meeting_sent", "taken"]


async def test_the_queue_has_what_waited_longest_first(composed: Composed, clock: Clock) -> None:
    for name in ("a", "b", "c"):
        clock.at += timedelta(days=1)
        await goes(Caller(composed.turns, name), *WISHED, *SENT)
    async with composed.database.write() as connection:
        first, second, third = await listed(connection)
        assert [first.reference[-1], second.reference[-1], third.reference[-1]] == ["1", "2", "3"]
        alva = await staff.contact_person(connection, "Alva", clock.at)
        assert await cases.take(connection, SEAL, first.id, alva, clock.at)
        assert not await cases.take(connection, SEAL, first.id, alva, clock.at)
        assert await queue.waiting(connection) == 2
    withdrawn = Caller(composed.turns, "b")
    await goes(withdrawn, Press("status"), f"withdraw:{second.id}", "skip", *SENT)
    async with composed.database.read() as connection:
        assert [(case.id, case.state) for case in await listed(connection)] == [
            (third.id, "sent"),
            (first.id, "taken"),
            (second.id, "withdrawn"),
        ]


async def _all_that_staff_can_get(composed: Composed) -> str:
    """Everything that any function for contact persons gives, about any case there is."""
    found: list[object] = []
    async with composed.database.read() as connection:
        found += [
            await listed(connection),
            await queue.waiting(connection),
            await outbox.undelivered(connection),
            await staff.active(connection),
        ]
        for row in await rows(composed.database, case_rows):
            sent = await submissions.of_case(connection, row.id)
            found += [
                sent,
                await cases.case_by_id(connection, row.id),
                await cases.case(connection, row.reference or ""),
                await cases.history(connection, row.id),
            ]
            found += [await undelivered.in_case(connection, row.id, MAILBOX)]
    for act in ("queue", *(f"case:{number}" for number in range(1, 5)), "take:1"):
        await composed.turns.take_staff(Origin(BOT, "sv"), Press(act))
    return str([*found, *(await told(composed))])


async def test_what_was_not_sent_is_never_given_to_staff(composed: Composed) -> None:
    """Somebody writes a draft with an answer, a file and an area; and asks for a meeting without letting it go along."""
    await let_in(composed)
    attach = await attached(composed.turns)
    caller = await goes(Caller(composed.turns), *BEGUN, TO_PAPERS, attach, "done", up_to("area"), Say(SECRET))
    assert SECRET not in await _all_that_staff_can_get(composed)
    await goes(caller, Press("meeting"), up_to(about="A bench, please.", share="no"), *SENT)
    given = await _all_that_staff_can_get(composed)
    assert "A bench, please." in given
    assert SECRET not in given
    async with composed.database.read() as connection:
        (case,) = await listed(connection)
        assert case.title == ""
    assert attach.files[0].sha256 not in given


async def test_what_was_left_on_the_way_is_never_given_to_staff(composed: Composed) -> None:
    """Answers that the path no longer holds are not sent, nor their files."""
    await let_in(composed)
    attach = await attached(composed.turns)
    caller = await goes(Caller(composed.turns), *BEGUN, TO_PAPERS, attach, "done")
    await goes(caller, "back", "back", "back", up_to(), *SENT)
    given = await _all_that_staff_can_get(composed)
    assert "Torget" in given
    assert SECRET not in given
    assert not folder_of(composed.files).path(attach.files[0].sha256).exists()


async def test_a_notice_holds_no_answer(composed: Composed) -> None:
    await let_in(composed)
    await goes(Caller(composed.turns), *WISHED, *SENT)
    said = [*(await told(composed)), *(await told(composed, Address("mail", "mailbox@example.se")))]
    assert any("SAM-" in one for one in said)
    assert not any("A bench" in one or "Kim" in one for one in said)


async def test_what_applicants_wrote_comes_to_staff_as_they_wrote_it(composed: Composed) -> None:
    origin = await let_in(composed)
    wrote = "<b>ljus</b> =1+1 \u200fنص"
    await goes(Caller(composed.turns), *BEGUN, Press("meeting"), up_to(about=wrote), *SENT)
    (case,) = [row.id for row in await rows(composed.database, case_rows) if row.reference]
    await composed.turns.take_staff(origin, Press(f"case:{case}"))
    assert any(wrote in one for one in await told(composed))
    for row in await rows(composed.database, outbox_rows, address=BOT.address):
        assert as_json(REPLY, REPLY.validate_python(row.reply)) == row.reply


async def test_shared_files_can_be_read_by_staff(composed: Composed) -> None:
    content = b"%PDF-1.4 shared"
    attach = Attach((Filed(await composed.files.put(content), "walk.pdf", "application/pdf", len(content)),))
    await goes(
        Caller(composed.turns),
        *BEGUN,
        TO_PAPERS,
        attach,
        "done",
        Press("meeting"),
        "skip",
        up_to(share="yes"),
        *SENT,
    )
    async with composed.database.read() as connection:
        (case,) = await listed(connection)
        (sent,) = await submissions.of_case(connection, case.id)
    assert sha256s_in(sent.shared) == {attach.files[0].sha256}
    assert await composed.files.get(attach.files[0].sha256) == content
