"""A declaration that cannot work is refused when it is made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dialogs.applicants.buttons import check
from dialogs.engine.condition import is_, not_
from dialogs.engine.declare import GONE, Question
from dialogs.engine.declared import Declared
from dialogs.engine.draft import Draft, path
from dialogs.kinds.card import Card
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Kind, Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.kinds.verdict import Verdict
from dialogs.language.words import _, n_
from dialogs.phases.initiation.assessment import judged
from dialogs.phases.initiation.criteria import ESTABLISHED
from dialogs.phases.steps import DIALOGS
from tests.dialogs.small import NAME, PET, PLACE, SMALL, WISH, after, dialog, full
from tests.dialogs.world import World

TWICE = (Option("a", _("A")), Option("a", _("B")))


@pytest.mark.parametrize("key", ["", "Name", "1st", "a-b", "å", "x" * 25])
def test_a_key_is_short_and_plain(key: str) -> None:
    with pytest.raises(Declared, match="a key is"):
        replace(NAME, key=key)


@pytest.mark.parametrize(
    "kind",
    [
        OneChoice(()),
        OneChoice(TWICE),
        OneChoice((Option("x y", _("A")),)),
        SeveralChoices(TWICE),
        SeveralChoices(()),
        Items(TWICE, _("on"), _("off")),
    ],
)
def test_options_have_ids_of_their_own(kind: Kind) -> None:
    with pytest.raises(Declared, match="option ids"):
        Question("pet", _("Pet"), _("Which?"), kind)


def test_what_is_shown_again_stands_before() -> None:
    card = Question("sure", _("Sure"), _("Is that right?"), Card(confirms=(("town", _("Change it")),)))
    with pytest.raises(Declared, match="'town' again"):
        dialog(NAME, card)


@pytest.mark.parametrize(
    "question",
    [
        lambda: replace(NAME, ask=_("What is {name} called?")),
        lambda: replace(NAME, hint=_("{one} and {other}", one="A")),
        lambda: replace(NAME, ways=(("later", _("Stop, {name}")),)),
        lambda: replace(PET, kind=OneChoice((Option("cat", _("Cat"), _("{what}?")),))),
    ],
)
def test_a_place_that_nothing_fills_is_the_authors_error(question: Callable[[], Question]) -> None:
    with pytest.raises(Declared, match="nothing fills"):
        question()


@pytest.mark.parametrize(
    "question",
    [
        lambda: replace(NAME, label=_("Up to {most} names", most=5)),
        lambda: replace(NAME, label=n_("A name", "Names", count=2)),
        lambda: replace(PET, kind=OneChoice((Option("cat", _("{count} cats", count=2)),))),
        lambda: replace(PET, kind=SeveralChoices((Option("cat", n_("A cat", "{count} cats", count=2)),))),
    ],
)
def test_a_label_is_kept_with_answers_and_has_no_places(question: Callable[[], Question]) -> None:
    with pytest.raises(Declared, match="without a place in braces"):
        question()


def test_a_way_that_leads_nowhere_is_the_authors_error() -> None:
    check([dialog(replace(NAME, ways=(("later", _("Stop")),)))])
    with pytest.raises(Declared, match="metting"):
        check([dialog(replace(NAME, ways=(("metting", _("Meet")),)))])


def test_a_key_stands_twice_only_with_conditions_and_one_kind() -> None:
    twin = replace(NAME, when=is_("pet", "dog"))
    with pytest.raises(Declared, match="stands twice"):
        dialog(NAME, PET, twin)
    with pytest.raises(Declared, match="stands twice"):
        dialog(PET, twin, replace(twin, kind=FreeText(3)))
    assert dialog(PET, twin, replace(twin, when=not_(is_("pet", "dog")))).questions


def test_an_old_key_is_nobody_elses() -> None:
    with pytest.raises(Declared, match="in use"):
        dialog(NAME, replace(PLACE, was=("name",)))
    with pytest.raises(Declared, match="in use"):
        dialog(replace(NAME, was=("town",)), PLACE)
    with pytest.raises(Declared, match="in use"):
        dialog(replace(NAME, was=("old",)), replace(PLACE, was=("old",)))


@pytest.mark.parametrize("was", ["old", ["old"], ("Nonsense Key!",), ("~asked",), ("",), (("old",),), (7,)])
def test_old_keys_are_a_tuple_of_keys(was: Any) -> None:
    """Else `was` is read letter by letter, or matches nothing that is stored."""
    with pytest.raises(Declared, match="question 'name': `was`"):
        replace(NAME, was=was)
    for kind in (OneChoice, SeveralChoices, Verdict):
        with pytest.raises(Declared, match="question 'pet', option 'cat': `was`"):
            replace(PET, kind=kind((Option("cat", _("Cat"), was=was),)))
    with pytest.raises(Declared, match="`was`"):
        replace(ESTABLISHED, was=was).card()


def test_the_old_keys_of_both_twins_are_nobody_elses() -> None:
    twin = replace(NAME, when=is_("pet", "dog"))
    other = replace(NAME, when=not_(is_("pet", "dog")))
    for old in ("town", "pet"):
        with pytest.raises(Declared, match=f"'name' was '{old}', but that key is in use"):
            dialog(PET, replace(twin, was=(old,)), other, PLACE)
    with pytest.raises(Declared, match="in use"):
        dialog(PET, replace(twin, was=("old",)), other, replace(PLACE, was=("old",)))
    twins = dialog(PET, replace(twin, was=("old",)), replace(other, was=("old", "older")), PLACE)
    assert twins.renamed == {"old": "name", "older": "name"}


def test_an_old_key_is_none_that_the_conversation_gives() -> None:
    with pytest.raises(Declared, match="in use"):
        replace(dialog(replace(NAME, was=("beside",))), given=("beside",))


@pytest.mark.parametrize(
    "options",
    [
        (Option("a", _("A")), Option("b", _("B"), was=("a",))),
        (Option("a", _("A"), was=("old",)), Option("b", _("B"), was=("old",))),
        (Option("a", _("A"), was=("old", "old")), Option("b", _("B"))),
    ],
)
def test_an_old_option_is_nobody_elses(options: tuple[Option, ...]) -> None:
    for kind in (OneChoice(options), SeveralChoices(options), Verdict(options), Items(options, _("on"), _("off"))):
        with pytest.raises(Declared, match="in use"):
            replace(PET, kind=kind)


def test_a_criterion_was_called_otherwise() -> None:
    renamed = replace(ESTABLISHED, key="trust", was=("established",))
    assert renamed.card().was == judged(renamed).was == ("established",)
    with pytest.raises(Declared, match="in use"):
        dialog(renamed.card(), ESTABLISHED.card())


def test_the_path_is_computed_from_the_answers() -> None:
    begun = path(SMALL, Draft(1))
    assert [step.key for step in begun.steps] == ["name", "pet", "wish", "town"]
    assert begun.total == 5, "one more may still come up"
    assert begun.unanswered == NAME
    whole = path(SMALL, full())
    assert [step.key for step in whole.steps] == ["name", "pet", "called", "wish", "town"]
    assert (whole.unanswered, whole.total, whole.number("town")) == (None, 5, 5)
    assert whole.before("") == PLACE
    assert whole.before("name") is None
    assert set(whole.upto("called")) == {"name", "pet"}
    assert whole.known["wish"] is None


def test_what_the_condition_drops_keeps_its_answer() -> None:
    draft = replace(full(), answers={**full().answers, "pet": replace(full().answers["pet"], value="none", asked=())})
    along = path(SMALL, draft)
    assert "called" not in along.known
    assert along.total == 4
    assert draft.value("called") == "Misse"


def test_questions_under_a_heading() -> None:
    assert SMALL.section_of(WISH) == _("All")
    assert SMALL.section_of(replace(WISH, key="other")) == GONE


def test_every_act_of_every_dialog_fits_behind_a_button() -> None:
    """A Telegram button carries 64 bytes (Bot API, callback_data): draft, version, key and act."""
    for key in DIALOGS:
        for question in DIALOGS[key].questions:
            for row in question.kind.offer(None, {}).rows:
                for button in row:
                    assert len(f"{2**40}:{9999}:{question.key}:{button.act}") <= 64
    assert World().shown == []


def test_an_empty_draft_has_its_first_question() -> None:
    assert after(draft=Draft(1)).draft == Draft(1)
