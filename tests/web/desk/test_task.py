"""Every task of a contact person as a form on the web: done once, refused with nothing lost, and nothing at all for whoever may not."""

import asyncio
import re
from io import BytesIO
from urllib.parse import urlencode

import pytest

from bot.turns.contact_person import fill_in
from dialogs.language.events import Say
from dialogs.phases.steps import TASKS, open_to, opens
from storage.cases import cases
from storage.database.tables import case_events, desk_drafts, openings
from storage.people import staff
from tests.house import Caller, buttons, press
from tests.ways import rows
from tests.web.cases import (
    applied,
    asks_for_a_meeting,
    busy,
    case_of,
    completed,
    day,
    did,
    fields,
    nadia,
    posted,
    signed_in,
    took,
)
from tests.web.conftest import Served
from tests.web.desk.task_form import FORM, send
from tests.web.visitor import Visitor

NOBODYS = "SAM-1999-9999"


async def events(served: Served, reference: str) -> list[str]:
    case = await case_of(served, reference)
    async with served.turns.database.read() as connection:
        return [one.what for one in await cases.history(connection, case.id)]


async def test_every_task_once(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    colleague = (await nadia(served, "Bo Ek")).id
    async with await signed_in(served) as visitor:
        done = []
        first = ("note", "assessment", "ask", "write", "times", "protect", "unprotect", "view", "forward", "back")
        last = ("held", "ready", "decision", "handover")
        others = sorted(TASKS.keys() - {*first, *last, "disposed"})
        for task in (*first, *others):
            case = await case_of(served, reference)
            if task in others and not opens(TASKS[task], case):
                continue  # what opens only later is for a test of its own
            part = case.away[0].id if case.away else 0
            page = await send(visitor, reference, task, fields(served, colleague=colleague, part=part)[task])
            assert (page.status, page.url.partition("?")[2]) == (200, f"done={task}"), page.text
            assert 'role="status"' in page.html
            done.append(task)
        sara = Caller(served.turns, served.keys.hash("sara"))
        await sara.taps(f"time:{(await case_of(served, reference)).id}:1")
        for task in last:
            page = await send(visitor, reference, task, fields(served, colleague=colleague)[task])
            assert page.status == 200, page.text
            done.append(task)
        assert {*first, *last, "disposed"} <= TASKS.keys(), "the last one has its own test (test_retention.py)"
        assert [one for one in await events(served, reference) if one in TASKS] == done
        page = await visitor.open(f"/queue/{reference}")
        for words in (
            "Nämnden beviljar.",
            "TN-2026-0001",
            "50,000 kronor",
            "Remember the key.",
            "The school yard.",
            "Yes, it is.",
        ):
            assert words in page.text, words
        assert "/do/" not in page.html  # it is Bo's now


async def test_a_form_says_what_is_wrong_beside_its_field_and_keeps_the_rest(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await send(
            visitor,
            reference,
            "times",
            {"times.time1": f"{day(-3)}T10:00", "times.time2": "soon", "place.text": "Åhörarsalen"},
        )
        assert page.status == 422
        assert 'href="#f-times.time1"' in page.html
        assert 'id="f-times.time1"' in page.html
        assert re.search(r'aria-describedby="[^"]*error-times"', page.html)
        assert 'aria-invalid="true"' in page.html
        assert f'value="{day(-3)}T10:00"' in page.html
        assert 'value="soon"' in page.html
        assert "Åhörarsalen" in page.html
        assert "times" not in await events(served, reference)
        page = await visitor.open(f"/queue/{reference}/do/times")
        assert "Åhörarsalen" in page.html  # it is still there another day
        assert "Go on: Offer times for a meeting" in (await visitor.open(f"/queue/{reference}")).html
        page = await send(visitor, reference, "times", {}, "cancel")
        assert "Åhörarsalen" not in (await visitor.open(f"/queue/{reference}/do/times")).html


async def test_half_an_assessment_waits_until_later(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        half = {"mixed_group.id": "partly", "mixed_group.words": "One is missing.", "established.words": "To be asked."}
        page = await send(visitor, reference, "assessment", half, "later")
        assert "Saved, not sent" in page.text
        assert "assessment" not in await events(served, reference)
        page = await visitor.open(f"/queue/{reference}/do/assessment")
        for words in ("One is missing.", "To be asked."):
            assert words in page.html
        assert re.search(r'name="mixed_group.id" value="partly"[^>]* checked', page.html)
        page = await send(visitor, reference, "note", {"text.text": "x" * 3100}, "later")
        assert page.status == 422  # what cannot be kept is not thrown away either
        assert "x" * 3100 in page.html


async def test_looking_at_a_form_begins_nothing(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        for task in ("note", "assessment", "ask", "forward"):
            assert (await visitor.open(f"/queue/{reference}/do/{task}")).status == 200
        assert await rows(served.turns.database, desk_drafts) == []
        assert len(await rows(served.turns.database, openings)) == 4  # but it is in the access log


async def test_the_same_form_sent_twice_does_it_once(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    colleague = (await nadia(served, "Bo Ek")).id
    async with await signed_in(served) as visitor:
        for task in ("write", "handover"):
            page = await visitor.open(f"/queue/{reference}/do/{task}")
            hidden = {name: page.form_with("send").fields[name] for name in ("latest", "once")}
            right = hidden | fields(served, colleague=colleague)[task] | {"press": "send"}
            body = urlencode(right, doseq=True).encode()
            for _press in range(2):
                page = await visitor.post(f"/queue/{reference}/do/{task}", BytesIO(body), **FORM)
                assert page.url.endswith(f"?done={task}"), page.text
        happened = await events(served, reference)
        assert (happened.count("write"), happened.count("handover")) == (1, 1)


async def test_two_presses_at_once_do_it_once(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/write")
        hidden = {name: page.form_with("send").fields[name] for name in ("latest", "once")}
        for form, status, count in (
            (fields(served)["write"] | {"text.text": ""}, 422, 0),
            (fields(served)["write"], 200, 1),
        ):
            once = {"once": str(int(hidden["once"][0]) + count)}
            body = urlencode(hidden | once | form | {"press": "send"}, doseq=True).encode()
            address = f"{served.url}/queue/{reference}/do/write"
            answers = await asyncio.gather(
                *(visitor.session.post(address, data=body, headers=FORM) for _press in range(3))
            )
            assert {answer.status for answer in answers} <= {200, status}
            assert any("?done=" in str(answer.url) for answer in answers) == bool(count)
            assert (await events(served, reference)).count("write") == count


async def test_a_question_that_hangs_on_another_says_so(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/forward")
        assert "Only when “How much” is: A part of it" in page.text
        assert 'data-when="extent.choice" data-values="part"' in page.html
        whole = fields(served)["forward"] | {"extent.choice": "whole", "part.text": ""}
        assert (await send(visitor, reference, "forward", whole)).url.endswith("?done=forward")
        assert (await case_of(served, reference)).state == "forwarded"


async def test_what_the_group_said_stands_beside_the_verdict_and_the_question(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/assessment")
        for words in (
            "We have met every month since 2024.",
            "A mixed group of actors has a proposal",
            "Look for at least two",
        ):
            assert words in page.text, words
        page = await visitor.open(f"/queue/{reference}/do/ask")
        for words in ("Dark in the evening.", "Many shops and people.", "Torgets vänner"):
            assert words in page.text, words
        await send(visitor, reference, "write", fields(served)["write"])
        assert "Nadia\u2069 wrote" in (await visitor.open(f"/queue/{reference}/do/write")).text


async def test_whoever_may_not_learns_nothing(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    shut = await applied(served, "pia")
    await took(served, shut, await nadia(served))
    await did(served, shut, await nadia(served), "protect", posted({"named.ids": []}))
    async with await signed_in(served, "Bo Ek") as bo, Visitor(served.url) as stranger:
        for visitor in (bo, stranger):
            nothing = (await visitor.open(f"/queue/{NOBODYS}/do/note")).html
            refused = (await visitor.post(f"/queue/{NOBODYS}/do/note", {"text.text": "x"})).html
            for task in (*TASKS, "start", "nonsense"):
                page = await visitor.open(f"/queue/{reference}/do/{task}")
                assert (page.status, page.html) == (404, nothing), task
                page = await visitor.post(f"/queue/{reference}/do/{task}", {"text.text": "x", "press": "send"})
                assert (page.status, page.html) == (404, refused), task
            for path in ("", "/do/note", "/log", "/package", "/meeting.ics"):
                page = await visitor.open(f"/queue/{shut}{path}")
                assert (page.status, page.html) == (404, nothing), path
            for act in ("take", "follow", "unfollow"):
                page = await visitor.post(f"/queue/{shut}/{act}", {})
                assert (page.status, page.html) == (404, refused), act
    assert "note" not in await events(served, reference)


async def test_a_task_that_is_over_is_not_there(served: Served) -> None:
    reference = await asks_for_a_meeting(served, "omar")
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}")
        offered = set(re.findall(r"/do/([a-z]+)", page.html))
        case, who = await case_of(served, reference), await nadia(served)
        assert offered == {key for key, task in TASKS.items() if open_to(who, case, task)}
        assert {"ask", "decision", "held", "back", "unprotect"}.isdisjoint(offered)
        for task in ("ask", "decision", "held"):
            assert (await visitor.open(f"/queue/{reference}/do/{task}")).status == 404


async def test_the_case_page_of_a_busy_case(served: Served) -> None:
    reference = await busy(served, "ar")
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}")
        assert 'lang="ar">نريد أن نجعل' in page.html
        assert "Written in: \u2068Arabic\u2069" in page.text
        old, new = page.text.index("Dark in the evening."), page.text.index("the lamps are broken")
        assert "Sent first," in page.text[old - 60 : old]
        assert "Now," in page.text[new - 80 : new]
        for words in (
            "asked for its view",
            "A good meeting.",
            "Two kinds.",
            "Please say more.",
            "Answered",
            "Who opened it",
            "For the calendar",
        ):
            assert words in page.text, words
        assert re.search(r"<th[^>]*><bdi>Brf Torget</bdi></th><td>Property owner</td><td>Yes</td>", page.html)
        assert (
            (await visitor.open(f"/queue/{reference}/meeting.ics")).headers["Content-Type"].startswith("text/calendar")
        )


async def test_what_is_new_since_one_was_there_is_marked(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    sara = Caller(served.turns, served.keys.hash("sara"))
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}")
        await did(served, reference, await nadia(served), "ask", posted(fields(served)["ask"]))
        await completed(sara, (await case_of(served, reference)).id)
        assert '<span class="fresh">New</span>' in (await visitor.open("/queue")).html
        page = await visitor.open(f"/queue/{reference}")
        assert 'Challenges <span class="fresh">New</span>' in page.html
        assert "fresh" not in (await visitor.open("/queue")).html
        assert "fresh" not in (await visitor.open(f"/queue/{reference}")).html


async def test_an_answer_that_was_confirmed_as_it_was_is_not_new(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    sara = Caller(served.turns, served.keys.hash("sara"))
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}")
        await did(served, reference, who, "ask", posted(fields(served)["ask"]))
        shown = await sara.taps(f"complete:{(await case_of(served, reference)).id}")
        (right,) = (one for one in buttons(shown[-1]) if one.act.startswith("right:"))
        await sara.does(press(right, shown[-1]))
        await sara.does(Say("A bench."))
        await sara.taps("send")
        await sara.taps("sure")
        page = await visitor.open(f"/queue/{reference}")
        assert 'Challenges <span class="hint">As before.</span>' in page.html
        assert '<span class="fresh">New</span>' in page.html, "what was added"
        assert 'Challenges <span class="fresh">' not in page.html


async def test_follow_and_leave_it(served: Served) -> None:
    reference = await applied(served)
    async with await signed_in(served) as visitor:
        page = await visitor.post(f"/queue/{reference}/follow", {})
        assert "Stop following" in page.text
        assert reference in (await visitor.open("/queue?followed=1")).text
        page = await visitor.post(f"/queue/{reference}/unfollow", {})
        assert "Stop following" not in page.text
        assert reference not in (await visitor.open("/queue?followed=1")).text


async def test_every_opening_is_in_the_log(served: Served) -> None:
    reference = await applied(served)
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}")
        await visitor.open(f"/queue/{reference}")
    assert [one.what for one in await rows(served.turns.database, openings)] == ["case", "case"]
    assert "opened" not in {one.what for one in await rows(served.turns.database, case_events)}


@pytest.mark.parametrize("task", ["assessment", "ask"])
async def test_a_form_that_is_refused_shows_what_the_group_wrote_and_is_in_the_log(served: Served, task: str) -> None:
    """Also where nobody has opened it before: the address alone is enough to press."""
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.post(f"/queue/{reference}/do/{task}", BytesIO(b"press=send"), **FORM)
        assert page.status == 422
    assert [one.what for one in await rows(served.turns.database, openings)] == ["case"]


@pytest.mark.parametrize(
    "junk", [b"%00.%00=1", b"..=1&.text=2&text.=3", b"text.text=%F0%28&press=send", b"press=later", b""]
)
async def test_a_form_of_nonsense_does_nothing(served: Served, junk: bytes) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        page = await visitor.post(f"/queue/{reference}/do/write", BytesIO(junk), **FORM)
        assert page.status in (200, 422)
    assert "write" not in await events(served, reference)


async def test_a_case_that_the_city_started_shows_what_was_written_and_its_place(served: Served) -> None:
    who = await nadia(served)
    known = {"area.words": "Norra hamnen", "area.pin": "55.61, 13.00", "proposal.text": "Stadens idé. (testtext)"}
    made = await fill_in(served.turns, who, None, "start", posted(known))
    assert made
    assert made.done
    assert made.done.case
    reference = made.done.case.reference
    async with await signed_in(served) as visitor, await signed_in(served, "Bo Ek") as bo:
        page = await visitor.open(f"/queue/{reference}")
        for words in ("What the city wrote at the start", "Stadens idé. (testtext)", "Started by the city"):
            assert words in page.text, words
        assert '<figure class="paper picture alone"><svg' in page.html
        assert 'href="geo:55.61000,13.00000"' in page.html
        assert f'action="/queue/{reference}/invite"' in page.html
        assert f'action="/queue/{reference}/invite"' not in (await bo.open(f"/queue/{reference}")).html


async def test_whoever_stands_in_works_on_the_case(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    bo = await nadia(served, "Bo Ek")
    async with await signed_in(served, "Bo Ek") as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/note")).status == 404
        holder = (await nadia(served)).id
        async with served.turns.database.write() as connection:
            await staff.away(connection, holder, day(-1), day(1), bo.id)
        page = await visitor.open(f"/queue/{reference}")
        assert "you stand in for them today" in page.text
        page = await send(visitor, reference, "note", fields(served)["note"])
        assert "Remember the key." in page.text
        assert reference in (await visitor.open("/queue?has=me")).text
