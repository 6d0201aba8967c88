"""Closing a case that nothing comes of, and opening it again: who may, who is told, and what the applicants can do about it."""

import pytest

from bot.turns.contact_person import fill_in
from dialogs.case.case import Case
from dialogs.language.events import Press, Say, Start
from dialogs.language.replies import Tell
from dialogs.phases.always.close import NONE_CAME, SPAM
from storage.cases import queue
from storage.database.tables import outbox
from storage.outbox.outbox import About, nowhere
from tests.clock import now
from tests.house import Caller
from tests.ways import rows
from tests.web.cases import applied, asks_for_a_meeting, case_of, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.desk.task_form import send

ELSEWHERE = {"reason.choice": "elsewhere", "whose.text": "The region, on 1177.", "words.text": "Thank you!"}


async def closed(served: Served, reference: str, reason: str, name: str = "Nadia") -> Case:
    """The case after this contact person closed it."""
    await did(served, reference, await nadia(served, name), "close", posted({"reason.choice": reason}))
    return await case_of(served, reference)


async def told(served: Served) -> int:
    """How much is written to applicants."""
    return len([row for row in await rows(served.turns.database, outbox) if row.channel in ("web", "mail")])


async def test_spam_that_nobody_has_is_closed_by_anybody_who_sees_it_and_nobody_is_told(served: Served) -> None:
    reference = await applied(served)
    await nadia(served)
    before = await told(served)
    async with await signed_in(served) as visitor:
        page = await send(visitor, reference, "close", {"reason.choice": SPAM})
        assert "The case is closed" in page.text
        assert "The applicants are told on the channel they use." not in page.text
    case = await case_of(served, reference)
    assert (case.state, case.holder, case.waits_for) == ("closed", 0, "nobody")
    assert await told(served) == before, "not even who took it"


