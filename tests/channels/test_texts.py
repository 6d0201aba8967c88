"""A channel of the tests' own: it stands in the table and in the settings, and nothing else of the house was touched."""

import asyncio
from dataclasses import replace

import pytest

from bot.speech.numbered import options, read, written
from dialogs.language.channels import TELEGRAM
from dialogs.language.events import Press, Say, Start
from dialogs.language.replies import Ask, Button, Field, Tell
from dialogs.language.words import _
from storage.database.tables import addresses, outbox, seen_updates
from tests.channels.house import HouseWithTexts, Typist, listed
from tests.channels.sms import SMS
from tests.ways import rows

SARA = "+46700000001"
CHOICE = Ask(
    "scope",
    7,
    3,
    (1, 26),
    _("Scope"),
    (_("Is it?"),),
    rows=((Button("Yes", "yes", "scope"), Button("No", "no", "scope")),),
)
NOTICE = Tell((_("Choose a time"),), rows=((Button("Monday", "choose:1:a"),),), lasting=True)
AMOUNT = Ask(
    "sum",
    7,
    4,
    (2, 26),
    _("Sum"),
    (_("How much?"),),
    fields=(Field("sum", "number", _("Sum")),),
    ways=(Button("Back", "back", "sum"),),
)


async def test_a_person_comes_as_far_as_a_question_by_numbers_alone(house: HouseWithTexts) -> None:
    (welcome,) = await house.writes("Hello!")
    begin = listed(welcome)["I have read this, let us begin"]
    *_said, asked = await house.writes(begin)
    assert "Is your idea about streets, squares, parks or other public land?" in asked
    *_said, asked = await house.writes(listed(asked)["Yes"])
    assert "Scope" not in asked
    assert listed(asked)["Back"]


async def test_a_message_that_comes_twice_is_taken_once(house: HouseWithTexts) -> None:
    await house.writes("Hello!")
    message = house.gateway.message(SARA, "/status")
    assert len(await house.brings(message)) == 1
    assert await house.brings(message) == []
    again = house.gateway.message(SARA, "/help")
    await asyncio.gather(*(house.gateway.bring(again) for _time in range(3)))
    await house.settle()
    assert len(house.gateway.there[SARA]) == 3
    assert len(await rows(house.parts.database, seen_updates, channel="sms")) == 3


@pytest.mark.parametrize("name", ["SM\ud800", "SM\x00", "3f" * 5000])
async def test_a_message_is_taken_once_whatever_the_gateway_calls_it(house: HouseWithTexts, name: str) -> None:
    message = house.gateway.message(SARA, "Hello!") | {"id": name}
    assert await house.brings(message)
    assert await house.brings(message) == []


async def test_messages_of_one_name_to_two_numbers_are_two(house: HouseWithTexts) -> None:
    message = house.gateway.message(SARA, "Hello!")
    assert await house.brings(message)
    assert await house.brings(message, "sms_staff") == [], "a stranger to the contact persons, who gets no answer"
    assert {row.channel for row in await rows(house.parts.database, seen_updates)} == {"sms", "sms_staff"}


async def test_what_was_said_comes_in_its_order(house: HouseWithTexts) -> None:
    (welcome,) = await house.writes("Hello!")
    first, second, third = await house.writes(listed(welcome)["I have read this, let us begin"])
    assert "It takes about 30 minutes" in first
    assert "How it works" in second
    assert "Is your idea about" in third


@pytest.mark.parametrize("wrong", ["17", "٩٩", "4.", "-1", "1 2"])
async def test_a_number_that_is_none_of_the_options_is_answered_kindly(house: HouseWithTexts, wrong: str) -> None:
    (welcome,) = await house.writes("Hello!")
    *_said, asked = await house.writes(listed(welcome)["I have read this, let us begin"])
    (again,) = await house.writes(wrong)
    assert again.startswith("! Please choose one of the buttons below.")
    assert "It takes the place of a button." in again
    assert listed(again) == listed(asked), "the same numbers"
    *_said, asked = await house.writes(listed(again)["Yes"])
    assert "A mixed group" in asked


@pytest.mark.parametrize(
    "words",
    ["Partly, or something else", "partly,  or something else", " 2 ", "2.", "2)", "٢", "۲", "02", "2️⃣", "2⃣", "۰۲."],
)
async def test_an_option_is_chosen_by_its_own_words_too(house: HouseWithTexts, words: str) -> None:
    (welcome,) = await house.writes("Hello!")
    await house.writes(listed(welcome)["I have read this, let us begin"])
    *_said, asked = await house.writes(words)
    assert "✓" in asked
    assert "Partly, or something else" in asked


