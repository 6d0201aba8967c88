"""The applicants' bot, as a person with a phone meets it."""

from typing import Any

import pytest

from bot.telegram import best_effort, updates
from bot.telegram.updates import BURST
from bot.turns.quota import FileLimits
from dialogs.phases.steps import DIALOGS
from tests.edited import SENTENCE, edited
from tests.house import folder_of
from tests.pictures.made import PLANTED, jpeg
from tests.samples import PDF, REFUSED, TAKEN, png
from tests.telegram.bot_api import Fault
from tests.telegram.stage import Stage, happens


async def found(stage: Stage, query: str) -> Any:
    async with stage.parts.database.read() as connection:
        return (await connection.exec_driver_sql(query)).scalar_one()


@pytest.mark.parametrize("locale", ["sv", "en", "ar"])
async def test_from_hello_to_the_receipt(stage: Stage, locale: str) -> None:
    sara = stage.phone(locale=locale)
    await sara.walk("")
    await sara.tap("send")
    await sara.read()
    await sara.tap("sure")
    said = await sara.read()
    assert await found(stage, "SELECT reference FROM cases") in said
    assert await found(stage, "SELECT locale FROM submissions") == locale
    assert {call.code for call in sara.account.calls} == {200}


async def test_an_unknown_language_begins_in_swedish(stage: Stage) -> None:
    sara = stage.phone(locale="tlh")
    await sara.start()
    assert "Välkommen" in await sara.read()


async def test_the_payload_of_a_link_is_heard(stage: Stage) -> None:
    sara = stage.phone()
    await sara.start("from_the_city")
    assert "Welcome!" in await sara.read()