async def test_a_case_that_somebody_has_is_theirs_to_close(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    await nadia(served, "Bo")
    async with await signed_in(served, "Bo") as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/close")).status == 404


async def test_whoever_wrote_it_is_told_why_and_opens_it_again_by_writing(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await send(visitor, reference, "close", ELSEWHERE)
        for words in ("The applicants are told on the channel they use.", "It is somebody else’s matter", "1177"):
            assert words in page.text, words
    sara = Caller(served.turns, served.keys.hash("sara"), "en")
    shown = str((await sara.sees())[1])
    for words in ("Your case is closed", "The region, on 1177.", "Thank you!", "only the Technical Committee decides"):
        assert words in shown, words
    id = (await case_of(served, reference)).id
    await sara.does(Press(f"write:{id}"))
    await sara.does(Say("It is about the square, too."))
    await sara.does(Press("skip"))
    for act in ("send", "sure"):
        await sara.taps(act)
    case = await case_of(served, reference)
    assert (case.state, case.waits_for, case.closed) == ("taken", "city", "")
    assert "Your case is closed" not in str(await sara.does(Press("status")))


async def test_no_application_came_of_it_is_never_said_of_an_application(served: Served) -> None:
    """That would be a no, and only the committee says no."""
    applied_for, wished = await applied(served), await asks_for_a_meeting(served, "omar")
    who = await nadia(served)
    async with await signed_in(served) as visitor:
        offered = (await visitor.open(f"/queue/{applied_for}/do/close")).text
        assert "The same thing was sent twice" in offered
        assert "No application has come of it" not in offered
        assert "No application has come of it" in (await visitor.open(f"/queue/{wished}/do/close")).text
    form = posted({"reason.choice": NONE_CAME})
    refused = await fill_in(served.turns, who, await case_of(served, applied_for), "close", form)
    assert refused
    assert set(refused.refused) == {"reason"}
    assert (await closed(served, wished, NONE_CAME)).state == "closed"


async def test_from_ready_for_the_committee_on_only_the_committee_decides(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    for task in ("assessment", "ready"):
        await did(served, reference, who, task, posted(fields(served)[task]))
    async with await signed_in(served) as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/close")).status == 404


@pytest.mark.parametrize(("reason", "heard"), [("ended", True), (SPAM, False)])
async def test_a_contact_person_opens_it_again_where_it_stood(served: Served, reason: str, heard: bool) -> None:
    """Who was not told that it was closed is not told that it is open."""
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    await closed(served, reference, reason)
    before = await told(served)
    async with await signed_in(served) as visitor:
        page = await send(visitor, reference, "reopen", {"reason.text": "They called."})
        assert ("The applicants are told on the channel they use." in page.text) == heard
    case = await case_of(served, reference)
    assert (case.state, case.waits_for, case.taken_by) == ("taken", "city", "Nadia")
    assert (await told(served) > before) == heard


async def test_what_the_city_started_and_closed_is_still_the_groups_to_send(served: Served) -> None:
    who = await nadia(served)
    done = await fill_in(served.turns, who, None, "start", {"area": {"words": ("Norra hamnen",)}})
    assert done
    assert done.done
    assert done.done.case
    reference = done.done.case.reference
    sara = Caller(served.turns, served.keys.hash("sara"), "en")
    await sara.does(Start(dict(done.done.tokens)["chat"]))
    await sara.taps("accept")
    assert (await closed(served, reference, NONE_CAME)).state == "closed"
    shown = str(await sara.does(Press("status")))
    assert "It is not sent yet." in shown
    assert "No application has come of {reference} yet" in shown
    assert (await sara.sees())[0].open, "their draft is still theirs"
    await sara.does(Press(f"write:{done.done.case.id}"))
    await sara.does(Say("We go on!"))
    await sara.does(Press("skip"))
    for act in ("send", "sure"):
        await sara.taps(act)
    assert (await case_of(served, reference)).state == "started"


async def test_the_queue_finds_what_was_closed(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await closed(served, reference, "duplicate")
    async with served.turns.database.read() as connection:
        assert (await queue.counts(connection, who))["closed"] == 1
    async with await signed_in(served) as visitor:
        assert reference in (await visitor.open("/queue?state=closed")).text


async def test_a_protected_case_says_who_sees_it_and_its_history_who_was_let_in(served: Served) -> None:
    reference = await applied(served)
    who, bo, eva = await nadia(served), await nadia(served, "Bo"), await nadia(served, "Eva")
    await took(served, reference, who)
    await did(served, reference, who, "protect", posted({"named.ids": [f"p{bo.id}"]}))
    await did(served, reference, who, "admit", posted({"named.ids": [f"p{eva.id}"]}))
    async with await signed_in(served) as visitor:
        page = unmarked((await visitor.open(f"/queue/{reference}")).text)
    assert "Who may see it: Bo, Eva, and Nadia" in page
    assert "Nadia protected the case. Who else may see it: Bo" in page
    assert "Nadia let more contact persons see the case. Who else may see it: Eva" in page


async def test_the_sender_of_spam_reads_that_it_is_closed_and_a_message_opens_it_as_the_history_says(
    served: Served,
) -> None:
    reference = await applied(served)
    case = await closed(served, reference, SPAM)
    sara = Caller(served.turns, served.keys.hash("sara"), "en")
    shown = str(await sara.does(Press("status")))
    assert "The city has closed {reference}." in shown
    assert "Nobody has judged your idea" not in shown
    for done in (Press(f"write:{case.id}"), Say("It is no spam."), Press("skip")):
        await sara.does(done)
    for act in ("send", "sure"):
        await sara.taps(act)
    async with await signed_in(served) as visitor:
        assert "The applicants wrote. The case is open again" in unmarked(
            (await visitor.open(f"/queue/{reference}")).text
        )


async def test_what_had_no_address_to_go_to_is_said_in_words(served: Served) -> None:
    case = await case_of(served, await applied(served))
    await nadia(served)
    async with served.turns.database.write() as connection:
        await nowhere(connection, About(case.id), Tell(("A word.",), lasting=True), now())
    async with await signed_in(served) as visitor:
        page = unmarked((await visitor.open("/queue")).text)
    assert "reached none of the applicants: no way to them is left." in page
    assert "no address" not in page


def unmarked(text: str) -> str:
    """A text without the isolates around names."""
    return text.replace("\u2068", "").replace("\u2069", "")
