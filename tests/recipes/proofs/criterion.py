"""In a copy with a seventh criterion: card, guidance, what is missing, and the contact person's assessment follow."""

from bot.speech.catalogs import say
from dialogs.language.replies import Ask
from dialogs.phases.initiation.part import initiation
from tests.answers import EN
from tests.house import Caller
from tests.ways import BEGUN, UpTo, goes
from tests.web.cases import applied, case_of, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served

WORDING = "The proposal says how what is begun can live on when the support ends."


def told(shown: list[object]) -> str:
    """What was said."""
    return " ".join(
        say(words, "en")
        for one in shown
        for words in (*getattr(one, "words", ()), *getattr(one, "ask", ()), *getattr(one, "so_far", ()))
    )


async def test_it_is_asked_with_its_wording_and_named_where_it_is_missing(served: Served) -> None:
    caller = Caller(served.turns, served.keys.hash("sara"), "en")
    await goes(caller, *BEGUN, UpTo("lasting", EN))
    card = (await caller.sees())[1][-1]
    assert isinstance(card, Ask)
    assert card.wording
    assert say(card.wording, "en") == WORDING
    assert say(card.section or "", "en") == "Criterion 6 of 7"
    shown = await caller.taps("not_yet")
    assert "Others agreed early on who waters the plants" in told(list(shown))
    await goes(caller, UpTo("standing", EN))
    assert "You meet 6 of the 7 criteria" in told(list((await caller.sees())[1]))
    assert "• Something that lasts" in told(list((await caller.sees())[1]))


async def test_it_is_assessed_like_the_others(served: Served) -> None:
    reference, who = await applied(served), await nadia(served)
    await took(served, reference, who)
    await did(served, reference, who, "assessment", posted(fields(served)["assessment"]))
    async with await signed_in(served) as desk:
        page = await desk.open(f"/queue/{reference}")
        assert page.text.count("Something that lasts") == page.text.count("Established cooperation") > 0
    assessment = initiation(await case_of(served, reference)).assessment
    assert assessment
    assert assessment.verdicts["lasting"] == "met"