async def test_nought_is_the_menu(house: HouseWithTexts) -> None:
    (welcome,) = await house.writes("Hello!")
    *_said, asked = await house.writes(listed(welcome)["I have read this, let us begin"])
    assert listed(asked)["☰ Menu"] == "0"
    for nought in ("0", "00", "0️⃣", "٠"):
        (menu,) = await house.writes(nought)
        assert "Menu" in menu


def test_beside_an_amount_nought_is_the_amount_and_the_menu_has_a_letter_of_its_own() -> None:
    text = written(AMOUNT, (), "en", SMS, "mailbox@example.se")
    assert "\nM. ☰ Menu\n" in text
    assert "\n0. " not in text
    for nought in ("0", "00", "0️⃣"):
        assert read(nought, (AMOUNT,), "en", "SM3f") == Say(nought, "SM3f")
        assert read(nought, (CHOICE, AMOUNT), "en", "SM3f") == Say(nought, "SM3f")
    for letter in ("M", "m", " m. "):
        assert read(letter, (AMOUNT,), "en") == read(letter, (AMOUNT, NOTICE), "en") == Press("menu")
        assert read(letter, (CHOICE,), "en", "SM3f") == Say(letter, "SM3f")
    many = replace(AMOUNT, ways=tuple(Button(f"Way {number}", f"way{number}", "sum") for number in range(60)))
    marks = [one.mark for one in options((many,), "en")[0]]
    assert len({*marks, "M"}) == 61
    for one in options((many,), "en")[0]:
        assert read(one.mark, (many,), "en") == one.press


def test_numbers_go_on_from_one_message_to_the_next() -> None:
    assert [[one.mark for one in mine] for mine in options((CHOICE, NOTICE), "en")] == [["1", "2"], ["3"]]
    assert read("3", (CHOICE, NOTICE), "en") == Press("choose:1:a")
    assert read("2", (CHOICE, NOTICE), "en") == Press("no", "scope", 7, 3)


def test_where_a_number_is_an_answer_options_have_letters() -> None:
    text = written(AMOUNT, (), "en", SMS, "mailbox@example.se")
    assert "\nA. Back" not in text.partition("\n\n")[0]
    assert "A. Back" in text
    assert "Answer with the letter of what you choose. It takes the place of a button." in text
    assert read("1", (AMOUNT,), "en", "SM3f") == Say("1", "SM3f")
    assert read("a", (AMOUNT,), "en") == Press("back", "sum", 7, 4)
    assert read("2", (AMOUNT, NOTICE), "en", "SM3f") == Say("2", "SM3f"), "nor of a notice that comes meanwhile"
    assert [mine[0].mark for mine in options((AMOUNT, NOTICE), "en")] == ["A", "B"]


def test_a_number_answers_a_question_though_an_earlier_notice_had_it() -> None:
    before = written(NOTICE, (), "en", SMS, "mailbox@example.se")
    asked = written(AMOUNT, (NOTICE,), "en", SMS, "mailbox@example.se")
    assert listed(before) == {"Monday": "1"}
    assert listed(asked)["Back"] == "B", "A is the notice's from now on"
    shown = (NOTICE, AMOUNT)
    assert read("1", shown, "en", "SM3f") == Say("1", "SM3f")
    assert [read(said, shown, "en") for said in ("a", "Monday")] == [Press("choose:1:a")] * 2
    assert read("b", shown, "en") == Press("back", "sum", 7, 4)
    assert read("1", (NOTICE,), "en") == Press("choose:1:a"), "once nothing asks for a number"


def test_a_long_text_is_no_option() -> None:
    assert read("1" * 300, (CHOICE,), "en", "SM3f") == Say("1" * 300, "SM3f")


def test_what_cannot_be_done_here_is_said_with_the_way_that_can() -> None:
    wanted = Ask("files", 7, 4, (2, 26), _("Files"), (_("Send it."),), fields=(Field("files", "files", _("Files")),))
    way = "Files cannot be sent here. Please send them by e-mail to \u2068mailbox@example.se\u2069."
    assert way in written(wanted, (), "en", SMS, "mailbox@example.se")
    assert way not in written(wanted, (), "en", TELEGRAM, "mailbox@example.se")


async def test_what_was_said_is_remembered_until_the_next_turn(house: HouseWithTexts) -> None:
    (welcome,) = await house.writes("Hello!")
    assert [row.state for row in await rows(house.parts.database, outbox)] == ["read"]
    said = await house.writes(listed(welcome)["I have read this, let us begin"])
    assert len(await rows(house.parts.database, outbox)) == len(said)


async def test_of_somebody_forgotten_nothing_is_remembered(house: HouseWithTexts) -> None:
    sara = Typist(house, "en")
    await sara.does(Start())
    await sara.does(Press("accept"))
    await sara.does(Press("forget"))
    there = await sara.taps("forget2")
    assert there == []
    assert sara.got, "and is told"
    assert await rows(house.parts.database, addresses) == []
    assert await rows(house.parts.database, outbox) == []
