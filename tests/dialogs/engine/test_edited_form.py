"""A form whose questions were changed after it was begun: nothing goes on unseen, and nothing that somebody wrote is lost."""

from dataclasses import replace

from bot.web.desk.form import FormQuestion, boxes
from dialogs.engine.declare import Dialog
from dialogs.engine.draft import Draft
from dialogs.engine.form import ASKED, CHANGED, KEPT, OTHERS, filled
from dialogs.engine.record import record
from dialogs.language.words import _
from tests.dialogs.small import NAME, PLACE, WISH, WRITER, dialog

BEFORE = dialog(NAME, WISH, PLACE)
REWORDED = dialog(NAME, replace(WISH, ask=_("What do the applicants read?")), PLACE)
WITHOUT = dialog(NAME, PLACE)
FORM: dict[str, dict[str, tuple[str, ...]]] = {
    "name": {"text": ("Kim",)},
    "wish": {"text": ("Rain at last",)},
    "town": {"text": ("Malmö",)},
}
TOLD = FORM | {"wish": {"text": ("Rain at last",), ASKED: ("1",)}}


def begun() -> Draft:
    """A draft that was kept before the questions changed."""
    draft, _refused = filled(BEFORE, Draft(1), FORM, WRITER, later=True)
    return draft


def box(dialog: Dialog, draft: Draft) -> FormQuestion:
    """The box of the question about a wish."""
    return next(one for one in boxes(dialog, draft) if one.key == "wish")


def test_a_changed_question_says_so_in_its_box() -> None:
    shown = box(REWORDED, begun())
    assert (shown.changed, shown.before, shown.told) == (True, (CHANGED,), "wish.asked")
    assert not box(BEFORE, begun()).changed


def test_old_words_are_not_sent_as_the_answer_to_a_changed_question_by_a_form_that_did_not_say_so() -> None:
    draft, refused = filled(REWORDED, begun(), FORM, WRITER)
    assert refused == {"wish": CHANGED}
    assert draft.value("wish") == "Rain at last"
    again = next(one for one in boxes(REWORDED, draft, refused, FORM) if one.key == "wish")
    assert (again.changed, again.error, again.before) == (True, CHANGED, ())
    draft, refused = filled(REWORDED, draft, TOLD, WRITER)
    assert not refused
    assert not box(REWORDED, draft).changed


def test_other_words_answer_the_question_of_today() -> None:
    draft, refused = filled(REWORDED, begun(), FORM | {"wish": {"text": ("Sun",)}}, WRITER)
    assert (draft.value("wish"), refused) == ("Sun", {})


def test_keeping_the_form_for_later_answers_no_changed_question() -> None:
    draft, _refused = filled(REWORDED, begun(), TOLD, WRITER, later=True)
    assert box(REWORDED, draft).changed
    assert draft.value("wish") == "Rain at last"


def test_what_is_no_longer_asked_has_a_box_and_is_not_sent_by_a_form_that_did_not_show_it() -> None:
    shown = box(WITHOUT, begun())
    assert "Rain at last" in shown.before
    assert [field.name for field in shown.fields] == ["wish.kept"]
    draft, refused = filled(WITHOUT, begun(), FORM, WRITER)
    assert refused == {"wish": OTHERS}
    assert draft.value("wish") == "Rain at last"


def test_what_is_no_longer_asked_is_sent_along_or_left_out_as_they_choose() -> None:
    kept, refused = filled(WITHOUT, begun(), FORM | {"wish": {ASKED: ("1",), KEPT: (KEPT,)}}, WRITER)
    assert (record(WITHOUT, kept).value("wish"), refused) == ("Rain at last", {})
    left, refused = filled(WITHOUT, begun(), FORM | {"wish": {ASKED: ("1",)}}, WRITER)
    assert (record(WITHOUT, left).value("wish"), refused) == (None, {})
    assert [one.key for one in boxes(WITHOUT, left)] == ["name", "town"]
