"""A dialog is edited under open drafts: only what changed is asked again, and nothing that was written is lost."""

from dataclasses import replace
from typing import Any

import pytest

from bot.speech.catalogs import ISOLATE, POP, say
from dialogs.applicants.edited import LAST
from dialogs.engine.condition import is_
from dialogs.engine.declare import NOT_ASKED, Dialog, Question
from dialogs.engine.draft import Draft, path, revive
from dialogs.engine.edition import AskedAs, gone, words_of
from dialogs.engine.record import as_today, record
from dialogs.engine.show import show
from dialogs.engine.turn import turn
from dialogs.kinds.amount import Amount
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Choosing, Option, Value
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.kinds.verdict import Verdict
from dialogs.language.events import Press, Say
from dialogs.language.replies import Ask, Review
from dialogs.language.words import Text, _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import DIALOGS
from tests.answers import TORGET, went_on
from tests.dialogs.small import CALLED, NAME, OPTIONS, PET, PLACE, SMALL, WISH, WRITER, after, asked, dialog, full
from tests.dialogs.world import World
from tests.house import asked as asked_now
from tests.house import pressed
from tests.ways import acts

AGE = Question("age", _("Age"), _("How old are you?"), FreeText(9))


def edited(change: str) -> Dialog:
    """The small dialog after an edit."""
    match change:
        case "inserted":
            return dialog(NAME, AGE, PET, CALLED, WISH, PLACE)
        case "renamed":
            return dialog(
                replace(NAME, key="full_name", was=("name",)),
                PET,
                CALLED,
                WISH,
                replace(PLACE, key="home", was=("city", "town")),
            )
        case "removed":
            return dialog(NAME, PET, CALLED, PLACE)
        case "tightened":
            return dialog(replace(NAME, kind=FreeText(2)), PET, CALLED, WISH, PLACE)
        case "an option gone":
            return dialog(NAME, replace(PET, kind=OneChoice(OPTIONS[:1])), WISH, PLACE)  # and what hung on it
        case "another kind":
            return dialog(NAME, PET, CALLED, WISH, replace(PLACE, kind=OneChoice(OPTIONS)))
        case "no longer optional":
            return dialog(NAME, PET, CALLED, replace(WISH, optional=False), PLACE)
        case "turned round":
            return dialog(PLACE, WISH, PET, CALLED, NAME)
    raise AssertionError(change)


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ("inserted", ["age"]),
        ("renamed", []),
        ("removed", []),
        ("tightened", ["name"]),
        ("an option gone", ["pet"]),
        ("another kind", ["town"]),
        ("no longer optional", ["wish"]),
        ("turned round", []),
    ],
)
def test_only_what_changed_is_asked_again(change: str, again: list[str]) -> None:
    of, before = edited(change), full()
    draft = revive(of, before)
    first = show(of, draft)
    assert (first.key if first.type == "ask" else "") == "".join(again[:1])
    if change != "an option gone":
        assert asked(of, draft) == again
    written = {answer.value for answer in before.answers.values()}
    assert {answer.value for answer in draft.answers.values()} == written, "something that was written is lost"


@pytest.mark.parametrize(
    "change", ["inserted", "renamed", "removed", "tightened", "another kind", "no longer optional", "turned round"]
)
def test_an_edit_that_is_taken_back_asks_nothing(change: str) -> None:
    before = full()
    there = revive(edited(change), before)
    names = dialog(replace(NAME, was=("full_name",)), PET, CALLED, WISH, replace(PLACE, was=("home",)))
    assert asked(names, revive(names, there)) == []


def test_a_question_that_leaves_and_comes_back_has_its_answer() -> None:
    gone = revive(edited("removed"), replace(full(), answers=full().answers))
    answered = turn(edited("removed"), gone, Press("change:town", "", 1, gone.version), WRITER)
    answered = turn(edited("removed"), answered.draft, Say("Lund"), WRITER)
    assert asked(SMALL, revive(SMALL, answered.draft)) == []
    assert answered.draft.value("town") == "Lund"


