"""The questions change between two visits: who writes is told so once, is shown what they wrote, and loses nothing."""

from dataclasses import replace

import pytest

from bot.speech.catalogs import ISOLATE, POP, say
from dialogs.applicants.edited import LAST
from dialogs.engine.draft import files_of
from dialogs.language.events import Attach, Filed, Press, Say
from dialogs.language.replies import Ask, Reply, Review, Tell
from dialogs.language.words import Text, Words, _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import DIALOGS
from tests.answers import EN, Answers, went_on
from tests.dialogs.world import World
from tests.edited import GONE, SENTENCE, edited, without
from tests.house import asked, pressed
from tests.ways import acts

SURVEY = Filed("a" * 64, "survey.pdf", "application/pdf", 7)
OTHER = Filed("b" * 64, "other.pdf", "application/pdf", 7)
ISOLATES = dict.fromkeys(map(ord, ISOLATE + POP))


def written(upto: str = "", answers: Answers = EN, locale: str = "en") -> World:
    """Somebody who has answered everything before this question, with a file."""
    world = World(locale)
    world.does(Press("new"))
    while (key := asked(world.shown)) != upto:
        if key == "papers":
            world.does(Attach((SURVEY,)))
            world.does(pressed("done", world.shown))
        else:
            for act in acts(answers, key):
                world.does(pressed(act, world.shown) if isinstance(act, str) else act)
        went_on(key, asked(world.shown), world.shown[-1])
    return world


def said(replies: list[Reply], locale: str = "en") -> str:
    """What is told, and asked."""
    words: list[Text] = []
    for reply in replies:
        words += reply.words if isinstance(reply, Tell) else reply.ask if isinstance(reply, Ask) else ()
    return "\n".join(say(text, locale) for text in words)


def change(monkeypatch: pytest.MonkeyPatch, *gone: str, first: bool = True) -> None:
    """The program of tomorrow runs."""
    monkeypatch.setitem(DIALOGS, "application", edited(*gone, first=first))


def test_what_has_changed_is_told_once_and_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written()
    change(monkeypatch, *GONE)
    told = said(world.does(Press("resume")))
    assert SENTENCE in told
    assert "New: First." in told
    for label in ("Challenges", "Your contribution", "Cooperation so far", "Documents"):
        assert label in told
    assert SENTENCE not in said(world.does(Press("resume")))


