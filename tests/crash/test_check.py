"""The comparison itself: it names what is lost, double or missing."""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest

from bot.worker.delivery import MOST
from dialogs.language.events import Press
from tests.crash.check import Arrived, Verdict, check
from tests.crash.kept import Kept, Sent
from tests.crash.life import Chosen, Life, Said
from tests.crash.outcome import Outcome, again
from tests.crash.person import Pace, Person, twice
from tests.crash.weather import CUT, Weather
from tests.crash.web_person import Answer, WebPerson
from tests.telegram.bot_api import Account

BOX = "box@example.se"
REFERENCE = "SAM-2026-0001"


def life() -> Life:
    return Life(
        1,
        address="501",
        wrote=[
            Said("p1n1", "proposal", 7, 3, acknowledged=True),
            Said("p1n2", "area", 7, 4, acknowledged=True),
            Said("p1n3", "proposal", 7, 8, changing=True, acknowledged=True),
        ],
        chose=[Chosen("met", "established", 7, 5, acknowledged=True)],
        sure={7},
        receipts=[REFERENCE],
        finished=True,
    )


def database() -> Kept:
    values: dict[str, Any] = {"proposal": "Answer p1n3.", "area": {"words": "Torget p1n2"}, "established": "met"}
    values |= {"contact": {"email": "p1n4@example.se"}}
    return Kept(sent=[Sent(7, 4, REFERENCE, values)], taken=[(4, REFERENCE)], writers={4: {"501"}})


def arrived() -> Arrived:
    return Arrived(
        colleagues={"Karin": f"new: {REFERENCE}"},
        letters={BOX: REFERENCE, "p1n4@example.se": REFERENCE},
        chats={"501": f"Receipt {REFERENCE}\0Karin has taken {REFERENCE}"},
        addresses={"Karin": (("telegram_staff", "900"),)},
    )


def checked(*lives: Life, kept: Kept | None = None, told: Arrived | None = None) -> Verdict:
    return check(lives or [life()], kept or database(), told or arrived(), BOX)


def test_a_whole_chat_is_whole() -> None:
    verdict = checked()
    assert verdict.broken == []
    assert (verdict.acknowledged, verdict.expected, verdict.stored) == (4, 1, 1)
    assert (verdict.notices, verdict.arrived) == (5, 5)


@pytest.mark.parametrize(
    ("key", "value"), [("area", {"words": "Torget"}), ("established", "partly"), ("proposal", "Answer p1n1.")]
)
def test_a_lost_answer_is_found(key: str, value: object) -> None:
    kept = database()
    kept.sent[0].values[key] = value
    assert checked(kept=kept).lost


def test_a_second_text_that_came_late_may_have_been_replaced_elsewhere() -> None:
    one = life()
    one.wrote.append(Said("p1n5", "area", 7, 4, changing=True, acknowledged=True, again=True))
    assert checked(one).lost == []
    one.wrote[-1].again = False
    assert checked(one).lost


def test_a_lost_draft_is_found() -> None:
    assert len(checked(replace(life(), sure=set()), kept=Kept()).lost) == 4


def test_an_answer_asked_for_twice_is_lost_the_first_time() -> None:
    """The same question again, with nothing to be changed: what was acknowledged first had been lost."""
    one = life()
    one.wrote[2].changing = False
    assert checked(one).lost == ["p1n1 to proposal of draft 7"]


def test_a_text_without_an_effect_is_found_unless_it_was_refused() -> None:
    one = life()
    one.wrote.append(Said("p1n9", "challenges", 7, 9))
    assert checked(one).dropped == ["p1n9 to challenges of draft 7"]
    one.wrote[-1].refused = True
    assert checked(one).broken == []


def test_an_answer_at_another_question_is_named() -> None:
    kept = database()
    kept.sent[0].values["hopes"] = kept.sent[0].values.pop("area")
    verdict = checked(kept=kept)
    assert verdict.misplaced == ["p1n2 to area is stored under hopes"]
    assert not verdict.lost


