"""The turn: each event against a small dialog."""

from dataclasses import replace

import pytest

from bot.speech.catalogs import say
from dialogs.engine.draft import Answer, Draft, current
from dialogs.engine.record import lines, record
from dialogs.engine.show import show
from dialogs.engine.turn import Writer, turn
from dialogs.language.events import Attach, Command, Event, Filed, Fill, Misfit, Point, Press, Revise, Say, Start
from dialogs.language.replies import Ask, Reply, Review, Tell
from dialogs.phases.steps import DIALOGS
from tests.dialogs.small import SMALL, WRITER, after, full
from tests.dialogs.world import STALE


def ask(reply: Reply) -> Ask:
    assert isinstance(reply, Ask)
    return reply


def review(reply: Reply) -> Review:
    assert isinstance(reply, Review)
    return reply


def test_an_answer_carries_who_when_and_in_which_language() -> None:
    answer = after(Say("Kim", "m1")).draft.answers["name"]
    assert (answer.value, answer.by, answer.locale, answer.at, answer.ref) == ("Kim", 7, "sv", WRITER.now, "m1")


def test_each_change_is_a_version() -> None:
    assert after(Say("Kim")).draft.version == 1
    assert after(Say("Kim"), Say("dog")).draft.version == 1
    assert after(Say("Kim"), Press("dog", "pet", 1)).draft.version == 2


def test_a_button_notes_its_answer_and_says_what_belongs_to_it() -> None:
    note, next_one = after(Say("Kim"), Press("cat", "pet", 1)).replies
    assert isinstance(note, Tell)
    assert note.words[0].id == "Cats are fine."  # type: ignore[union-attr]
    assert ask(next_one).noted
    assert ask(next_one).key == "called"


def test_words_are_not_noted() -> None:
    assert ask(after(Say("Kim")).replies[-1]).noted is None


@pytest.mark.parametrize(
    "event",
    [
        Press("dog", "name", 1),
        Press("dog", "pet", 2),
        Press("dog", "called", 1),
        Fill("dog", "town", 1, 1),
        Press("change:nowhere"),
        Press("skip"),
        Press("send"),
        Press("sure"),
        Press("back", "", 9),
    ],
)
def test_a_button_of_another_place_says_so_and_shows_this_one(event: Event) -> None:
    taken = after(Say("Kim"), event)
    shown = ask(taken.replies[-1])
    assert (shown.key, shown.error.id if shown.error else "") == ("pet", STALE)
    assert taken.draft == after(Say("Kim")).draft


@pytest.mark.parametrize(
    "event",
    [
        Start(),
        Command("x"),
        Press("nonsense"),
        Say("dog"),
        Attach((Filed("a" * 64, "a", "image/png", 1),)),
        Point(1, 1),
        Misfit("sticker"),
        Revise("Kim", ""),
        Revise("Kim", "m9"),
    ],
)
def test_nothing_else_changes_an_answer(event: Event) -> None:
    taken = after(Say("Kim", "m1"), event)
    assert ask(taken.replies[-1]).key == "pet"
    assert taken.draft == after(Say("Kim", "m1")).draft


def test_back_keep_and_a_new_answer() -> None:
    there = after(Say("Kim"), Press("back"))
    assert ask(there.replies[-1]).so_far == ("Kim",)
    assert [button.act for button in ask(there.replies[-1]).ways] == ["keep"]
    assert ask(after(Press("keep", "name", 1), draft=there.draft).replies[-1]).key == "pet"
    assert after(Say("Kim B"), draft=there.draft).draft.value("name") == "Kim B"
    first = ask(after(Press("back"), draft=Draft(1)).replies[-1])
    assert first.error
    assert first.key == "name"


def test_a_refused_answer_leaves_the_whole_one() -> None:
    reopened = after(Press("change:name"), draft=full()).draft
    taken = after(Say("x" * 51), draft=reopened)
    assert taken.draft == reopened
    assert ask(taken.replies[-1]).error


def test_skipping_leaves_an_optional_one_empty() -> None:
    draft = full()
    assert draft.value("wish") is None
    assert current(SMALL, draft) is None
    shown = after(Press("change:wish"), draft=draft)
    assert "skip" in [button.act for button in ask(shown.replies[-1]).ways]
    wished = after(Say("Rain"), draft=shown.draft).draft
    left = after(Press("change:wish"), Press("skip", "wish", 1), draft=wished).draft
    assert (left.value("wish"), left.changing) == (None, "")