def test_who_stands_at_a_renamed_question_stands_there_still() -> None:
    reopened = replace(full(), changing="town")
    assert show(edited("renamed"), revive(edited("renamed"), reopened)).type == "ask"
    assert revive(edited("renamed"), reopened).changing == "home"


def test_a_tightened_answer_is_shown_to_be_shortened() -> None:
    standing = show(edited("tightened"), full())
    assert standing.type == "ask"
    assert standing.so_far == ("Kim",)


def test_a_question_inserted_behind_a_condition_is_asked_of_those_it_concerns() -> None:
    breed = Question("breed", _("Breed"), _("Which breed?"), FreeText(9), when=CALLED.when)
    of = dialog(NAME, PET, breed, CALLED, WISH, PLACE)
    assert asked(of, full()) == ["breed"]
    catless = replace(full(), answers={**full().answers, "pet": replace(full().answers["pet"], value="none", asked=())})
    assert asked(of, catless) == []


def test_a_renamed_key_does_not_overwrite_what_stands_at_the_new_one() -> None:
    of = edited("renamed")
    both = replace(full(), answers={**full().answers, "home": replace(full().answers["town"], value="Lund")})
    assert revive(of, both).value("home") == "Lund"


RENAMED = (Option("hound", _("Dog"), was=("dog",)), Option("kitten", _("Cat"), was=("cat", "tom")))


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (OneChoice(RENAMED), "tom", "kitten"),
        (OneChoice(RENAMED), "hound", "hound"),
        (OneChoice(RENAMED), "bird", "bird"),
        (OneChoice(lambda _known: RENAMED), "cat", "cat"),
        (
            SeveralChoices(RENAMED),
            {"ids": ["cat", "dog", "tom"], "done": True},
            {"ids": ["kitten", "hound"], "done": True},
        ),
        (Verdict(RENAMED), {"id": "dog", "words": "Cat."}, {"id": "hound", "words": "Cat."}),
        (
            Items(RENAMED, _("on"), _("off")),
            {"items": [{"id": "a1", "name": "Misse", "kind": "cat"}, "cat"]},
            {"items": [{"id": "a1", "name": "Misse", "kind": "kitten"}, "cat"]},
        ),
        *(
            (kind, broken, broken)
            for kind in (SeveralChoices(RENAMED), Verdict(RENAMED))
            for broken in (None, 7, {"ids": 7})
        ),
    ],
)
def test_an_answer_has_the_ids_that_its_options_have_today(kind: Choosing, before: Value, after: Value) -> None:
    assert kind.renamed(before) == after
    assert kind.renamed(after) == after


def test_a_choice_is_read_under_the_new_id_of_its_option_and_so_is_a_button_from_before() -> None:
    of = dialog(NAME, replace(PET, kind=OneChoice(RENAMED)), replace(CALLED, when=is_("pet", "kitten")), WISH, PLACE)
    there = revive(of, full())
    assert there.value("pet") == "kitten"
    assert asked(of, there) == []
    pressed_before = turn(of, replace(there, changing="pet"), Press("dog", "pet", 1), WRITER)
    assert pressed_before.draft.value("pet") == "hound"


def test_a_button_from_before_means_its_question_under_the_new_key() -> None:
    of = edited("renamed")
    reopened = turn(of, full(), Press("change:town", "", 1, full().version), WRITER)
    assert reopened.draft.changing == "home"
    of = dialog(NAME, replace(PET, key="animal", was=("pet",)))
    answered = turn(of, after(Say("Kim"), of=of).draft, Press("cat", "pet", 1), WRITER)
    assert answered.draft.value("animal") == "cat"


def test_what_was_sent_is_read_under_the_new_names_in_its_own_words() -> None:
    of = dialog(NAME, replace(PET, key="animal", was=("pet",), kind=OneChoice(RENAMED)), PLACE)
    sent = record(SMALL, full())
    read = as_today(of, sent)
    assert [entry.key for entry in read.entries] == ["name", "animal", "called", "town"], (
        "what is no longer asked stays"
    )
    assert (read.value("animal"), read.value("called")) == ("kitten", "Misse")
    assert [(one.label, one.ask, one.shown) for one in read.entries] == [
        (one.label, one.ask, one.shown) for one in sent.entries
    ]


