"""A number sent twice, or to what does not stand there any more, never does something else than what was read."""

import pytest

from bot.speech.numbered import EARLIER, options, read, written
from dialogs.language.channels import TELEGRAM
from dialogs.language.events import Press, Say
from dialogs.language.replies import Ask, Button, Field, Reply, Tell
from dialogs.language.words import _
from storage.cases import drafts as draft_rows
from storage.database.tables import drafts, outbox, people, submissions
from storage.outbox.outbox import About, put
from storage.people.people import person_at
from tests.channels.house import HouseWithTexts, Typist, listed
from tests.channels.sms import SMS, SMS_STAFF
from tests.clock import now
from tests.house import pressed
from tests.ways import BEGUN, WRITTEN, Step, goes, number_of, rows, up_to

SARA = "+46700000001"
DELETE = Button("Yes", "delete3:7", final=True)
ASKED = Tell((_("Really?"),), rows=((Button("No", "resume"),), (DELETE,)))
AMOUNT = Ask("sum", 7, 4, (2, 26), _("Sum"), (_("How much?"),), fields=(Field("sum", "number", _("Sum")),))
NOTICE = Tell(("Do you want to read this in Swedish?",), rows=((Button("Svenska", "lang:sv"),),), lasting=True)


async def marked(typist: Typist, press: Press) -> str:
    """The mark of this option, among what stands there."""
    standing, shown = await typist.sees()
    return next(one.mark for mine in options(shown, standing.locale) for one in mine if one.press == press)


WAYS: dict[str, tuple[Step, ...]] = {
    "send": WRITTEN,
    "delete2:1": (*WRITTEN, Press("delete")),
    "forget": (*WRITTEN, Press("export")),
}


@pytest.mark.parametrize(("act", "steps"), WAYS.items(), ids=["sending", "deleting", "being forgotten"])
async def test_however_often_it_is_sent_a_number_does_nothing_that_cannot_be_taken_back(
    house: HouseWithTexts, act: str, steps: tuple[Step, ...]
) -> None:
    sara = Typist(house, "en", SARA)
    await goes(sara, *steps)
    mark = await marked(sara, pressed(act, (await sara.sees())[1]))
    assert mark.isdigit()
    for _time in range(4):
        await house.writes(mark)
    database = house.parts.database
    assert (await number_of(database, submissions), await number_of(database, drafts)) == (0, 1)


async def test_what_cannot_be_taken_back_is_chosen_by_letters_of_its_own(house: HouseWithTexts) -> None:
    sara = Typist(house, "en", SARA)
    await goes(sara, *WRITTEN, "send")
    assert listed(sara.got[-1]) == {"Yes, send now": "AA", "Not yet": "1"}
    assert "Answer with what stands before what you choose. It takes the place of a button." in sara.got[-1]
    await house.writes(" aa.")
    assert await number_of(house.parts.database, submissions) == 1


def test_its_letters_are_nobody_elses_though_a_number_is_asked_for() -> None:
    many = Tell(("Many",), rows=tuple((Button(f"Way {number}", f"way{number}"),) for number in range(700)))
    shown: tuple[Reply, ...] = (AMOUNT, many, ASKED)
    marks = [one.mark for mine in options(shown, "en") for one in mine]
    assert len({*marks, "M"}) == len(marks) + 1
    assert [one.mark for one in options(shown, "en")[-1] if one.press.act == DELETE.act] == ["AA"]
    assert read("aa", shown, "en") == Press(DELETE.act)
    assert [one.mark for one in options((ASKED,), "en")[0]] == ["1", "AA"]
    assert "\nAA. Yes\n" in written(ASKED, (), "en", SMS, "mailbox@example.se")


async def test_a_number_for_what_is_gone_meanwhile_is_not_taken(house: HouseWithTexts) -> None:
    """A notice that stood below it has a number that would mean the notice now."""
    parts, sara = house.parts, Typist(house, "en", SARA)
    await goes(sara, *BEGUN, up_to("scope"))
    async with parts.database.write() as connection:
        person = await person_at(connection, sara.address, now())
        assert person
        await put(connection, sara.address, person.id, About(), NOTICE, "en", now())
    await house.settle()
    number = listed(house.gateway.there[SARA][-1])["Svenska"]
    assert number != "1"
    (draft,) = await rows(parts.database, drafts)
    async with parts.database.write() as connection:
        await draft_rows.drop(connection, draft.id, now())
    assert await rows(parts.database, drafts) == []
    assert await rows(parts.database, outbox, channel=SMS.name) == []
    for written_number in ("1", number):
        (shown,) = await house.writes(written_number)
        assert listed(shown), "what stands there now"
        assert {row.locale for row in await rows(parts.database, people)} == {"en"}
        async with parts.database.write() as connection:
            await connection.execute(outbox.delete())


async def test_a_number_is_not_taken_for_a_question_that_is_still_on_its_way(house: HouseWithTexts) -> None:
    sara = Typist(house, "en", SARA)
    await goes(sara, *BEGUN, up_to("mixed_group"))
    number = await marked(sara, pressed("met", (await sara.sees())[1]))
    await house.texts.hear(house.gateway.message(SARA, number))
    (asked,) = await rows(house.parts.database, drafts)
    assert "mixed_group" in asked.answers
    for text in (number, "1", "12"):
        await house.texts.hear(house.gateway.message(SARA, text))
    assert [row.answers for row in await rows(house.parts.database, drafts)] == [asked.answers]
    await house.settle()
    assert "Here is where we are now" in house.gateway.there[SARA][-1]


def test_what_was_chosen_among_what_does_not_stand_there_is_the_press_of_no_question() -> None:
    assert [read(text, (), "en") for text in ("1", "12", "b", "AA", "ja")] == [EARLIER] * 5
    assert read("Yes, we are three", (), "en") == Say("Yes, we are three")
    assert read("7", (NOTICE,), "en", coming=True) == EARLIER
    assert read("1", (NOTICE,), "en", coming=True) == Press("lang:sv"), "which stands there"
    assert read("7", (NOTICE,), "en") == Say("7"), "where all of it has arrived"
    assert TELEGRAM.buttons, "where there are buttons, each names what it acts on"


async def test_a_contact_person_is_shown_what_stands_there_as_well(house: HouseWithTexts) -> None:
    karin = "+46700000009"
    await house.comes_in("Karin", karin)
    async with house.parts.database.write() as connection:
        await connection.execute(outbox.delete())
    (shown,) = await house.writes("7", karin, SMS_STAFF.name)
    assert "Nothing has changed." in shown
    assert listed(shown) == {"The queue": "1"}