def test_submissions_double_missing_and_made_by_nobody() -> None:
    kept = database()
    kept.sent.append(replace(kept.sent[0], reference="SAM-2026-0002"))
    assert len(checked(kept=kept).double) == 4, "the draft twice, and each of three texts"
    kept.sent[1] = Sent(8, 5, REFERENCE, {})
    assert checked(kept=kept).double == ["draft 8 was sent by nobody", f"{REFERENCE} stands for 2 cases"]
    kept.sent.clear()
    assert checked(kept=kept).missing == [
        "draft 7 was sent and is no submission",
        f"the receipt {REFERENCE} stands for nothing",
    ]


@pytest.mark.parametrize("whose", ["receipt", "mailbox", "letter", "colleague", "participant"])
def test_a_missing_notice_is_found(whose: str) -> None:
    one, told = life(), arrived()
    match whose:
        case "receipt":
            one.receipts.clear()
        case "mailbox":
            told.letters[BOX] = ""
        case "letter":
            told.letters["p1n4@example.se"] = ""
        case "colleague":
            told.colleagues["Karin"] = ""
        case "participant":
            told.chats["501"] = f"Receipt {REFERENCE}"
    assert len(checked(one, told=told).unnoticed) == 1


def test_a_notice_that_staff_sees_as_undelivered_is_not_missing() -> None:
    kept, told = database(), arrived()
    kept.failed["telegram_staff", "900"] = 1
    told.colleagues["Karin"] = ""
    verdict = checked(kept=kept, told=told)
    assert (verdict.told, verdict.broken) == (1, [])


def test_who_does_not_get_on_and_what_does_not_leave() -> None:
    kept = database()
    kept.due = 2
    assert len(checked(replace(life(), finished=False), kept=kept).stuck) == 2


def test_what_is_said_twice_in_a_row() -> None:
    shown: list[dict[str, Any]] = [
        {"text": "a"},
        {"text": "a"},
        {"text": "a", "edit_date": 1},
        {"text": "b"},
        {"text": "b"},
        {"text": "a"},
    ]
    assert twice(shown) == 2


def test_a_chat_answers_texts_in_their_order() -> None:
    """Three texts to one question, because the chat was slow: one answered it, two met the next question, which takes none."""
    account = Account("1:token", "guide_bot")
    person = Person(1, account, random.Random(1), Pace(1, 1))
    person.life.wrote += [Said(f"p1n{number}", "proposal", 7, 3) for number in (1, 2, 3)]
    for complaint in ("", "\u26a0\ufe0f Choose.", "\u200f\u26a0\ufe0f Choose."):
        keyboard = {"inline_keyboard": [[{"text": "Met", "callback_data": "7.4.established~met"}]]}
        account.shown[person.phone.id].append(
            {"message_id": 1, "from": {"is_bot": True}, "text": complaint + " 5 of 26", "reply_markup": keyboard}
        )
        person.read()
    assert [said.acknowledged for said in person.life.wrote] == [True, False, False]
    assert [said.refused for said in person.life.wrote] == [False, True, True]


def test_a_message_answers_one_of_two_texts() -> None:
    """The second was written a version later, and met the next question: it is refused, and not acknowledged by the first one's answer."""
    account = Account("1:token", "guide_bot")
    person = Person(1, account, random.Random(1), Pace(1, 1))
    person.life.wrote += [Said("p1n1", "contributes", 7, 11), Said("p1n2", "contributes", 7, 12, changing=True)]
    for complaint in ("", "\u26a0\ufe0f Choose."):
        keyboard = {"inline_keyboard": [[{"text": "Met", "callback_data": "7.d.value~met"}]]}
        account.shown[person.phone.id].append(
            {"message_id": 1, "from": {"is_bot": True}, "text": complaint + " 9 of 26", "reply_markup": keyboard}
        )
        person.read()
    assert [(said.acknowledged, said.refused) for said in person.life.wrote] == [(True, False), (False, True)]


def test_what_a_late_text_has_answered_is_no_answer_to_the_next_one() -> None:
    """Two texts to one question, the chat was slow: the second one answered the next question, and a third has to wait."""
    person = Person(1, Account("1:token", "guide_bot"), random.Random(1), Pace(1, 1))
    person.life.wrote += [
        Said("p1n1", "challenges", 7, 3),
        Said("p1n2", "challenges", 7, 3),
        Said("p1n3", "opportunities", 7, 4),
    ]
    for version, acknowledged in ((4, [True, False, False]), (5, [True, True, False]), (6, [True, True, True])):
        person._went_on(Press("", "confirmed", 7, version))
        assert [said.acknowledged for said in person.life.wrote] == acknowledged


