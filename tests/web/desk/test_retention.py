"""Disposal at the desk, by an administrator alone; the page that says what is deleted when; one's own data as a page."""

from collections import Counter
from datetime import timedelta

from bot.turns.contact_person import fill_in
from bot.worker.due import Deadlines
from bot.worker.retention import CLOSED_KEPT
from dialogs.case.rights import ContactPerson
from storage.cases import cases
from storage.cases.overview import groups
from storage.cases.verify import verify
from storage.database.tables import case_events, submissions
from tests.clock import Clock, now
from tests.ways import number_of, rows
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


async def test_one_proposes_and_an_administrator_disposes_of_what_is_over_and_staff_reads_of_it(served: Served) -> None:
    reference = await decided(served)
    await nadia(served, "Vera", administrator=True)
    async with await signed_in(served) as visitor:
        page = await send(visitor, reference, "propose", fields(served)["propose"])
        assert "It is proposed" in page.text
        assert "Dispose of the case \u2068TN-2031-0077\u2069" in page.text, "its card says so"
        assert (await visitor.open(f"/queue/{reference}/do/disposed")).status == 404, "who has it is no administrator"
    proposal = (await case_of(served, reference)).proposal
    assert proposal
    async with await signed_in(served, "Vera") as visitor:
        form = fields(served, proposal=proposal.id)["disposed"]
        asked = (await visitor.open(f"/queue/{reference}/do/disposed")).html
        assert '<button class="button grave" name="press" value="send">' in asked, (
            "what is gone for good is no main button"
        )
        other = await send(visitor, reference, "disposed", form | {"proposal.choice": f"e{proposal.id - 1}"})
        assert other.status == 422, "a decision that nobody proposed"
        await send(visitor, reference, "disposed", form | {"certain.choice": "no"})
        assert await number_of(served.turns.database, submissions) == 1, "who is not certain disposes of nothing"
        page = await send(visitor, reference, "disposed", form)
        assert page.status == 200, page.text
        assert "zebra" not in page.text
        assert f"/queue/{reference}/do/protect" not in page.html, "there is nothing left to protect"
        assert "python -m bot dispose" in (await visitor.open("/queue/retention")).text
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
            "730 days",
        ):
            assert words in listed.text, words
        left = (await visitor.open(f"/queue/{reference}")).text
        assert "The Technical Committee decided on" in left, "that stays as a line"
        assert "§ 12" in left
        assert "beviljar" not in left
        assert (await visitor.open("/queue")).status == 200
        assert (await visitor.open(f"/queue/{reference}/package")).status == 404


async def test_nobody_disposes_of_what_they_proposed_themselves(served: Served) -> None:
    reference = await decided(served)
    vera = await nadia(served, "Vera", administrator=True)
    await did(served, reference, vera, "propose", posted(fields(served)["propose"]))
    async with await signed_in(served, "Vera") as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/disposed")).status == 404
        assert "/do/disposed" not in (await visitor.open(f"/queue/{reference}")).html
    await nadia(served, "Adam", administrator=True)
    async with await signed_in(served, "Adam") as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/disposed")).status == 200


async def test_a_proposal_falls_when_something_comes(served: Served) -> None:
    reference = await decided(served)
    await nadia(served, "Vera", administrator=True)
    await did(served, reference, await nadia(served), "propose", posted(fields(served)["propose"]))
    case = await case_of(served, reference)
    assert case.proposal
    async with served.turns.database.write() as connection:
        data = {"text": "Wait, please.", "locale": "en"}
        await cases.happened(connection, served.turns.seal, case.id, "message_sent", None, data, now())
    assert (await case_of(served, reference)).proposal is None
    async with await signed_in(served, "Vera") as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/disposed")).status == 404


async def test_what_was_closed_is_disposed_of_after_its_time(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await did(served, reference, who, "close", posted({"reason.choice": "spam"}))
    async with await signed_in(served) as visitor:
        assert (await visitor.open(f"/queue/{reference}/do/propose")).status == 404
        await kept_long_enough(served)
        vera = await nadia(served, "Vera", administrator=True)
        assert (await visitor.open(f"/queue/{reference}/do/propose")).status == 404, "nobody has it: for administrators"
    await did(served, reference, vera, "propose", posted(fields(served)["propose"]))
    proposal = (await case_of(served, reference)).proposal
    assert proposal
    adam, form = await nadia(served, "Adam", administrator=True), fields(served, proposal=proposal.id)["disposed"]
    await did(served, reference, adam, "disposed", posted(form))
    assert (await case_of(served, reference)).state == "disposed"


async def kept_long_enough(served: Served, number: int = 1) -> None:
    """The worker looks, after two years, at so many closed cases; twice, and says of each once that it was kept."""
    clock = served.turns.clock
    assert isinstance(clock, Clock)
    present, clock.at = clock.at, now() + CLOSED_KEPT + timedelta(hours=1)
    for _again in range(2):
        await Deadlines(served.turns).once()
    clock.at = present
    assert len(await rows(served.turns.database, case_events, what="kept")) == number


async def test_statistics_of_a_closed_and_of_a_disposed_case_stay(served: Served) -> None:
    """A decided case counts as decided after it was disposed of, in its district, its month, its language; a closed one as closed; of what was never
    sent nothing is counted.
    """
    decided_one, spam = await decided(served), await applied(served, "spammer", "ar")
    who, vera = await nadia(served), await nadia(served, "Vera", administrator=True)
    started = await fill_in(served.turns, who, None, "start", {"area": {"words": ("Norra hamnen",)}})
    assert started
    assert started.done
    assert started.done.case
    for reference, reason in ((spam, "spam"), (started.done.case.reference, "no_application")):
        await did(served, reference, who, "close", posted({"reason.choice": reason}))
    before = await counted(served, who)
    states = Counter({value: number for thing, value, number in before if thing == "state"})
    assert states == {"decided": 1, "closed": 1}
    await kept_long_enough(served, 2)
    for reference in (decided_one, spam, started.done.case.reference):
        await did(served, reference, vera, "propose", posted(fields(served)["propose"]))
        proposal = (await case_of(served, reference)).proposal
        assert proposal
        adam, form = await nadia(served, "Adam", administrator=True), fields(served, proposal=proposal.id)["disposed"]
        await did(served, reference, adam, "disposed", posted(form))
    assert await counted(served, who) == before
    async with served.turns.database.read() as connection:
        assert (await verify(connection, served.turns.seal)).findings == []


async def counted(served: Served, who: ContactPerson) -> list[tuple[str, str, int]]:
    """What the overview counts, of each thing."""
    async with served.turns.database.read() as connection:
        found = await groups(connection, who)
    return sorted(
        (f"{one.district} {one.thing}" if one.thing != "state" else "state", one.value, one.number) for one in found
    )


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
