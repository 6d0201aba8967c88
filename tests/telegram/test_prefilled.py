"""What is known already is asked on Telegram with two buttons: it is right, or it is changed."""

from typing import Any

from storage.database.tables import case_events, drafts
from tests.telegram.applicants import sent
from tests.telegram.phone import Phone
from tests.telegram.stage import Stage
from tests.ways import rows

PLACE = "Stadshuset, entrance B"


async def offers(karin: Phone, *place: str) -> None:
    """Times are offered; the place is said, or confirmed."""
    await karin.tap("do:times:1")
    await karin.read()
    await karin.say("2199-12-03 14:00\n2199-12-04 14:00\n2199-12-05 14:00")
    for one in place:
        await karin.read()
        await karin.say(one)


async def last(stage: Stage) -> dict[str, Any]:
    """What the last event says."""
    return dict((await rows(stage.parts.database, case_events))[-1].data)


async def at_the_second_offer(stage: Stage, locale: str = "en") -> Phone:
    """A contact person who has offered times, and offers others."""
    karin = stage.staff_phone(901, locale)
    await stage.invited(karin, "Karin")
    await sent(stage)
    await karin.read()
    for act in ("case:1", "take:1", "case:1"):
        await karin.tap(act)
        await karin.read()
    await offers(karin, PLACE)
    await karin.read()
    await karin.tap("send")
    await karin.read()
    await karin.tap("case:1")
    await karin.read()
    await offers(karin)
    return karin


async def test_a_contact_person_confirms_what_the_case_knows_with_one_press(stage: Stage) -> None:
    karin = await at_the_second_offer(stage)
    asked = await karin.read()
    assert "Known already:" in asked
    assert PLACE in asked
    assert "From: the times that \u2068Karin\u2069 offered on " in asked
    labels = [button["text"] for button in karin.buttons()]
    assert labels[:2] == ["It is right", "Change"]
    assert all(len(button["callback_data"].encode()) <= 64 for button in karin.buttons())
    await karin.tap("It is right")
    assert f"Where\n{PLACE}" in await karin.read(), "the review"
    await karin.tap("send")
    await karin.read()
    assert (await last(stage))["place"] == PLACE


async def test_change_asks_as_ever_with_the_value_there(stage: Stage) -> None:
    karin = await at_the_second_offer(stage)
    await karin.read()
    await karin.tap("Change")
    asked = await karin.read()
    assert "Known already:" not in asked
    assert f"• {PLACE}" in asked
    await karin.say("On the square")
    await karin.read()
    await karin.tap("send")
    await karin.read()
    assert (await last(stage))["place"] == "On the square"


async def test_in_arabic_our_lines_run_from_the_right_and_the_value_in_its_own_direction(stage: Stage) -> None:
    karin = await at_the_second_offer(stage, "ar")
    asked = await karin.read()
    lines = asked.split("\n")
    (source,) = [line for line in lines if "Karin" in line and "المصدر" in line]
    assert source.startswith("\u200f")
    assert PLACE in lines, "somebody's own words stand alone, without a mark"


async def test_an_applicant_confirms_whom_to_answer(stage: Stage) -> None:
    sara = stage.phone()
    await sent(stage)
    await sara.read()
    await sara.say("/meeting")
    await sara.read()
    await sara.say("A bench on our street.")
    asked = await sara.read()
    assert "Known already:" in asked
    assert "From: your application, " in asked
    await sara.tap("It is right")
    assert "A bench on our street." in await sara.read(), "the review"
    (draft,) = await rows(stage.parts.database, drafts, dialog="meeting")
    assert draft.answers["contact"]["known"], "it is kept that nobody wrote it anew"