def test_repeats_are_counted_by_chat() -> None:
    outcome = Outcome("serve", kills=1, faults=Counter({"answer lost": 1, CUT: 7}))
    outcome.repeats.update({"person 1": 2, "person 2": 2})
    assert (outcome.most, outcome.repeated, outcome.broken) == (2, 4, [])
    outcome.repeats["person 2"] += 1
    assert outcome.broken == ["repeated: 3 messages to person 2, 2 at most"]
    outcome.repeats = Counter({f"person {number}": 1 for number in range(MOST + 3)})
    assert outcome.broken == [f"repeated: {MOST + 3} messages, {MOST + 2} at most"]


def test_a_letter_that_comes_again_is_known_by_its_message_id() -> None:
    def letter(name: str, subject: str = "A case is waiting") -> EmailMessage:
        made = EmailMessage()
        made["Subject"] = subject
        if name:
            made["Message-ID"] = f"<{name}@example.se>"
        return made

    came = [(letter(name), to) for name, to in (("1", BOX), ("2", BOX), ("2", "a@b.se"), ("1", BOX), ("1", BOX))]
    assert again(came) == {BOX: 2}, "another letter is another one, however alike, and so is one to somebody else"
    with pytest.raises(AssertionError):
        again([(letter(""), BOX)])


def test_a_full_disk_that_nobody_met_tried_nothing() -> None:
    assert Outcome("serve", bites=1).broken == []
    assert Outcome("serve", bites=0).broken == ["the disk was full, and no process met it"]
    weather = Weather(random.Random(1))
    for weather.full in (False, True):
        for status in (200, 303, 500):
            weather.answered(status)
    assert weather.bites == 1


PAGE = """
<section class="history"><form><input type="hidden" name="draft" value="7"><input type="hidden" name="version" value="{version}">{said}
</form></section><form class="answer"><input type="hidden" name="draft" value="7"><input type="hidden" name="version" value="{version}">
<input type="hidden" name="asked" value="{key}"><textarea name="text">{written}</textarea>
<button name="press" value="done {key}">Continue</button></form>
"""


def _shown(wrote: Said, status: int = 200, **page: str) -> bool:
    """Whether a page acknowledges it."""

    async def read() -> bool:
        visitor = WebPerson(1, list, random.Random(1), Pace(1, 1), Weather(random.Random(1)))
        visitor.life.wrote.append(wrote)
        visitor._read(
            Answer(status, PAGE.format(**{"version": "3", "key": "proposal", "said": "", "written": ""} | page))
        )
        await visitor.close()
        return visitor.life.wrote[0].acknowledged

    return asyncio.run(read())


def test_a_page_acknowledges_what_it_shows_or_has_left_behind() -> None:
    said = partial(Said, "p1n1", "proposal", 7, 3)
    assert not _shown(said())
    assert not _shown(said(), written="Answer p1n1.")
    assert not _shown(said(), 422, said="This was not saved: p1n1")
    assert not _shown(said(), key="area"), "an answer makes a newer version"
    assert not _shown(said(refused=True), key="area", version="4")
    assert _shown(said(), key="area", version="4")
    assert _shown(said(), said="Answer p1n1.")


def test_a_visitor_keeps_receipts_and_news_that_a_page_shows() -> None:
    async def read() -> WebPerson:
        visitor = WebPerson(1, list, random.Random(1), Pace(1, 1), Weather(random.Random(1)))
        news = f'<section id="notices"><section class="bubble">Karin: {REFERENCE}</section></section><div class="now">'
        stamp = f'<dd class="reference"><bdi>{REFERENCE}</bdi></dd>'
        for html in (news, stamp, stamp):
            visitor._read(Answer(200, html))
        await visitor.close()
        return visitor

    visitor = asyncio.run(read())
    assert visitor.life.receipts == [REFERENCE]
    assert len(visitor.texts()) == 1
    assert "Karin" in visitor.texts()[0]
