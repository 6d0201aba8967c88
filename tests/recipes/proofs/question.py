"""In a copy with the question: it is really asked, what follows from it only after its answer, and both are where answers are read."""

from pathlib import Path

import pytest

from bot.documents.build import gathered
from bot.speech.catalogs import say
from dialogs.phases.steps import DIALOGS
from storage.cases import cases, submissions
from tests.answers import EN
from tests.applicant import receipt_of
from tests.clock import Clock
from tests.documents.played import MADE
from tests.house import Caller, asked, compose
from tests.transcripts.play import Player
from tests.ways import BEGUN, UpTo, goes
from tests.web.cases import case_of, nadia, signed_in, took
from tests.web.conftest import Served

TRANSCRIPT = Path(__file__).parents[2] / "transcripts" / "ready.txt"
IN_WINTER = "The square is empty, but for the skaters."


async def up_to_it(served: Served) -> Caller:
    """Somebody at the new question."""
    return await goes(Caller(served.turns, served.keys.hash("sara"), "en"), *BEGUN, UpTo("season", EN))


async def test_winter_is_asked_only_of_those_who_are_there_all_year(served: Served) -> None:
    caller = await up_to_it(served)
    assert asked(await caller.taps("warm")) != "winter"
    assert asked(await caller.taps("back")) == "season"
    assert asked(await caller.taps("all_year")) == "winter"


async def test_winter_stands_in_the_papers_and_on_the_page_of_the_case(served: Served) -> None:
    caller = await goes(await up_to_it(served), "all_year", UpTo("", EN.but(winter=IN_WINTER)), "send")
    reference = receipt_of(await caller.taps("sure")).reference
    case = await case_of(served, reference)
    async with served.turns.database.read() as connection:
        sent = await submissions.of_case(connection, case.id)
        events = await cases.history(connection, case.id)
    paper = gathered(case, sent, events, {}, MADE, "Samverkansguiden 1").model_dump_json()
    assert IN_WINTER in paper
    assert "Vad händer där på vintern?" in paper
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as desk:
        page = await desk.open(f"/queue/{reference}")
        assert page.status == 200
        assert IN_WINTER in page.text
        assert "In winter" in page.text


@pytest.mark.english
async def test_winter_is_written_into_a_transcript_by_update(sqlite_url: str, tmp_path: Path) -> None:
    text = TRANSCRIPT.read_text(encoding="utf-8")
    clock = Clock("2026-04-13 17:05")
    parts = compose(sqlite_url, tmp_path, clock=clock)
    try:
        written = await Player(parts.turns, clock=clock, updating=True).play(text)
    finally:
        await parts.close()
    question = next(one for one in DIALOGS["application"].questions if one.key == "winter")
    assert (
        f"> tap all_year\n< ✓ The time of year: All year round\n< The application · In winter\n< {say(question.ask, 'en')}"
        in written
    )
    assert [line for line in text.splitlines() if line.startswith(">") and line not in written] == []
    assert "< SAM-2026-0001 · " in written