def test_each_who_writes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two write the same draft: what one of them was told, the other has not read."""
    world = written()
    world.standing = replace(world.standing, person=2)
    world.does(pressed("change:scope", [world.does(pressed("change", world.shown))[-1]]))
    world.does(pressed("keep", world.shown))
    change(monkeypatch)
    for person in (1, 2):
        world.standing = replace(world.standing, person=person)
        assert SENTENCE in said(world.does(Press("resume")))
        assert SENTENCE not in said(world.does(Press("resume")))


@pytest.mark.parametrize(("locale", "label"), [("sv", "Utmaningar"), ("ar", "التحديات")])
def test_it_is_told_in_their_language(monkeypatch: pytest.MonkeyPatch, locale: str, label: str) -> None:
    world = written(locale=locale)
    change(monkeypatch)
    assert label in said(world.does(Press("resume")), locale)


def test_nothing_is_told_where_nothing_has_changed_or_nothing_that_they_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written("challenges")
    assert SENTENCE not in said(world.does(Press("resume")))
    monkeypatch.setitem(DIALOGS, "application", replace(APPLICATION, sections=APPLICATION.sections[:-1]))
    assert SENTENCE not in said(world.does(Press("resume"))), "they have not come to those questions"


def test_a_changed_question_is_asked_again_with_what_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written()
    change(monkeypatch, first=False)
    world.does(Press("resume"))
    assert asked(world.shown) == "contributes"
    shown = said(world.shown)
    assert "You wrote before" in shown
    assert "Money" in shown, "an option that is gone is shown in the words of then"
    assert "20 000 kr a year" in shown
    for act in ("set:resources",):
        world.does(pressed(act, world.shown))
    world.does(Say("Now rooms"))
    assert asked(world.shown) == "challenges"
    (ask,) = [reply for reply in world.shown if isinstance(reply, Ask)]
    assert ask.so_far == ("Dark in the evening.",)
    world.does(pressed("keep", world.shown))
    assert isinstance(world.shown[-1], Review), "what is kept as it is is an answer to the question of today"
    assert world.draft.value("challenges") == "Dark in the evening."


def test_what_is_no_longer_asked_is_named_kept_and_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written()
    monkeypatch.setitem(DIALOGS, "application", without(*GONE))
    world.does(Press("resume"))
    review = world.shown[-1]
    assert isinstance(review, Review)
    left = {line.key: line for line in review.lines if line.section and line.section.id == "No longer asked"}
    assert left["cooperation"].shown == ("We have met every month since 2024.",)
    assert (left["papers"].label.id, left["papers"].shown) == ("Documents", ("survey.pdf",))
    assert set(files_of(world.draft)) == {SURVEY.sha256}, "it counts, and goes when the draft goes"
    world.does(pressed("send", world.shown))
    world.does(pressed("sure", world.shown))
    sent = {entry.key: entry for entry in world.records[-1].entries}
    assert sent["cooperation"].value == "We have met every month since 2024."
    assert sent["papers"].shown == ("survey.pdf",)
    assert LAST not in sent


def test_what_is_no_longer_asked_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written()
    monkeypatch.setitem(DIALOGS, "application", without(*GONE))
    world.does(Press("resume"))
    for key in GONE:
        world.does(Press(f"change:{key}", "", world.draft.id, world.draft.version))
        assert asked(world.shown) == key
        world.does(Say("something else"))
        assert asked(world.shown) == key, "nothing more is asked here"
        world.does(pressed("skip", world.shown))
        assert isinstance(world.shown[-1], Review)
    review = world.shown[-1]
    assert isinstance(review, Review)
    assert not any(line.key in GONE for line in review.lines)
    assert files_of(world.draft) == {}


def reopened(world: World, key: str) -> Ask:
    """This question, from the review."""
    world.does(Press(f"change:{key}", "", world.draft.id, world.draft.version))
    ask = world.shown[-1]
    assert isinstance(ask, Ask)
    return ask


def test_what_is_no_longer_asked_says_which_question_it_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written()
    monkeypatch.setitem(DIALOGS, "application", without(*GONE))
    world.does(Press("resume"))
    for key, label, answer in (
        ("papers", "Documents", "survey.pdf"),
        ("cooperation", "Cooperation so far", "We have met every month since 2024."),
    ):
        reopened(world, key)
        assert f"“{label}” is no longer asked." in said(world.shown).translate(ISOLATES)
        assert answer in said(world.shown)


def test_a_file_that_is_no_longer_asked_for_can_be_kept_or_removed_and_nothing_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = written()
    monkeypatch.setitem(DIALOGS, "application", without("papers"))
    world.does(Press("resume"))
    ask = reopened(world, "papers")
    assert (ask.rows, ask.fields) == ((), ())
    assert [button.label.id for button in ask.ways if isinstance(button.label, Words)] == [
        "Keep it as it is",
        "Remove",
        "Back",
    ]
    world.does(Attach((OTHER,)))
    assert set(files_of(world.draft)) == {SURVEY.sha256}
    world.does(pressed("keep", world.shown))
    assert isinstance(world.shown[-1], Review)


def test_of_several_files_that_are_no_longer_asked_for_one_can_be_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written("papers")
    world.does(Attach((SURVEY, OTHER)))
    world.does(pressed("done", world.shown))
    monkeypatch.setitem(DIALOGS, "application", without("papers"))
    ask = reopened(world, "papers")
    assert [button.label for row in ask.rows for button in row] == [
        _("Remove {name}", name="survey.pdf"),
        _("Remove {name}", name="other.pdf"),
    ]
    assert _("Remove all") in [button.label for button in ask.ways]
    world.does(pressed(ask.rows[0][0].act, world.shown))
    assert set(files_of(world.draft)) == {OTHER.sha256}
    assert world.draft.changing == ""
    left = reopened(world, "papers")
    assert "other.pdf" in said([left])
    assert (left.rows, _("Remove") in [button.label for button in left.ways]) == ((), True)


def test_a_file_at_hand_when_its_question_went_is_named_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written("papers")
    world.does(Attach((SURVEY,)))
    monkeypatch.setitem(DIALOGS, "application", without("papers"))
    told = said(world.does(Press("resume")))
    assert "Documents" in told
    assert set(files_of(world.draft)) == {SURVEY.sha256}


def test_a_text_for_a_question_that_now_stands_later_is_put_there(monkeypatch: pytest.MonkeyPatch) -> None:
    world = written("opportunities")
    change(monkeypatch)
    told = said(world.does(Say("Sun until late.")))
    assert SENTENCE in told
    assert asked(world.shown) == "first"
    assert world.draft.value("opportunities") == "Sun until late."
    assert world.draft.value("first") is None


def test_a_text_for_a_question_that_is_not_asked_like_that_any_more_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = written("challenges")
    change(monkeypatch)
    told = said(world.does(Say("Noise at night.")))
    assert "so it stands nowhere yet" in told
    assert "Noise at night." in told
    assert asked(world.shown) == "first"
    assert world.draft.value("first") is None
    assert "so it stands nowhere yet" not in said(world.does(Say("Benches first.")))
    assert world.draft.value("first") == "Benches first."


def test_a_draft_from_before_is_told_of_what_is_gone_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older version of the program kept no words with an answer."""
    world = written()
    here = world.standing.here
    assert here
    bare = {key: replace(one, asked=()) for key, one in here.draft.answers.items() if key != LAST}
    world.standing = replace(world.standing, open=(replace(here, draft=replace(here.draft, answers=bare)),))
    monkeypatch.setitem(DIALOGS, "application", without("cooperation"))
    told = said(world.does(Press("resume")))
    assert "A question that is no longer asked" in told
    assert "New:" not in told
    assert "Changed" not in told
    review = world.shown[-1]
    assert isinstance(review, Review)
    assert ("We have met every month since 2024.",) in [line.shown for line in review.lines]