def test_the_review_shows_every_answer_and_what_was_left_out() -> None:
    shown = show(SMALL, full())
    assert [(line.key, line.shown) for line in review(shown).lines][3:] == [("wish", ()), ("town", ("Malmö",))]
    changes = after(Press("change"), draft=full()).replies[-1]
    assert isinstance(changes, Tell)
    assert [row[0].act for row in changes.rows] == [*(f"change:{line.key}" for line in lines(SMALL, full())), "resume"]
    assert (changes.draft, changes.version) == (1, full().version)


def test_changing_one_answer_comes_back_to_the_review() -> None:
    taken = after(Press("change:town"), Say("Lund"), draft=full())
    assert isinstance(taken.replies[-1], Review)
    assert taken.draft.value("town") == "Lund"
    assert review(after(Say("hello"), draft=full()).replies[-1]).error


def test_sending_is_asked_twice_and_belongs_to_what_was_read() -> None:
    draft = full()
    sure = after(Press("send", "", 1, draft.version), draft=draft)
    assert sure.sent is None
    assert isinstance(sure.replies[-1], Tell)
    sent = after(Press("sure", "", 1, draft.version), draft=draft)
    assert sent.sent == record(SMALL, draft)
    assert after(Press("sure", "", 1, draft.version - 1), draft=draft).sent is None
    assert after(Press("sure", "", 2, draft.version), draft=draft).sent is None
    assert after(Press("sure"), draft=draft).sent is None


def test_the_press_that_sends_says_that_it_cannot_be_taken_back() -> None:
    draft = full()
    asked = after(Press("send", "", 1, draft.version), draft=draft).replies[-1]
    at_once = show(replace(SMALL, sure=()), draft)
    for reply, final in ((show(SMALL, draft), []), (asked, ["sure"]), (at_once, ["send"])):
        assert isinstance(reply, Review | Tell)
        assert [button.act for row in reply.rows for button in row if button.final] == final


def test_the_record_holds_what_was_asked_and_answered() -> None:
    entries = record(SMALL, full()).entries
    assert [entry.key for entry in entries] == ["name", "pet", "called", "town"]
    assert entries[1].value == "cat"
    assert entries[1].shown[0].id == "Cat"  # type: ignore[union-attr]
    assert entries[0].by == 7
    assert record(SMALL, full()).value("town") == "Malmö"
    assert record(SMALL, full()).value("nothing") is None


def test_an_edited_message_corrects_its_answer_and_the_place_stays() -> None:
    taken = after(Revise("Kim B", "m1"), draft=full())
    assert taken.draft.value("name") == "Kim B"
    assert isinstance(taken.replies[-1], Review)
    refused = after(Revise("", "m1"), draft=full())
    assert refused.draft == full()
    assert isinstance(refused.replies[0], Tell)
    again = after(Revise("Kim C", "m1"), draft=taken.draft)
    assert again.draft.value("name") == "Kim C"


def test_a_reopened_question_that_is_gone_reopens_nothing() -> None:
    assert isinstance(show(SMALL, replace(full(), changing="nowhere")), Review)


def test_at_the_moment_of_sending_the_swedish_words_stand_beside_the_translation() -> None:
    """Swedish is what counts; who reads Swedish reads it once."""
    dialog = DIALOGS["withdrawal"]
    draft = Draft(1, 0, {"reason": Answer(None, 1, "ar", WRITER.now)})
    for locale, more in (("ar", 1 + len(dialog.sure)), ("sv", 0), ("sv@easy", 1 + len(dialog.sure))):
        (asked,) = turn(dialog, draft, Press("send", "", 1, 0), Writer(1, locale, WRITER.now)).replies
        assert isinstance(asked, Tell)
        assert len(asked.words) == len(dialog.sure) + more
    spoken = turn(dialog, draft, Press("send", "", 1, 0), Writer(1, "ar", WRITER.now)).replies[0]
    assert isinstance(spoken, Tell)
    assert say(spoken.words[-1], "ar") == say(dialog.sure[-1], "sv") != say(dialog.sure[-1], "ar")
