"""The contact persons' bot: the invited work with it, strangers do not even learn that somebody listens."""

import pytest

from bot.telegram.updates import BURST
from bot.turns.invite import deactivate, invite
from dialogs.desk.screens import COMMANDS
from tests.clock import now
from tests.samples import PDF
from tests.telegram.applicants import sent
from tests.telegram.stage import Stage, happens


async def test_strangers_get_no_answer_whatever_they_do(stage: Stage) -> None:
    stranger = stage.staff_phone()
    await stranger.start()
    await stranger.start("a_guessed_token")
    await stranger.say("/queue")
    await stranger.say("hello?")
    await stranger.send_sticker()
    await stranger.send_file("plan.pdf", PDF)
    stranger.press("queue", 1)
    for _at in range(2 * BURST):
        await stranger.say("hello?")
    assert await stranger.read() == ""
    assert {call.method for call in stranger.account.calls} == {"deletewebhook", "getupdates"}


async def test_it_is_silent_in_groups(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    account = stage.staff_account
    account.known[-100] = "group"
    account.put(
        message={
            "message_id": 9,
            "date": 1,
            "chat": {"id": -100, "type": "group", "title": "City"},
            "from": {"id": 901, "language_code": "sv"},
            "text": "/queue",
        }
    )
    await stage.settle()
    assert account.shown[-100] == []


async def test_an_invitation_lets_one_person_in_once(stage: Stage) -> None:
    link = (await invite(stage.parts.database, stage.parts.keys, "Karin", stage.parts.clock.now())).telegram
    karin, other = stage.staff_phone(), stage.staff_phone(902)
    await karin.start(link)
    assert "Hello \u2068Karin\u2069" in await karin.read()
    await other.start(link)
    assert await other.read() == ""


async def test_a_new_application_is_told_and_taken(stage: Stage) -> None:
    karin, eva = stage.staff_phone(901, "sv"), stage.staff_phone(902)
    await stage.invited(karin, "Karin")
    await stage.invited(eva, "Eva")
    reference = await sent(stage)
    assert reference in await karin.read()
    assert reference in await eva.read()
    await eva.tap("case:1")
    page = await eva.read()
    assert "Trees, benches and light." in page
    assert f"https://example.se/queue/{reference}" in page
    await eva.tap("take:1")
    assert "is yours" in await eva.read()
    karin.press("take:1", karin.last["message_id"])
    late = await karin.read()
    assert "Eva" in late
    assert "✅" not in late, "who was too late is told so"
    await karin.tap("case:1")
    assert "Eva" in await karin.read()
    assert "has taken your case" in await stage.phone().read()
    assert karin.account.callbacks == set()


async def test_a_case_is_read_in_its_readers_language(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    await karin.say("/language")
    await karin.read()
    await karin.tap("lang:sv")
    await karin.read()
    await karin.say("/queue")
    assert "Ärendekön" in await karin.read()


async def test_who_was_deactivated_is_a_stranger_at_once(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    assert await deactivate(stage.parts.database, stage.parts.keys, "Karin", now())
    await karin.say("/queue")
    assert await karin.read() == ""


async def test_files_are_not_fetched(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    await karin.send_file("plan.pdf", PDF)
    assert await karin.read()
    assert not karin.account.called("getFile")


@pytest.mark.parametrize("data", ["case:²", "case:99999999999999999999", "take:0", "lang:xx", "case:1:2"])
async def test_odd_presses_are_answered(stage: Stage, data: str) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    karin.press(data, 1)
    assert await karin.read()


async def test_who_is_known_and_floods_is_told(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    for _at in range(2 * BURST):
        await karin.say("/help")
    assert (await karin.read()).count("faster than I can follow") == 1


async def test_it_introduces_itself(still: Stage) -> None:
    await still.contact_persons.open()
    assert still.contact_persons.username == "guide_staff_bot"
    await happens(lambda: ("setchatmenubutton", "") in still.staff_account.introduction)
    assert [
        command["command"] for command in still.staff_account.introduction["setmycommands", "ar"]["commands"]
    ] == list(COMMANDS)
    assert {call.code for call in still.staff_account.calls} == {200}


@pytest.mark.house(staff_bot="notices")
async def test_for_notices_it_offers_no_task_and_no_button_to_one(stage: Stage) -> None:
    await stage.contact_persons.open()
    await happens(lambda: ("setmycommands", "en") in stage.staff_account.introduction)
    offered = [one["command"] for one in stage.staff_account.introduction["setmycommands", "en"]["commands"]]
    assert offered == ["queue", "mine", "language", "help"]
    karin = stage.staff_phone()
    await stage.invited(karin)
    reference = await sent(stage)
    told = await karin.read()
    assert f"https://example.se/queue/{reference}" in told
    assert "reply_markup" not in karin.last
    for press in ("case:1", "read:1", "package:1", "take:1", "do:note:1"):
        karin.press(press, 1)
        assert "Trees, benches and light." not in await karin.read()
