"""In a copy with the phase: whoever was granted support goes on in the same case, which is open again, and everybody sees it."""

from bot.documents.build import gathered
from bot.documents.overview_svg import overview_svg
from dialogs.case.city import City
from dialogs.desk.spread import Tally, overview
from dialogs.language.events import Press, Say
from dialogs.phases.initiation import INITIATION
from dialogs.phases.steps import PHASES, STATES, open_to_applicants, opens
from storage.cases import cases, submissions
from tests.answers import EN
from tests.applicant import receipt_of, sends_an_application
from tests.documents.played import MADE
from tests.house import Caller
from tests.ways import UpTo, goes
from tests.web.cases import case_of, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served

NO_DISTRICTS = City((), ())


async def test_collaboration_follows_the_decision(served: Served) -> None:
    who, sara = await nadia(served), Caller(served.turns, served.keys.hash("sara"), "en")
    reference = (await sends_an_application(sara)).reference
    await took(served, reference, who)
    (phase,) = (one for one in PHASES if one.key == "collaboration")
    assert not phase.begins(await case_of(served, reference))
    for task in ("ready", "decision"):
        await did(served, reference, who, task, posted(fields(served)[task]))
    case = await case_of(served, reference)
    assert case.closed == "decided"
    assert phase.begins(case)
    await sara.does(Press("status"))
    await sara.taps(f"activity:{case.id}")
    await goes(sara, Say("2026-11-01"), UpTo("", EN), "send")
    receipt_of(await sara.taps("sure"))
    case = await case_of(served, reference)
    assert case.state == "collaborating"
    assert not case.closed
    assert open_to_applicants(case) >= {"activity"}
    assert "withdraw" not in open_to_applicants(case)
    assert not {step.id for step in INITIATION.steps if opens(step, case)}
    (known,) = (part for of, part in case.parts.items() if of.__module__.startswith("dialogs.phases.collaboration"))
    assert known.activities == 1
    async with await signed_in(served) as desk:
        page = await desk.open(f"/queue/{reference}")
        assert "The applicants told of a dialogue activity." in page.text
        assert "Collaborating" in page.text
        assert "Collaboration phase" in page.text
        assert reference in (await desk.open("/queue?state=collaborating")).text
    async with served.turns.database.read() as connection:
        sent = await submissions.of_case(connection, case.id)
        events = await cases.history(connection, case.id)
    paper = gathered(case, sent, events, {}, MADE, "Samverkansguiden 1").model_dump_json()
    assert "De sökande berättade om en dialoginsats." in paper
    assert "Samarbete pågår" in paper


def test_its_state_is_one_of_the_house() -> None:
    assert STATES["collaborating"].in_queue


def test_its_state_has_a_pattern_of_its_own_in_the_overview() -> None:
    of = [Tally("", "state", "collaborating")]
    drawn = overview_svg(overview(of, {}, NO_DISTRICTS), NO_DISTRICTS, "en")
    assert 'fill="url(#overview-collaborating)"' in drawn
    assert f'd="{STATES["collaborating"].mark.strokes}"' in drawn
