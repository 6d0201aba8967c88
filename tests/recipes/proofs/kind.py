"""In a copy with the kind: its field is filled in on the web, its button is pressed there and on Telegram, and what is no share is refused."""

from dialogs.phases.steps import DIALOGS
from tests.answers import EN
from tests.dialogs.kinds.declared import FIELDS, KINDS
from tests.house import Caller, asked
from tests.ways import BEGUN, UpTo, goes
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk


async def test_share_is_filled_in_over_http(visitor: Visitor) -> None:
    page = await walk(visitor, "own_share")
    assert 'name="share"' in page.html
    page = await visitor.fill("done", {"share": "140"})
    assert page.asked == "own_share"
    assert "Please write a share in per cent, from 0 to 100." in page.text
    page = await visitor.fill("done", {"share": "40 %"})
    assert page.asked != "own_share"
    assert "40 per cent" in (await walk(visitor)).text


async def test_share_is_pressed_over_http(visitor: Visitor) -> None:
    await walk(visitor, "own_share")
    page = await visitor.press("50")
    assert page.asked != "own_share"
    assert "50 per cent" in (await walk(visitor)).text


async def test_share_is_said_in_a_chat(served: Served) -> None:
    caller = Caller(served.turns, served.keys.hash("sara"), "en")
    await goes(caller, *BEGUN, UpTo("own_share", EN))
    assert asked(await caller.taps("100")) != "own_share"


def test_share_is_known_to_the_random_tests() -> None:
    assert "Percentage" in KINDS
    assert "share" in FIELDS
    assert any(question.key == "own_share" for question in DIALOGS["application"].questions)
