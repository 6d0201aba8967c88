"""A contact person's draft was begun before its questions were changed: the form says so, and sends nothing of it unseen."""

from dialogs.engine.draft import Answer
from storage.cases import desk_drafts
from storage.database.tables import case_events
from tests.clock import now
from tests.ways import rows
from tests.web.cases import applied, case_of, nadia, signed_in, took
from tests.web.conftest import Served
from tests.web.desk.task_form import send

SENTENCE = "This question has been changed since you answered it."


async def begun_before(served: Served) -> str:
    """A note that was begun when it was asked otherwise, and the weather as well; the reference of its case."""
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    stored = {
        "text": Answer("The lamps are dark.", who.id, "sv", now(), asked=("0", "Note")),
        "weather": Answer("It rains.", who.id, "sv", now(), asked=("0", "Weather")),
    }
    async with served.turns.database.write() as connection:
        case = await case_of(served, reference)
        await desk_drafts.begin(connection, who.id, "note", case.id, stored, now())
    return reference


async def test_the_form_shows_what_has_changed_and_what_is_no_longer_asked(served: Served) -> None:
    reference = await begun_before(served)
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/note")
        for words in (
            SENTENCE,
            "The lamps are dark.",
            "is no longer asked. What you answered is kept",
            "It rains.",
            "Keep it as it is",
        ):
            assert words in page.text, words
        page = await send(visitor, reference, "note", {"text.text": "The lamps are dark."})
        assert page.status == 422, "a form that was open before does not send old words"
        assert await rows(served.turns.database, case_events, what="note") == []
        right = {"text.text": "The lamps are dark.", "text.asked": "1", "weather.asked": "1"}
        assert (await send(visitor, reference, "note", right)).url.endswith("?done=note")
    (event,) = await rows(served.turns.database, case_events, what="note")
    assert event.data == {"text": "The lamps are dark."}


async def test_what_is_kept_of_it_is_sent_along(served: Served) -> None:
    reference = await begun_before(served)
    async with await signed_in(served) as visitor:
        page = await visitor.open(f"/queue/{reference}/do/note")
        as_shown = {name: value for name, value in page.form_with("send").fields.items() if "." in name}
        assert (await send(visitor, reference, "note", as_shown)).url.endswith("?done=note")
    (event,) = await rows(served.turns.database, case_events, what="note")
    assert event.data == {"text": "The lamps are dark.", "weather": "It rains."}
