"""A task's form is filled in with what the case knows; at each field stands where it comes from."""

import re
from typing import Any

from dialogs.engine.confirm import OUTDATED
from storage.database.tables import case_events, desk_drafts
from tests.ways import rows
from tests.web.cases import applied, case_of, day, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.visitor import Visitor

PLACE = "Stadshuset"


async def offered(served: Served) -> str:
    """A case in which times were offered once; its reference."""
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    await did(served, reference, who, "times", posted(fields(served)["times"]))
    return reference


async def last(served: Served) -> dict[str, Any]:
    """What the last event says."""
    return dict((await rows(served.turns.database, case_events))[-1].data)


def source(page: str, key: str) -> str:
    """What stands below a question about where its value comes from, "" for nothing."""
    found = re.search(rf'<p class="source" id="source-{key}">(.*?)</p>', page)
    return found[1].replace("\u2068", "").replace("\u2069", "") if found else ""


TIMES = {"times.time1": f"{day(7)}T10:00", "times.time2": f"{day(8)}T10:00"}


async def test_a_field_is_filled_and_says_where_that_comes_from(served: Served) -> None:
    reference = await offered(served)
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/times")
        assert page.form_with("send").fields["place.text"] == [PLACE]
        assert source(page.html, "place").startswith("From: the times that Nadia offered on ")
        (field,) = re.findall(r"<(?:input|textarea)[^>]*place\.text[^>]*>", page.html)
        assert "source-place" in field, "a screen reader reads it with the field"
        page = await visitor.fill("send", TIMES)
        assert page.url.endswith("?done=times"), page.text
    assert (await last(served))["place"] == PLACE


async def test_what_somebody_has_changed_has_no_source_any_more(served: Served) -> None:
    reference = await offered(served)
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}/do/times")
        page = await visitor.fill("send", {"place.text": "The square"})
        assert page.status == 422, "no times are given"
        assert page.form_with("send").fields["place.text"] == ["The square"]
        assert source(page.html, "place") == ""
        page = await visitor.fill("later", {})
        page = await visitor.open(f"/queue/{reference}/do/times")
        assert page.form_with("send").fields["place.text"] == ["The square"]
        assert source(page.html, "place") == ""
        page = await visitor.fill("send", TIMES)
        assert page.url.endswith("?done=times"), page.text
    assert (await last(served))["place"] == "The square"


async def test_what_is_only_kept_for_later_is_not_confirmed(served: Served) -> None:
    reference = await offered(served)
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}/do/times")
        await visitor.fill("later", TIMES)
        (kept,) = await rows(served.turns.database, desk_drafts)
        assert set(kept.answers) == {"times"}
        page = await visitor.open(f"/queue/{reference}/do/times")
        assert source(page.html, "place")


async def note(visitor: Visitor, reference: str) -> str:
    """What the note for a colleague is filled in with."""
    page = await visitor.open(f"/queue/{reference}/do/handover")
    return "".join(page.form_with("send").fields["note.text"])


async def test_words_stand_in_the_readers_language_and_are_kept_as_they_were_sent(served: Served) -> None:
    reference, colleague = await offered(served), await nadia(served, "Bo")
    async with await signed_in(served) as visitor:
        english = await note(visitor, reference)
        assert english.startswith("Offered for a meeting: ")
        await visitor.post("/queue/language", {"language": "ar"})
        arabic = await note(visitor, reference)
        assert arabic != english
        assert '<html lang="ar" dir="rtl"' in visitor.page.html
        assert re.search(r'<textarea[^>]*note\.text[^>]*dir="auto"', visitor.page.html)
        await visitor.fill("send", {"to.choice": f"p{colleague.id}"})
    assert (await last(served))["note"] == arabic


async def test_a_form_whose_case_has_changed_is_not_sent_with_what_it_said_before(served: Served) -> None:
    reference, colleague = await offered(served), await nadia(served, "Bo")
    async with await signed_in(served) as visitor:
        before = await note(visitor, reference)
        who = await nadia(served)
        await did(served, reference, who, "view", posted(fields(served)["view"]))
        page = await visitor.fill("send", {"to.choice": f"p{colleague.id}"})
        assert page.status == 422
        assert OUTDATED.id in page.text
        now = "".join(page.form_with("send").fields["note.text"])
        assert now.startswith(before)
        assert "has not answered yet" in now
        await visitor.fill("send", {"to.choice": f"p{colleague.id}"})
    assert (await last(served))["note"] == now
    assert (await case_of(served, reference)).holder == colleague.id


async def test_an_assessment_says_which_answers_to_ask_for(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    right = fields(served)["assessment"] | {"evidence.id": "partly"}
    await did(served, reference, who, "assessment", posted(right))
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/ask")
        assert page.form_with("send").fields["keys.ids"] == ["needs", "papers"]
        said = source(page.html, "keys")
        assert said.startswith("From: the assessment by Nadia, ")
        assert "Evidence of need" in said
        page = await visitor.open(f"/queue/{reference}/do/assessment")
        assert page.form_with("send").fields["evidence.id"] == ["partly"]
        assert source(page.html, "evidence").startswith("From: the assessment by Nadia, ")
        assert source(page.html, "summary")
