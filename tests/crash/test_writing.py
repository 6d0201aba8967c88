"""The comparison of who writes which draft: it finds who is let in, who is put out, and who was not told."""

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.speech.catalogs import say
from bot.telegram.render import MARKS
from dialogs.applicants.writers import came_in, joined
from storage.cases import cases, drafts
from storage.database.database import Database
from storage.migrations import migrate
from tests.clock import now
from tests.crash.check import Arrived, check
from tests.crash.co_writer import CoWriter
from tests.crash.company import GOING, GUESTS, Company
from tests.crash.kept import Kept, Sent, kept
from tests.crash.life import Life, Said
from tests.crash.person import SPOKEN, Pace
from tests.crash.writing import Writing, writing
from tests.house import SEAL
from tests.telegram.bot_api import Account

DRAFT, CASE = 7, 4
Lives = dict[str, Life]


def company() -> Lives:
    """Who began, who stays, who left, and a stranger."""
    return {
        "founder": Life(1, address="501", began={DRAFT}, announced={DRAFT: [2, 3]}),
        "stays": Life(2, address="502", came={DRAFT}, welcomed=1),
        "left": Life(
            3,
            address="503",
            wrote=[
                Said("p3n1", "proposal", DRAFT, 3, acknowledged=True),
                Said("p3n2", "proposal", DRAFT, 0, after=True),
            ],
            came={DRAFT},
            left={DRAFT},
            welcomed=1,
            announced={DRAFT: [3]},
            afterwards=["You have left it.", "Your own p3n1."],
            shared=True,
        ),
        "stranger": Life(4, address="504", turned_away=["token"], afterwards=["That link does not work."]),
    }


def database() -> Kept:
    return Kept(
        drafts={DRAFT: {"proposal": "Answer p3n1.", "area": "Torget p1n1"}},
        writers={CASE: {"501", "502"}},
        counts=Counter({CASE: 2}),
        cases={DRAFT: CASE},
    )


def found(lives: Lives, kept: Kept) -> Writing:
    return writing(lives.values(), kept)


def test_a_company_of_which_one_has_left_is_whole() -> None:
    seen = found(company(), database())
    assert (seen.broken, seen.came_in, seen.left, seen.turned_away) == ([], 2, 1, 1)


def _still_there(_lives: Lives, kept: Kept) -> None:
    kept.writers[CASE].add("503")
    kept.counts[CASE] += 1


def _let_in(_lives: Lives, kept: Kept) -> None:
    kept.writers[CASE].add("504")
    kept.counts[CASE] += 1


def _unreached(_lives: Lives, kept: Kept) -> None:
    kept.counts[CASE] += 1


def _put_out(_lives: Lives, kept: Kept) -> None:
    kept.writers[CASE].remove("502")
    kept.counts[CASE] -= 1


def _reads(lives: Lives, _kept: Kept) -> None:
    lives["left"].afterwards.append("Continue: Torget p1n1")


def _strangely_reads(lives: Lives, _kept: Kept) -> None:
    lives["stranger"].afterwards.append("Torget p1n1")


def _shown(lives: Lives, _kept: Kept) -> None:
    lives["left"].still.add(DRAFT)


def _writes(_lives: Lives, kept: Kept) -> None:
    kept.drafts[DRAFT]["proposal"] = "Answer p3n1. Answer p3n2."


def _writes_what_is_sent(_lives: Lives, kept: Kept) -> None:
    kept.sent.append(Sent(DRAFT, CASE, "SAM-2026-0001", {"hopes": "Answer p3n2."}))


def _untold(lives: Lives, _kept: Kept) -> None:
    lives["founder"].announced[DRAFT].remove(2)


def _told_twice(lives: Lives, _kept: Kept) -> None:
    lives["left"].announced[DRAFT].append(3)


def _not_welcomed(lives: Lives, _kept: Kept) -> None:
    lives["stays"].welcomed = 0


def _welcomed_twice(lives: Lives, _kept: Kept) -> None:
    lives["stays"].welcomed = 2


def _unwritten(_lives: Lives, kept: Kept) -> None:
    kept.unwritten.append(8)