def test_a_question_in_other_words_is_asked_again_and_can_be_kept_as_it_is() -> None:
    of = dialog(replace(NAME, ask=_("What are you called?")), PET, CALLED, WISH, PLACE)
    standing = show(of, full())
    assert isinstance(standing, Ask)
    assert (standing.key, standing.so_far) == ("name", ("Kim",))
    kept = turn(of, full(), Press("keep", "name", 1, full().version), WRITER)
    assert (kept.replies[-1].type, kept.draft.value("name")) == ("review", "Kim")
    assert asked(SMALL, kept.draft) == ["name"], "and the other way round"


@pytest.mark.parametrize(
    "change",
    [{"label": _("Forename")}, {"hint": _("As you like.")}, {"kind": FreeText(60)}, {"optional": True}],
)
def test_what_does_not_change_what_was_asked_asks_nothing(change: dict[str, Any]) -> None:
    assert asked(dialog(replace(NAME, **change), PET, CALLED, WISH, PLACE), full()) == []


def test_an_option_in_other_words_is_confirmed_and_its_old_words_are_shown() -> None:
    options = tuple(replace(one, label=_("A cat of one’s own")) if one.id == "cat" else one for one in OPTIONS)
    of = dialog(NAME, replace(PET, kind=OneChoice(options)), CALLED, WISH, PLACE)
    standing = show(of, full())
    assert isinstance(standing, Ask)
    assert standing.ask[:2] == (_("{label}:", label=_("You wrote before")), _("Cat"))
    assert "keep" not in [button.act for button in standing.ways], "these are not the words that were chosen"
    assert asked(of, full())[0] == "pet"


def test_a_sum_is_not_lost_with_its_question_and_is_shown_when_it_is_asked_in_words() -> None:
    cost = Question("cost", _("Cost"), _("What does it cost?"), Amount())
    draft = after(Say("45 000 kr"), of=dialog(cost)).draft
    review = show(dialog(WISH), replace(draft, answers=draft.answers | full(dialog(WISH)).answers))
    assert isinstance(review, Review)
    assert [line.shown for line in review.lines if line.key == "cost"] == [("45000",)]
    in_words = dialog(replace(cost, ask=_("What does it cost, and why?"), kind=FreeText(200)))
    standing = show(in_words, draft)
    assert isinstance(standing, Ask)
    assert standing.ask[:2] == (_("{label}:", label=_("You wrote before")), "45000")


def test_one_option_of_several_that_is_gone_is_not_dropped_in_silence() -> None:
    several = replace(PET, kind=SeveralChoices(OPTIONS))
    before = after(
        Press("set:dog", "pet", 1), Press("set:cat", "pet", 1), Press("done", "pet", 1), of=dialog(several)
    ).draft
    of = dialog(replace(several, kind=SeveralChoices(OPTIONS[1:])))
    standing = show(of, before)
    assert isinstance(standing, Ask)
    assert standing.ask[1:3] == (_("Cat"), _("Dog"))


@pytest.mark.parametrize(
    ("asked_then", "value", "shown"),
    [
        ((), "Misse is a cat", ("Misse is a cat",)),
        ((), "trees", ("trees",)),
        ((), "not_yet", ("not_yet",)),
        (("0", "Sum"), 45_000, ("45000",)),
        ((), 0, ("0",)),
        (("0", "Place"), {"words": "By the lake", "bounds": [], "pin": [55, 13], "done": True}, ("By the lake",)),
        ((), [1, "two", [3], True], ("two",)),
        (("0", "Pet", "Cat"), "cat", (_("Cat"),)),
        (("0", "Pet"), "Kim", ("Kim",)),
        (("0", "Pet"), "trees", ("trees",)),
        (("0", "Pet", "Cat"), {"ids": ["cat"], "words": "And one more.", "done": True}, (_("Cat"), "And one more.")),
        ((), {"items": [{"id": "a1", "name": "Misse", "kind": "cat", "flag": True}]}, ("Misse",)),
        ((), {"ids": [], "words": "", "done": False}, ()),
        ((), True, ()),
        ((), None, ()),
    ],
)
def test_what_is_left_of_an_answer_without_its_question(
    asked_then: AskedAs, value: Value, shown: tuple[Text, ...]
) -> None:
    assert words_of(asked_then, value) == shown
    left = gone("pet", asked_then, value)
    assert (left.kind.show(value, {}) if left else ()) == shown
    assert gone("Not a key", asked_then, value) is None