async def test_who_writes_in_another_language_is_offered_it_once(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    await sara.say("Chcemy ustawić ławki i posadzić drzewa na placu, razem z sąsiadami.")
    said = await sara.read()
    offer, _line, question = said.partition("\n\n")
    assert offer.endswith("\n[Polski]")
    assert "Criterion 2 of 6" in question, "the answer is taken, and the next question stands below the offer"
    await sara.tap("met")
    await sara.read()
    await sara.say("Sprzątamy razem plac co roku, a mieszkańcy przychodzą i pomagają.")
    assert "[Polski]" not in await sara.read(), "not taking it up is an answer, too"
    await sara.tap("lang:pl")
    assert "Kryterium 3 z 6" in await sara.read()
    await sara.say("عربي")
    assert "المعيار 3 من 6" in await sara.read()


async def test_an_old_button_shows_where_one_is(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("mixed_group")
    await sara.tap("Partly, or something else")
    said = await sara.read()
    assert "belongs to an earlier question" in said
    assert "2 of" in said
    assert sara.account.callbacks == set(), "the spinner has stopped"


async def test_two_presses_at_once_count_once(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("mixed_group")
    await sara.tap("met")
    await sara.tap("met")
    said = await sara.read()
    assert sara.question == "actors"
    assert said.count("belongs to an earlier question") == 1


async def test_two_presses_on_sure_make_one_submission_and_the_same_receipt_twice(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("")
    await sara.tap("send")
    await sara.read()
    await sara.tap("sure")
    await sara.tap("sure")
    said = await sara.read()
    assert await found(stage, "SELECT count(*) FROM submissions") == 1
    assert said.count(f"Reference number: \u2068{await found(stage, 'SELECT reference FROM cases')}") == 2


async def test_a_button_that_changes_its_question_changes_its_message(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("contributes")
    asked = sara.last["message_id"]
    await sara.tap("set:money")
    assert "[☑ Money]" in await sara.read()
    assert sara.last["message_id"] == asked
    await sara.say("20 000 kr")
    await sara.read()
    assert sara.last["message_id"] > asked


async def test_an_edited_message_corrects_its_answer(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    message = await sara.say("Trees.")
    await sara.read()
    await sara.edit(message, "Trees and light.")
    assert "Corrected" in await sara.read()
    assert "Trees and light." in await found(stage, "SELECT answers FROM drafts")


async def test_ten_photos_at_once_are_one_answer(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    before = len(sara.account.called("sendMessage"))
    await sara.send_album([png(at) for at in range(10)])
    said = await sara.read()
    assert said.count("Remove ") == 10
    assert len(sara.account.called("sendMessage")) - before <= 2
    assert await found(stage, "SELECT count(*) FROM files") == 10


@pytest.fixture
def by_and_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of this test come one after the other, and not all in one minute."""
    monkeypatch.setattr(updates, "A_FILE", 1)


@pytest.mark.usefixtures("by_and_by")
async def test_files_of_every_type_are_fetched_and_kept(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    for name, content in TAKEN.items():
        await sara.send_file(name, content)
        assert f"• {name}" in await sara.read()
        sha256 = await found(stage, f"SELECT sha256 FROM files WHERE name = '{name}'")
        assert await stage.parts.files.get(sha256) == content


@pytest.mark.usefixtures("by_and_by")
async def test_files_are_known_by_their_content(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    for name, content in REFUSED.items():
        await sara.send_file(name, content)
        assert "I cannot take that type of file" in await sara.read()
    assert sara.question == "papers"
    assert await found(stage, "SELECT count(*) FROM files") == 0


async def test_what_is_hidden_in_a_photo_is_left_out_and_said(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    await sara.send_file("foto.jpg", jpeg())
    said = await sara.read()
    assert "I left out what is hidden in a picture" in said
    assert "• foto.jpg" in said
    kept = await stage.parts.files.get(str(await found(stage, "SELECT sha256 FROM files")))
    assert PLANTED not in kept
    await sara.send_file("broken.jpg", jpeg()[:600])
    assert "seems to be damaged" in await sara.read()


@pytest.mark.house(room=FileLimits(person=1_000_000, reserve=0))
async def test_there_is_no_more_room_than_there_is(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    await sara.send_file("big.pdf", PDF + bytes(1_000_000))
    assert "take up all the room" in await sara.read()
    await sara.send_file("small.pdf", PDF)
    assert "• small.pdf" in await sara.read()
    assert sum(path.is_file() for path in folder_of(stage.parts.files).directory.rglob("*")) == 1


async def test_a_voice_note_is_an_answer(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    await sara.send_voice(TAKEN["voice.ogg"])
    assert "voice-" in await sara.read()


async def test_a_file_of_30_mb_is_refused_without_being_fetched(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    await sara.send(document={"file_id": "big", "file_name": "film.pdf", "file_size": 30_000_000})
    assert "too big" in await sara.read()
    assert not sara.account.called("getFile")


async def test_a_file_that_is_larger_than_it_said_is_refused(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("papers")
    id = await sara.send_file("plan.pdf", PDF + bytes(20_000_000))
    sara.account.chats[sara.id][id]["document"].pop("file_size")
    assert "too big" in await sara.read()


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.applicants.AGAIN", 0.01)
    sara = stage.phone()
    await sara.walk("papers")
    for fault in (Fault("getfile", 400, "Bad Request: wrong file_id"), Fault("file", 404, times=3)):
        sara.account.faults.append(fault)
        await sara.send_file("plan.pdf", PDF)
        assert "could not fetch that file" in await sara.read()


async def test_a_file_is_fetched_at_the_second_try(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.applicants.AGAIN", 0.01)
    sara = stage.phone()
    await sara.walk("papers")
    for at, fault in enumerate(
        (Fault("getfile", 500), Fault("file", 500), Fault("file"), Fault("getfile", 429, retry_after=1))
    ):
        sara.account.faults.append(fault)
        await sara.send_file(f"plan{at}.pdf", PDF + bytes([at]))
        assert f"• plan{at}.pdf" in await sara.read()


async def test_a_pin_is_a_place(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("area")
    await sara.send_location(55.5906, 13.0084)
    assert "I have the pin" in await sara.read()


MISFITS = (
    ({"sticker": {"file_id": "s"}}, "sticker"),
    ({"poll": {"id": "1", "question": "?"}}, "cannot read that kind of message"),
    ({"contact": {"phone_number": "+46701234567", "first_name": "A"}}, "cannot read that kind of message"),
    ({"location": {"latitude": 1, "longitude": 2}}, "cannot take a place on the map"),
    ({"video": {"file_id": "v"}}, "cannot take a file at this question"),
)


async def test_what_is_no_answer_gets_one(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    for content, answer in MISFITS:
        await sara.send(**content)
        assert answer in await sara.read()
    assert sara.question == "proposal"


async def test_a_paste_of_200000_characters_is_one_refusal_and_no_answer(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    await sara.say("x" * 200_000)
    said = await sara.read()
    assert said.count("too many") == 1
    assert sara.question == "proposal"


async def test_odd_text_is_an_answer_and_stands_as_it_was_written(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    for text, kept in (
        ("<b>bold</b>", "<b>bold</b>"),
        ("=1+1", "=1+1"),
        ("\x00\u202eevil\u2069", "evil"),
        ("&amp;", "&amp;"),
        ("🏳️\u200d🌈 سلام\u200cها", "🏳️\u200d🌈 سلام\u200cها"),
    ):
        await sara.say(text)
        await sara.read()
        await sara.tap("Back")
        assert f"• {kept}\n" in await sara.read()


async def test_an_unknown_command_is_answered(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    await sara.say("/dance")
    assert "I do not know that command" in await sara.read()


async def test_a_press_that_no_button_makes_shows_where_one_is(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("proposal")
    for data in ("", "open:²", "case:" + "9" * 40, "1.1.proposal~<b>", "zzzzzzzzzzzzz.zzzzzzzzzzzzz.proposal~yes"):
        sara.press(data, 99_999)
        await sara.read()
        assert sara.question == "proposal"


async def test_who_floods_is_told_once_and_nobody_else_waits(stage: Stage) -> None:
    sara, ali = stage.phone(), stage.phone(502)
    await sara.walk("scope")
    for _at in range(2 * BURST):
        await sara.say("again")
    await ali.start()
    assert "Welcome!" in await ali.read()
    said = await sara.read()
    assert said.count("faster than I can follow") == 1
    assert said.count("1 of ") < BURST + 5


async def test_in_a_group_it_says_once_that_it_is_for_private_chats(stage: Stage) -> None:
    account = stage.applicants_account
    account.known[-100] = "supergroup"
    for id in range(3):
        account.put(
            message={
                "message_id": id,
                "date": 1,
                "chat": {"id": -100, "type": "supergroup", "title": "Street"},
                "from": {"id": 501, "language_code": "sv"},
                "text": "/start",
            }
        )
    await stage.settle()
    await happens(lambda: account.shown[-100])
    assert len(account.shown[-100]) == 1
    assert await found(stage, "SELECT count(*) FROM people") == 0


async def test_it_introduces_itself_in_every_language(still: Stage) -> None:
    await still.applicants.open()
    assert still.applicants.username == "guide_bot"
    introduction = still.applicants_account.introduction
    await happens(lambda: ("setchatmenubutton", "") in introduction)
    spoken = [code for code in still.parts.turns.house.languages if len(code) == 2]
    assert len(spoken) >= 14
    for code in ("", "hr", "sr", *spoken):
        assert introduction["setmycommands", code]["commands"][0]["command"] == "start"
        assert introduction["setmydescription", code]["description"]
        assert introduction["setmyshortdescription", code]["short_description"]
    said = {code: introduction["setmycommands", code]["commands"][0]["description"] for code in ("", *spoken, "hr")}
    assert len(set(said.values())) == len(spoken), (
        "each in its own language; Swedish for everybody else, easy Swedish and Sorani too"
    )
    assert (said[""], said["hr"]) == (said["sv"], said["bs"])
    assert introduction["setmycommands", "en"]["scope"] == {"type": "all_private_chats"}
    assert {call.code for call in still.applicants_account.calls} == {200}


async def test_introducing_waits_when_asked_to(still: Stage) -> None:
    still.applicants_account.fails("setMyCommands", 429, "Too Many Requests", retry_after=1)
    await still.applicants.open()
    await happens(lambda: ("setchatmenubutton", "") in still.applicants_account.introduction)
    # The first was refused; then for everybody, for Croatian and Serbian, and for each language that Telegram has a code for.
    spoken = [code for code in still.parts.turns.house.languages if len(code) == 2]
    assert len(still.applicants_account.called("setMyCommands")) == 4 + len(spoken)


async def test_opening_fails_when_telegram_knows_no_such_bot(still: Stage) -> None:
    still.applicants_account.fails("getMe", 401, "Unauthorized")
    with pytest.raises(Exception, match="telegram: 401"):
        await still.applicants.open()


async def test_a_nicety_that_fails_is_nothing(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", best_effort.__name__)
    sara = stage.phone()
    await sara.walk("scope")
    sara.account.fails("answerCallbackQuery", 400, "Bad Request: query is too old")
    await sara.tap("yes")
    assert "2 of" in await sara.read()
    assert "telegram: 400" in caplog.text


async def test_questions_that_were_changed_meanwhile_are_told_of_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written to the question shown last is put there, although another one is asked first now."""
    sara = stage.phone()
    await sara.walk("opportunities")
    monkeypatch.setitem(DIALOGS, "application", edited("cooperation"))
    await sara.say("Sun until late in the evening.")
    said = await sara.read()
    assert SENTENCE in said
    assert "Cooperation so far" in said
    assert "What comes first?" in said
    await sara.say("The benches.")
    said = await sara.read()
    assert SENTENCE not in said
    assert "What can you contribute" in said or "What is difficult in the area today?" in said
    assert "Sun until late" in str(await found(stage, "SELECT answers FROM drafts"))