PLANTED: dict[Callable[[Lives, Kept], None], list[str]] = {
    _still_there: ["let_in: person 3 has left draft 7, and writes it", "let_in: 3 people write draft 7, not 2"],
    _let_in: ["let_in: person 4 writes draft 7", "let_in: 3 people write draft 7, not 2"],
    _unreached: ["let_in: 3 people write draft 7, not 2"],
    _put_out: ["let_in: 1 people write draft 7, not 2", "put_out: person 2 of draft 7"],
    _reads: ["let_in: person 3 reads p1n1"],
    _strangely_reads: ["let_in: person 4 reads p1n1"],
    _shown: ["let_in: person 3 is shown draft 7"],
    _writes: ["let_in: p3n2 of person 3, who had left, is stored"],
    _writes_what_is_sent: ["let_in: p3n2 of person 3, who had left, is stored"],
    _untold: ["untold: person 1 of writer 2 of draft 7"],
    _told_twice: ["untold: person 3 2 times of writer 3 of draft 7"],
    _not_welcomed: ["untold: person 2, who came into draft 7, 0 times"],
    _welcomed_twice: ["untold: person 2, who came into draft 7, 2 times"],
    _unwritten: ["unwritten: draft 8"],
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_fault_is_found(plant: Callable[[Lives, Kept], None]) -> None:
    lives, kept = company(), database()
    plant(lives, kept)
    assert found(lives, kept).broken == PLANTED[plant]


def test_what_the_other_side_refused_for_good_is_excused() -> None:
    lives, kept = company(), database()
    lives["founder"].announced[DRAFT].remove(2)
    lives["stays"].welcomed = 0
    kept.failed.update({("telegram", "501"): 1, ("telegram", "502"): 1})
    assert found(lives, kept).broken == []


def test_what_somebody_wrote_who_has_left_must_not_be_lost_and_what_they_try_afterwards_is_no_answer() -> None:
    lives, kept = company(), database()
    assert not check(lives.values(), kept, Arrived(), "").lost
    kept.drafts[DRAFT]["proposal"] = ""
    assert check(lives.values(), kept, Arrived(), "").lost == ["p3n1 to proposal of draft 7"]


def writer(part: Any, *shown: dict[str, Any]) -> CoWriter:
    """Somebody whose chat shows this."""
    account, there = Account("1:token", "guide_bot"), Company()
    there.draft = DRAFT
    person = CoWriter(1, account, random.Random(1), Pace(1, 1), there, part)
    account.shown[person.phone.id] += [
        {"message_id": at, "from": {"is_bot": True}, **one} for at, one in enumerate(shown)
    ]
    return person


def _message(text: str, *acts: str) -> dict[str, Any]:
    return {"text": text, "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": act}] for act in acts]}}


@pytest.mark.english
@pytest.mark.parametrize("locale", SPOKEN)
def test_a_chat_says_how_many_write_whatever_the_draft_is_called(locale: str) -> None:
    told = [
        _message(say(came_in(DRAFT, name, many).words[0], locale), f"writers:{DRAFT}")
        for name, many in (("Torget p1n2", 2), ("12 hus", 3), ("Torget 7", 4))
    ]
    person = writer("founder", *told, told[-1], _message("Somebody else", f"writers:{DRAFT}", "resume"))
    person.read()
    assert person.life.announced == {DRAFT: [2, 3, 4]}, "what comes again in a row is counted elsewhere"


@pytest.mark.english
def test_it_is_counted_how_often_a_chat_says_that_one_has_come_in() -> None:
    title = joined("Torget").title
    assert title
    person = writer("stays", *(_message(f"{MARKS['good']}{say(title, locale)}\n…") for locale in ("en", "sv")))
    person.read()
    assert person.life.welcomed == 2, "it is found that it was said twice"


def test_what_is_shown_to_somebody_who_is_out_is_noted_but_not_that_they_are_out() -> None:
    asked = _message("5 of 26", f"{DRAFT}.4.established~met")
    person = writer("out", asked, _message("You are out of Torget p9n1", "home"), _message("Torget p9n2"), asked)
    person._since = 1
    person.read()
    assert (person.life.afterwards, person.life.still) == (["Torget p9n2", "5 of 26"], {DRAFT})


async def _played() -> Company:
    there = Company(("first", "second"))
    assert there.next == GUESTS[0]
    for part in GUESTS:
        assert not there.whole
        assert there.next == part
        there.link(part).set_result(part)
        assert there.next is None, "the next one is invited when this one is in"
        there.inside.add(part)
    return there


def test_a_company_comes_in_one_after_the_other_and_is_settled_when_all_are_out_and_the_links_have_ended() -> None:
    there = asyncio.run(_played())
    assert there.whole
    there.gone |= GOING
    assert not there.settled
    there.dead |= {"one": "used", "two": "ended", "three": "of somebody who left"}
    assert there.settled


async def test_a_draft_that_nobody_writes_is_seen_unless_the_city_has_begun_it_and_it_is_empty(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/guide.sqlite3"
    database = Database(url)
    await migrate(database, SEAL)
    async with database.write() as connection:
        waiting, written, lost = [await cases.new(connection, now()) for _case in range(3)]
        for case in (waiting, written):
            await cases.happened(connection, SEAL, case, "start", None, {"reference": f"SAM-2026-9{case:03}"}, now())
        for case in (waiting, written, lost):
            await drafts.prepare(connection, case, now())
    await database.close()
    with closing(sqlite3.connect(tmp_path / "guide.sqlite3")) as embedded, embedded:
        answer = json.dumps({"area": {"value": {"words": "Torget"}}})
        embedded.execute("UPDATE drafts SET answers = ? WHERE case_id = ?", (answer, written))
    there = await kept(url)
    assert sorted(there.cases[draft] for draft in there.unwritten) == [written, lost]