@pytest.mark.parametrize("label", ["Up to {most} names", "{", "{}", "Name"])
def test_a_label_that_is_stored_locks_no_draft(label: str) -> None:
    """No label has a place today; one that was stored when it could have is no reason to stop whoever wrote the answer."""
    draft = full()
    stored = replace(draft.answers["town"], asked=("0", label))
    review = show(dialog(NAME), replace(draft, answers=draft.answers | {"town": stored}))
    assert isinstance(review, Review)
    (town,) = [line for line in review.lines if line.key == "town"]
    assert town.label == (NOT_ASKED if label == "Up to {most} names" else _(label))
    assert say(town.label, "sv")


def test_what_is_left_names_its_question_where_that_is_known() -> None:
    for asked_then, said in (
        (("0", "Pet"), "“Pet” is no longer asked."),
        ((), "This is no longer asked."),
        (("0", NOT_ASKED.id), "This is no longer asked."),
    ):
        left = gone("pet", asked_then, "Misse")
        assert left
        assert say(left.ask, "en").replace(ISOLATE, "").replace(POP, "").startswith(said)


def test_the_real_application_is_edited_under_an_open_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the whole conversation: a place at the scope question gets a new option, the challenges a shorter limit, a question comes first."""
    world = World()
    world.does(Press("new"))
    while (key := asked_now(world.shown)) != "added_value":
        for act in acts(TORGET.but(challenges="One"), key):
            world.does(pressed(act, world.shown) if isinstance(act, str) else act)
        went_on(key, asked_now(world.shown), world.shown[-1])
    answers = dict(world.draft.answers)
    monkeypatch.setitem(DIALOGS, "application", _new_edition())
    world.does(Press("resume"))
    assert world.shown[-1].key == "first"  # type: ignore[union-attr]
    world.does(Say("It is the first"))
    assert world.shown[-1].key == "challenges"  # type: ignore[union-attr]
    assert world.shown[-1].so_far == ("One",)  # type: ignore[union-attr]
    world.does(Say("1"))
    assert world.shown[-1].key == "added_value"  # type: ignore[union-attr]
    same = answers.keys() - {"challenges", "area", LAST}
    assert {key: world.draft.answers[key] for key in same} == {key: answers[key] for key in same}
    assert world.draft.answers["the_area"] == answers["area"]
    assert "Torget" in str(path(DIALOGS["application"], world.draft).known["the_area"])


def _new_edition() -> Dialog:
    first = Question("first", _("First"), _("What comes first?"), FreeText(20))

    def changed(question: Question) -> Question:
        match question.key:
            case "challenges":
                return replace(question, kind=FreeText(2))
            case "area":
                return replace(question, key="the_area", was=("area",))
            case "scope":
                assert isinstance(question.kind, OneChoice)
                assert isinstance(question.kind.options, tuple)
                return replace(question, kind=OneChoice((*question.kind.options, Option("new", _("New")))))
            case _:
                return question

    sections = [
        replace(section, questions=tuple(changed(question) for question in section.questions))
        for section in APPLICATION.sections
    ]
    sections[0] = replace(sections[0], questions=(first, *sections[0].questions))
    return replace(APPLICATION, sections=tuple(sections))


def test_a_draft_of_nothing_is_revived_as_nothing() -> None:
    assert revive(SMALL, Draft(1)) == Draft(1)
