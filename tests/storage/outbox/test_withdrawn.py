"""What waits when a case is protected: what goes then says no more than its number, to whomever and by whatever way."""

from typing import Any

import pytest

from dialogs.case.case import Case
from dialogs.language.events import Press
from dialogs.language.replies import Tell
from dialogs.language.words import Words
from storage.database.tables import cases as case_rows
from storage.database.tables import outbox as outbox_rows
from storage.outbox import leases, outbox
from storage.outbox.outbox import About, Post
from storage.people.people import Address
from tests.clock import Clock
from tests.day import delivered, happens, let_in, now_of
from tests.house import Caller, Composed
from tests.ways import SENT, WRITTEN, goes, rows
from tests.wire import Wire

AREA = "Torget"
SECRET = "Hemliggatan 7"
CHAT = Words("To answer, open the chat: {link}", {"link": "https://example.se/"})
KIM, MAILBOX = Address("mail", "kim@example.se"), Address("mail", "mailbox@example.se")


@pytest.fixture
def clock() -> Clock:
    """A Friday evening, when it is quiet."""
    return Clock("2026-11-20 19:00")


@pytest.fixture
def given() -> dict[str, Any]:
    """When it is quiet."""
    return {"quiet_from": 18, "quiet_to": 7}


async def waiting(composed: Composed) -> Case:
    """A case of which mail still has to go: to the mailbox, to the applicants, and in the morning to Alva, who has it, and to Bo."""
    alva = await let_in(composed)
    await let_in(composed, "Bo", "71")
    await goes(Caller(composed.turns), *WRITTEN, *SENT)
    (id,) = [row.id for row in await rows(composed.database, case_rows) if row.reference]
    case = await now_of(composed, id)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    async with composed.database.write() as connection:
        for to in (KIM, MAILBOX):
            said = Tell((f"{AREA}, {SECRET}", CHAT), title=Words("A message from your contact person"), lasting=True)
            await outbox.put(connection, to, None, About(case.id), said, "en", composed.clock.now())
    return case


async def protected(composed: Composed, case: Case) -> None:
    """Alva protects it, for herself alone."""
    there = await rows(composed.database, outbox_rows, case_id=case.id, channel="telegram_staff", address="70")
    await happens(composed, case, "protect", there[0].person_id, composed.clock.now(), named={"ids": []})


def said(post: Post) -> str:
    return str(post.reply)


async def test_no_letter_and_no_notice_says_more_than_the_number(composed: Composed, clock: Clock) -> None:
    case, mail, staff, applicants = await waiting(composed), Wire(), Wire(), Wire()
    before = await rows(composed.database, outbox_rows, case_id=case.id, state="due")
    assert sum(AREA in str(row.reply) for row in before) >= 4, "the mailbox twice, the applicants, Alva and Bo"
    await protected(composed, case)
    clock.is_now("2026-11-23 07:00")
    await delivered(composed, mail=mail, telegram_staff=staff, telegram=applicants)
    assert MAILBOX not in [post.to for post in mail.posts], "it is told nothing of a protected case"
    for post in (*mail.posts, *staff.posts):
        assert AREA not in said(post)
        assert SECRET not in said(post)
    letters = [post.reply for post in mail.posts if post.to == KIM and isinstance(post.reply, Tell)]
    (letter,) = [one for one in letters if one.words[1:] == (CHAT,)]  # where to read it stands there as before
    assert case.reference in str(letter.words[0])
    assert letter.title is None
    about = [post for post in staff.posts if post.case == case.id]
    assert {post.to.address for post in about} == {"70"}
    assert case.reference in said(about[0])
    assert f"/queue/{case.reference}" in said(about[0]), "and where to read it"


async def test_what_is_in_its_senders_hands_is_looked_at_once_more(composed: Composed, clock: Clock) -> None:
    case, wire = await waiting(composed), Wire()
    async with composed.database.write() as connection:
        posts = await leases.lease(connection, ("mail",), clock.now(), ())
    assert {post.to for post in posts} == {KIM, MAILBOX}
    await protected(composed, case)
    delivery = composed.program.delivery({"mail": wire})
    delivery.deliver(posts)
    await delivery.stop()
    assert [post.to for post in wire.posts] == [KIM]
    assert AREA not in said(wire.posts[0])
