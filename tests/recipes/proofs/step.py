"""In a copy with the step: it is taken at the desk, told to the applicants, and in history, papers and export."""

from bot.documents.build import gathered
from dialogs.phases.steps import TASKS
from storage.cases import cases, submissions
from tests.documents.played import MADE
from tests.web.cases import applied, case_of, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.visitor import Visitor

TOKEN = "sara" * 8
"""What the applicant's browser keeps."""


async def test_a_visit_is_noted_and_everything_follows(served: Served) -> None:
    reference, who = await applied(served, TOKEN), await nadia(served)
    await took(served, reference, who)
    await did(served, reference, who, "visit", posted(fields(served)["visit"]))
    async with await signed_in(served) as desk:
        page = await desk.open(f"/queue/{reference}")
        assert "looked at the area on" in page.text
        assert TASKS["visit"].called.id in page.text
    async with Visitor(served.url) as chat:
        chat.session.cookie_jar.update_cookies({"chat": TOKEN}, response_url=served.server.make_url("/"))
        assert "A contact person has been there for your case" in (await chat.open("/")).text
        assert "looked at the area on" in (await chat.open("/my-data")).text
    case = await case_of(served, reference)
    async with served.turns.database.read() as connection:
        sent = await submissions.of_case(connection, case.id)
        events = await cases.history(connection, case.id)
    paper = gathered(case, sent, events, {}, MADE, "Samverkansguiden 1").model_dump_json()
    assert "Nadia besökte området" in paper.replace("\u2068", "").replace("\u2069", "")
