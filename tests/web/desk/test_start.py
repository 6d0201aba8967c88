"""A case that the city starts: what is known is written down, actors come in by links, and from then on the draft is theirs."""

import asyncio
import re

from storage.database.tables import case_invitations, cases, desk_drafts, drafts
from storage.database.tables import participants as writers
from tests.ways import number_of, rows
from tests.web.cases import case_of, day, did, nadia
from tests.web.conftest import Served
from tests.web.desk.known import KNOWN
from tests.web.page import Page
from tests.web.staff_visitor import staff_visitor
from tests.web.visitor import Visitor

LINK = re.compile(r"/join/[A-Za-z0-9_-]{32}")


async def started(visitor: Visitor) -> tuple[str, str]:
    """A case is started; its reference, and the path of the first link."""
    await visitor.open("/queue/start")
    page = await visitor.fill("send", KNOWN)
    found = re.search(r"/queue/(SAM-\d{4}-\d{4})/invite", page.url)
    assert found, page.text
    return found[1], link_in(page)


def link_in(page: Page) -> str:
    found = LINK.search(page.html)
    assert found, page.text
    assert found[0] not in page.url
    return found[0]


async def test_the_link_is_shown_once_and_more_can_be_made(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        reference, link = await started(nadia)
        page = await nadia.open(f"/queue/{reference}/invite")
        assert not LINK.search(page.html)
        page = await nadia.post(f"/queue/{reference}/invite", {})
        assert link_in(page) != link
        assert link not in page.html
        assert "Ystadsgatan" in (await nadia.open("/queue")).text
    assert await number_of(served.turns.database, case_invitations) == 2
    assert link.rpartition("/")[2] not in repr(await rows(served.turns.database, case_invitations))


async def test_an_actor_comes_in_by_a_press_and_sees_what_the_city_wrote(served: Served, visitor: Visitor) -> None:
    async with await staff_visitor(served) as nadia:
        reference, link = await started(nadia)
        for _preview in range(3):
            page = await visitor.open(link)
            assert (page.status, "Set-Cookie" in page.headers) == (200, False)
        assert "Ystadsgatan" not in page.text, "who has only seen the link has seen nothing"
        assert "Make a link for an actor" in (await nadia.open(f"/queue/{reference}")).text
        page = await visitor.post(link, {})
        there = await nadia.open(f"/queue/{reference}")
        assert "Make a link for an actor" not in there.text, "from now on they invite each other"
        for words in ("You are invited", "Nadia", "Ystadsgatan", "Ingen stannar här. (testtext)", "Gatans vänner"):
            assert words in page.text, words
        page = await visitor.press("accept")
        page = await visitor.press("status")
        assert f"{reference}" in page.text
        assert "It is not sent yet." in page.text
        assert "1 person has come in so far" in (await nadia.open(f"/queue/{reference}/invite")).text.translate(
            {0x2068: None, 0x2069: None}
        )


async def test_a_link_that_is_used_up_says_so_and_leaves_nothing(served: Served, visitor: Visitor) -> None:
    async with await staff_visitor(served) as nadia, Visitor(served.url) as second:
        _reference, link = await started(nadia)
        await visitor.post(link, {})
        people = await number_of(served.turns.database, writers)
        for path in (link, "/join/" + "x" * 32, "/join/short"):
            page = await second.post(path, {})
            assert page.status == 404
            assert "has been used already, or has ended" in page.text
        assert (await second.open(link)).status == 200, "nothing tells a preview whether a link is any good"
        assert await number_of(served.turns.database, writers) == people
        assert "Ystadsgatan" not in (await second.open("/")).text


async def test_who_has_a_chat_joins_with_it(served: Served, visitor: Visitor) -> None:
    await visitor.open("/")
    await visitor.press("accept")
    async with await staff_visitor(served) as nadia:
        _reference, link = await started(nadia)
        page = await visitor.open(link)
        assert "the chat that is open in this browser" in page.text
        page = await visitor.post(link, {})
        assert "You are invited" in page.text
        assert len({one.person_id for one in await rows(served.turns.database, writers)}) == 1


async def test_what_is_wrong_is_said_and_what_was_written_is_kept(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        await nadia.open("/queue/start")
        page = await nadia.fill("send", KNOWN | {"area.words": "", "area.bounds": "", "actors.new.kind": ""})
        assert page.status == 422
        assert "2 things are not right yet" in page.text.translate({0x2068: None, 0x2069: None})
        assert "Ingen stannar här. (testtext)" in page.html
        page = await nadia.open("/queue/start")
        assert "Ingen stannar här. (testtext)" in page.html, "it is still there on another day"
        kinds = {"actors.a1.kind": "association", "actors.a2.kind": "residents"}
        page = await nadia.fill("send", {"area.words": "Ystadsgatan", **kinds})
        assert "/invite" in page.url
    assert await number_of(served.turns.database, desk_drafts) == 0


async def test_a_form_that_is_sent_twice_starts_one_case(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue/start")
        pages = await asyncio.gather(*(nadia.fill("send", KNOWN, page=page) for _twice in range(3)))
        assert {page.url for page in pages} == {pages[0].url}
    assert await number_of(served.turns.database, cases) == 1


async def test_links_are_made_by_who_started_it_until_it_is_sent(served: Served) -> None:
    async with (
        await staff_visitor(served) as nadia,
        await staff_visitor(served, "Bo") as bo,
        Visitor(served.url) as stranger,
    ):
        reference, _link = await started(nadia)
        missing = await bo.open("/queue/nothing")
        for who in (bo, stranger):
            for page in (
                await who.open(f"/queue/{reference}/invite"),
                await who.post(f"/queue/{reference}/invite", {}),
            ):
                assert (page.status, page.text) == (404, missing.text)
    assert await number_of(served.turns.database, case_invitations) == 1


async def test_a_link_of_another_case_is_not_shown_as_one_of_this(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        one, _link = await started(nadia)
        await nadia.open("/queue/start")
        async with nadia.session.get(f"{served.url}/queue/start") as answer:
            once = re.search(r'name="once" value="(\d+)"', await answer.text())
        assert once
        fields = {key: value for key, value in KNOWN.items() if isinstance(value, str)}
        async with nadia.session.post(
            f"{served.url}/queue/start", data={**fields, "once": once[1], "press": "send"}, allow_redirects=False
        ) as answer:
            assert answer.headers["Location"] != f"/queue/{one}/invite"
        assert not LINK.search((await nadia.open(f"/queue/{one}/invite")).html)


async def test_a_time_can_be_chosen_before_anything_is_sent(served: Served, visitor: Visitor) -> None:
    async with await staff_visitor(served) as desk:
        reference, link = await started(desk)
        await visitor.post(link, {})
        await visitor.press("accept")
        times = {"time1": (f"{day(20)}T14:00",), "time2": (f"{day(21)}T10:00",)}
        await did(served, reference, await nadia(served), "times", {"times": times, "place": {"text": ("Stadshuset",)}})
        case = await case_of(served, reference)
        await visitor.open("/")
        page = await visitor.press(f"time:{case.id}:1")
        assert "Meeting about collaboration support" in page.text
        assert (await visitor.open(f"/meeting/{reference}.ics")).status == 200
    meeting = (await case_of(served, reference)).meeting
    assert meeting
    assert meeting.chosen == f"{day(21)}T10:00"
    assert (await case_of(served, reference)).state == "started"


async def test_once_somebody_has_come_in_no_link_of_the_desk_leads_into_it(served: Served, visitor: Visitor) -> None:
    """Nor one that was made before: a contact person would read with it what the actors have not sent."""
    async with await staff_visitor(served) as nadia, Visitor(served.url) as second:
        reference, link = await started(nadia)
        kept = link_in(await nadia.post(f"/queue/{reference}/invite", {}))
        await visitor.post(link, {})
        page = await nadia.open(f"/queue/{reference}/invite")
        assert "invite each other" in page.text
        assert not LINK.search((await nadia.post(f"/queue/{reference}/invite", {})).html)
        page = await second.post(kept, {})
        assert page.status == 404
        assert "Ystadsgatan" not in page.text
    assert await number_of(served.turns.database, writers) == 1


async def test_when_the_only_one_has_deleted_the_draft_the_page_has_a_button_for_a_link_again(
    served: Served, visitor: Visitor
) -> None:
    async with await staff_visitor(served) as nadia:
        reference, link = await started(nadia)
        await visitor.post(link, {})
        await visitor.press("accept")
        (draft,) = await rows(served.turns.database, drafts)
        assert "Make a link for an actor" not in (await nadia.open(f"/queue/{reference}")).text
        for act in ("delete", f"delete2:{draft.id}", f"delete3:{draft.id}"):
            await visitor.press(act)
        assert "Make a link for an actor" in (await nadia.open(f"/queue/{reference}")).text
        assert link_in(await nadia.post(f"/queue/{reference}/invite", {}))


async def test_two_links_pressed_at_once_admit_one(served: Served, visitor: Visitor) -> None:
    async with await staff_visitor(served) as nadia, Visitor(served.url) as second:
        reference, link = await started(nadia)
        other = link_in(await nadia.post(f"/queue/{reference}/invite", {}))
        await asyncio.gather(visitor.post(link, {}), second.post(other, {}))
    assert await number_of(served.turns.database, writers) == 1


async def test_whoever_is_signed_in_at_the_desk_does_not_come_in_as_an_actor(served: Served, visitor: Visitor) -> None:
    async with await staff_visitor(served) as nadia:
        _reference, link = await started(nadia)
        await nadia.post(f"/sign-in/{await served.link('Nadia')}", {})
        for page in (await nadia.open(link), await nadia.post(link, {})):
            assert page.status == 403
            assert "cannot come into one as an actor" in page.text
        assert await number_of(served.turns.database, writers) == 0
        assert (await visitor.post(link, {})).status == 200, "the link is not used up"
        await nadia.post("/queue/sign-out", {})
        assert (await nadia.open(link)).status == 200
