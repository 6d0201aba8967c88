"""Disposal at the desk, by an administrator alone; the page that says what is deleted when; one's own data as a page."""

from storage.database.tables import submissions
from tests.ways import number_of
from tests.web.cases import applied, case_of, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.desk.task_form import send
from tests.web.visitor import Visitor


async def decided(served: Served) -> str:
    """A case that Nadia has, and that the committee has decided; its reference."""
    reference = await applied(served, proposal="The zebra crossing.")
    who = await nadia(served)
    await took(served, reference, who)
    for task in ("assessment", "ready", "decision"):
        await did(served, reference, who, task, posted(fields(served)[task]))
    return reference


async def test_an_administrator_disposes_of_a_closed_case_and_staff_reads_of_it(served: Served) -> None:
    reference = await decided(served)
    await nadia(served, "Vera", administrator=True)
    async with await signed_in(served) as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/disposed")).status == 404, "who has it is no administrator"
    async with await signed_in(served, "Vera") as visitor:
        form = fields(served)["disposed"]
        await send(visitor, reference, "disposed", form | {"certain.choice": "no"})
        assert await number_of(served.turns.database, submissions) == 1, "who is not certain disposes of nothing"
        page = await send(visitor, reference, "disposed", form)
        assert page.status == 200, page.text
        assert "zebra" not in page.text
        assert await number_of(served.turns.database, submissions) == 0
        assert (await case_of(served, reference)).state == "disposed"
        listed = await visitor.open("/queue/retention")
        for words in (
            reference,
            "TN-2031-0077",
            "A draft that nobody has touched",
            "366 days",
            "DRAFT_MONTHS",
            "30 minutes",
        ):
            assert words in listed.text, words
        assert (await visitor.open("/queue")).status == 200
        assert (await visitor.open(f"/queue/{reference}/package")).status == 404


async def test_a_stranger_reads_nothing_of_the_schedule(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        assert (await visitor.open("/queue/retention")).status == 404
        assert "Nothing is stored" in (await visitor.open("/my-data?language=en")).text


async def test_my_data_says_it_in_words(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        page = await visitor.open("/?language=en")
        await visitor.post("/", {"press": "accept", "language": "en"})
        page = await visitor.open("/my-data")
        for words in (
            "Here since",
            "My drafts",
            "What I have sent",
            "A draft is kept until",
            "Delete everything about me",
        ):
            assert words in page.text, words
        asked = await visitor.post("/", {"press": "forget"})
        assert "deleted for good" in asked.text
        left = await visitor.post("/", {"press": "forget2"})
        assert left.url.endswith("/left?forgotten")
        assert (await visitor.open("/my-data")).status == 200
