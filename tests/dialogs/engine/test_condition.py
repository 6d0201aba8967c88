"""The conditions say what is on the path, and one that can never hold is refused when its dialog is made."""

import re
from dataclasses import replace

import pytest

from dialogs.engine.condition import Condition, any_of, is_, not_
from dialogs.engine.declare import Question, Section
from dialogs.engine.declared import Declared
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.verdict import Verdict
from dialogs.language.words import _
from tests.dialogs.kinds.declared import QUESTIONS
from tests.dialogs.small import CALLED, NAME, OPTIONS, PET, PLACE, dialog

ONE_OF_EACH = {type(question.kind).__name__: question for question in QUESTIONS}


@pytest.mark.parametrize(
    ("known", "pending", "is_dog", "is_not", "either"),
    [
        ({"pet": "dog"}, (), True, False, True),
        ({"pet": "cat"}, (), False, True, False),
        ({"pet": {"ids": ["cat", "dog"]}}, (), True, False, True),
        ({"pet": {"id": "dog", "words": "A big one."}}, (), True, False, True),
        ({"pet": {"items": []}}, (), False, True, False),
        ({}, ("pet",), None, None, None),
        ({}, (), False, True, False),
        ({"other": "yes"}, ("pet",), None, None, True),
    ],
)
def test_a_condition_holds_or_not_or_is_not_decided(
    known: dict[str, object], pending: tuple[str, ...], is_dog: bool | None, is_not: bool | None, either: bool | None
) -> None:
    dog = is_("pet", "dog")
    assert dog.holds(known, pending) is is_dog
    assert not_(dog).holds(known, pending) is is_not
    assert any_of(dog, is_("other", "yes")).holds(known, pending) is either


def test_a_condition_looks_back_only() -> None:
    for when in (is_("town", "x"), any_of(is_("pet", "dog"), is_("town", "x")), not_(is_("nowhere", "x"))):
        with pytest.raises(Declared, match="does not stand before it"):
            dialog(NAME, PET, replace(CALLED, when=when), PLACE)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (
            is_("pet", "dogg"),
            f"{is_('pet', 'dogg')} waits for ['dogg'] of 'pet', whose options are ['dog', 'cat', 'none']",
        ),
        (any_of(is_("pet", "dog"), is_("pet", "no", "cat")), f"{is_('pet', 'no', 'cat')} waits for ['no'] of 'pet'"),
        (not_(is_("pet")), f"{is_('pet')} waits for [] of 'pet'"),
        (is_("beside"), f"{is_('beside')} waits for [] of 'beside', whose options are known later"),
        (any_of(), f"{any_of()} is made of none"),
        (any_of(is_("pet", "dog"), not_(any_of())), f"{any_of()} is made of none"),
        (is_("name", "Kim"), f"{is_('name', 'Kim')} waits for ['Kim'] of 'name', whose options are none"),
    ],
)
def test_a_condition_waits_for_an_answer_that_there_is(when: Condition, why: str) -> None:
    """Else its question would never be asked, or always, and nobody would notice."""
    asks = Section(_("All"), (NAME, PET, replace(CALLED, when=when)))
    with pytest.raises(Declared, match=re.escape(f"small: the condition of 'called': {why}")):
        replace(dialog(), given=("beside",), sections=(asks,))


@pytest.mark.parametrize("question", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
def test_a_condition_looks_only_at_what_has_ids(question: Question) -> None:
    """Of every kind that there is: nothing is waited for that cannot be answered."""
    asked = replace(question, when=None)
    before = {asked.key: asked.ids()}
    invented = list(is_(asked.key, "of_no_kind").faults(before))
    assert bool(invented) == (asked.ids() is not None)
    wants = isinstance(asked.kind, OneChoice | SeveralChoices | Verdict)
    for option in asked.options or ():
        assert bool(list(is_(asked.key, option.id).faults(before))) != wants


def test_what_a_condition_looks_at_may_be_computed_or_given() -> None:
    computed = replace(PET, kind=OneChoice(lambda _known: OPTIONS))
    assert dialog(computed, replace(CALLED, when=is_("pet", "of_another_day")))
    asks = Section(_("All"), (replace(NAME, when=is_("beside", "yes")),))
    assert replace(dialog(), given=("beside",), sections=(asks,))
