"""A question opens with what is known, and says where it comes from; it is an answer when somebody confirms it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.speech.catalogs import say
from dialogs.engine.confirm import OUTDATED, RIGHT_OR_NOT, right_of
from dialogs.engine.declare import Question
from dialogs.engine.draft import Answer, Draft, current
from dialogs.engine.form import PREFILLED, Posted, filled, seen
from dialogs.engine.prefilled import Prefilled
from dialogs.engine.record import record
from dialogs.engine.show import show
from dialogs.engine.turn import Turn, Writer, turn
from dialogs.kinds.day import in_words
from dialogs.kinds.kind import Option
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.events import Event, Fill, Press, Say
from dialogs.language.replies import Ask, Button, Review, Tell
from dialogs.language.words import Listing, Words, _, in_swedish
from tests.dialogs.small import NAME, PET, PLACE, WISH, WRITER, dialog
from tests.house import buttons, press

SMALL = dialog(NAME, PET, WISH, PLACE)
FROM = _("the case")
KIM = Prefilled("Kim", FROM)
BO = "Bo Berg, who lives in number seven"
DAY = in_words(datetime(2026, 3, 2, tzinfo=UTC).date())
SENTENCE = _("{name} offered times for a meeting.", name="Alva")


def knowing(draft: Draft, locale: str = "sv", **prefilled: Prefilled) -> Draft:
    """The draft with what is known, in a language."""
    return draft.knowing({key: one.said(lambda words: say(words, locale)) for key, one in prefilled.items()})


def asked(draft: Draft) -> Ask:
    """What is asked now."""
    reply = show(SMALL, draft)
    assert isinstance(reply, Ask)
    return reply


def named(reply: Ask, act: str) -> Button:
    """The button whose act begins so."""
    return next(button for button in buttons(reply) if button.act.startswith(act))


def does(draft: Draft, event: Event, writer: Writer = WRITER) -> Turn:
    """One turn of the small dialog; what is known stays known."""
    return turn(SMALL, draft, event, writer)


def confirmed(draft: Draft, writer: Writer = WRITER) -> Draft:
    """The draft after "It is right"."""
    ask = asked(draft)
    return does(draft, press(named(ask, "right:"), ask), writer).draft


def test_the_question_is_asked_with_what_is_known_and_where_it_comes_from() -> None:
    ask = asked(knowing(Draft(1), name=KIM))
    assert (ask.key, ask.so_far, ask.fields) == ("name", ("Kim",), ())
    assert ask.source
    assert say(ask.source, "en") == "From: the case"
    assert [button.label for row in ask.rows for button in row] == [_("It is right"), _("Change")]


def test_nobody_has_said_it_until_somebody_confirms_it() -> None:
    draft = knowing(Draft(1), name=KIM)
    assert current(SMALL, draft) is NAME
    assert record(SMALL, draft).entries == ()
    after = confirmed(draft)
    answer = after.answers["name"]
    assert (answer.value, answer.by, answer.locale, answer.known) == ("Kim", 7, "sv", KIM.mark)
    assert current(SMALL, after) is PET


def test_to_change_it_is_the_question_as_ever_with_the_value_in_it() -> None:
    draft = knowing(Draft(1), name=KIM)
    opened = does(draft, press(named(asked(draft), "change:name"), asked(draft))).draft
    ask = asked(opened)
    assert ask.source is None
    assert ask.fields[0].value == ("Kim",)
    assert named(ask, "right:").label == _("Keep it as it is")
    assert confirmed(opened).answers["name"].known == KIM.mark
    changed = does(opened, Say("Kim Berg")).draft
    assert (changed.value("name"), changed.answers["name"].known) == ("Kim Berg", "")


TOYS = Question(
    "toys",
    _("Toys"),
    _("Which toys?"),
    SeveralChoices((Option("ball", _("Ball")), Option("rope", _("Rope"))), about=_("Why?")),
)
WITH_TOYS = dialog(TOYS, NAME)
BALL, ROPE = (Prefilled({"ids": [id], "words": "For the yard.", "done": True}, FROM) for id in ("ball", "rope"))


def opened(draft: Draft) -> Draft:
    """The draft with its toys open for a change."""
    return turn(WITH_TOYS, draft, Press("change:toys", "toys", 1), WRITER).draft


@pytest.mark.parametrize("event", [Press("done", "toys", 1), Press("set:ball", "toys", 1), Say("It rains.")])
def test_what_has_come_to_be_known_since_it_was_opened_for_a_change_is_shown_before_it_is_taken(event: Event) -> None:
    draft = opened(knowing(Draft(1), toys=BALL)).knowing({"toys": ROPE})
    taken = turn(WITH_TOYS, draft, event, WRITER)
    (reply,) = taken.replies
    assert isinstance(reply, Ask)
    assert (reply.key, reply.error, "toys" in taken.draft.answers) == ("toys", OUTDATED, False)
    assert reply.so_far[0] == _("Rope")
    again = turn(WITH_TOYS, taken.draft, event, WRITER).draft
    assert "rope" in again.answers["toys"].value["ids"], "now it has been seen"


@pytest.mark.parametrize("before", [{"toys": BALL}, {}])
def test_whoever_says_all_of_it_has_answered_whatever_has_come_to_be_known(before: Mapping[str, Prefilled]) -> None:
    draft = opened(Draft(1).knowing(before)).knowing({"toys": ROPE})
    whole = Fill("done", "toys", 1, 1, {"ids": ("ball",), "words": ("It rains.",)})
    taken = turn(WITH_TOYS, draft, whole, WRITER).draft
    assert taken.answers["toys"].value == {"ids": ["ball"], "words": "It rains.", "done": True}
    assert taken.answers["toys"].known == ""


def test_what_is_known_as_it_was_is_taken_from_the_question_open_for_a_change() -> None:
    draft = opened(knowing(Draft(1), toys=BALL))
    assert turn(WITH_TOYS, draft, Press("done", "toys", 1), WRITER).draft.answers["toys"].value["ids"] == ["ball"]


def test_whoever_writes_at_once_has_answered() -> None:
    after = does(knowing(Draft(1), name=KIM), Say(BO)).draft
    assert (after.value("name"), after.answers["name"].known) == (BO, "")


@pytest.mark.parametrize("nod", ["Yes", "ok", "👍", "Det stämmer", "نعم، هذا صحيح", "no", "Bo"])
def test_a_nod_is_no_answer_and_what_is_known_stays(nod: str) -> None:
    turned = does(knowing(Draft(1), name=KIM), Say(nod))
    assert "name" not in turned.draft.answers
    assert asked(turned.draft).source
    (shown,) = turned.replies
    assert isinstance(shown, Ask)
    assert shown.error == RIGHT_OR_NOT
    change = does(turned.draft, press(named(shown, "change:name"), shown)).draft
    assert does(change, Say(nod)).draft.value("name") == nod, "whoever changes it writes what they like"


def test_what_somebody_wrote_keeps_its_language_whoever_confirms_it() -> None:
    draft = confirmed(knowing(Draft(1), name=Prefilled("Kim", FROM, locale="so")))
    assert draft.answers["name"].locale == "so"


def test_what_was_meant_for_another_question_is_given_back_when_something_known_has_changed() -> None:
    draft = confirmed(knowing(Draft(1), name=KIM)).knowing({"name": Prefilled("Bo", FROM)})
    turned = does(draft, Say("A walk by the canal, every Sunday."))
    back, shown = turned.replies
    assert isinstance(back, Tell)
    assert isinstance(shown, Ask)
    assert back.words[-1] == "A walk by the canal, every Sunday."
    assert (shown.key, shown.error) == ("name", OUTDATED)
    assert turned.draft.answers["name"].value == "Kim", "nothing is filed under it"
    assert does(turned.draft, Say(BO)).draft.value("name") == BO, "it is the question at hand now"


def test_what_is_optional_can_be_left_out_all_the_same() -> None:
    draft = knowing(Draft(1), wish=Prefilled("Rain", FROM))
    for event in (Say("Kim"), Press("dog", "pet", 1)):
        draft = does(draft, event).draft
    assert asked(draft).source
    assert does(draft, press(named(asked(draft), "skip"), asked(draft))).draft.answers["wish"].value is None


def test_a_button_confirms_the_value_that_it_stood_below_and_no_other() -> None:
    before = knowing(Draft(1), name=KIM)
    button = press(named(asked(before), "right:"), asked(before))
    taken = does(knowing(before, name=Prefilled("Bo", FROM)), button)
    (reply,) = taken.replies
    assert isinstance(reply, Ask)
    assert (reply.error, reply.so_far) == (OUTDATED, ("Bo",))
    assert not taken.draft.answers
    (gone,) = does(before.knowing({}), button).replies
    assert isinstance(gone, Ask)
    assert (gone.error, gone.source) == (OUTDATED, None)


def complete(draft: Draft) -> Draft:
    """The rest is answered."""
    for event in (Press("dog", "pet", 1), Press("skip", "wish", 1), Say("Malmö")):
        draft = does(draft, event).draft
    return draft


@pytest.mark.parametrize(("now", "shown"), [({"name": Prefilled("Bo", FROM)}, "Bo"), ({}, "Kim")])
def test_what_was_confirmed_and_is_not_so_any_more_is_asked_again_before_it_is_sent(
    now: Mapping[str, Prefilled], shown: str
) -> None:
    draft = complete(confirmed(knowing(Draft(1), name=KIM)))
    assert current(SMALL, draft) is None
    changed = draft.knowing(now)
    taken = does(changed, Press("send", "", 1, changed.version))
    (reply,) = taken.replies
    assert isinstance(reply, Ask)
    assert (reply.key, reply.error, reply.so_far) == ("name", OUTDATED, (shown,))
    assert taken.sent is None


def test_what_somebody_said_themselves_stays_whatever_is_known_later() -> None:
    draft = complete(does(knowing(Draft(1), name=KIM), Say(BO)).draft)
    assert current(SMALL, draft.knowing({"name": Prefilled("Bo", FROM)})) is None


def test_where_nobody_looks_at_the_case_what_was_confirmed_counts() -> None:
    draft = complete(confirmed(knowing(Draft(1), name=KIM)))
    stored = Draft(1, draft.version, draft.answers)
    assert current(SMALL, stored) is None
    assert [entry.value for entry in record(SMALL, stored).entries][:1] == ["Kim"]


LINES = Prefilled((SENTENCE, _("{at}", at=DAY), _("{at}", at=Listing(("a", "b")))), FROM)


@pytest.mark.parametrize("locale", ["sv", "en", "ar", "fa"])
def test_words_become_a_text_in_the_language_of_whoever_confirms_them(locale: str) -> None:
    after = confirmed(knowing(Draft(1), locale, name=LINES), Writer(7, locale, WRITER.now))
    value = after.answers["name"].value
    lines = value.split("\n")
    assert lines[0].replace("Alva", "{name}") == say(Words(SENTENCE.id), locale)
    assert lines[1] == say(_("{at}", at=DAY), locale)
    assert not {"\u2068", "\u2069"} & set(value), "no isolates in what is stored"
    assert after.answers["name"].locale == locale


def test_words_of_the_record_stay_in_its_language() -> None:
    draft = knowing(Draft(1), "ar", name=Prefilled(in_swedish(SENTENCE), FROM))
    assert confirmed(draft).value("name") == "Alva föreslog mötestider."


def test_another_language_changes_nothing_of_what_was_confirmed() -> None:
    draft = confirmed(knowing(Draft(1), "sv", name=LINES))
    assert current(SMALL, knowing(draft, "en", name=LINES)) is PET
    assert draft.value("name") == knowing(draft, "en", name=LINES).value("name")


def posted(draft: Draft, name: str, was: str | None = None) -> Posted:
    """The small dialog as a form, with everything filled in."""
    return {
        "name": {"text": (name,), PREFILLED: (seen(draft, "name") if was is None else was,)},
        "pet": {"choice": ("dog",)},
        "town": {"text": ("Malmö",)},
    }


def test_a_form_that_is_sent_confirms_what_nobody_changed() -> None:
    draft = knowing(Draft(1), name=KIM)
    kept, refused = filled(SMALL, draft, posted(draft, "Kim"), WRITER)
    assert (kept.answers["name"].known, refused) == (KIM.mark, {})
    changed, refused = filled(SMALL, draft, posted(draft, "Eva"), WRITER)
    assert (changed.value("name"), changed.answers["name"].known, refused) == ("Eva", "", {})


def test_a_form_that_is_kept_for_later_confirms_nothing() -> None:
    draft = knowing(Draft(1), name=KIM)
    later, _refused = filled(SMALL, draft, posted(draft, "Kim"), WRITER, later=True)
    assert "name" not in later.answers
    without_town = {key: fields for key, fields in posted(draft, "Kim").items() if key != "town"}
    wrong, refused = filled(SMALL, draft, without_town, WRITER)
    assert set(refused) == {"town"}
    assert "name" not in wrong.answers


@pytest.mark.parametrize("now", [{"name": Prefilled("Bo", FROM)}, {}])
def test_what_is_outdated_stays_so_while_a_form_is_kept_for_later(now: Mapping[str, Prefilled]) -> None:
    draft = confirmed(knowing(Draft(1), name=KIM)).knowing(now)
    later, _refused = filled(SMALL, draft, posted(draft, draft.value("name")), WRITER, later=True)
    assert later.answers["name"] == draft.answers["name"]
    assert later.is_outdated("name")
    without_town = {key: fields for key, fields in posted(draft, draft.value("name")).items() if key != "town"}
    assert filled(SMALL, draft, without_town, WRITER)[0].is_outdated("name")
    own, _refused = filled(SMALL, draft, posted(draft, "Eva"), WRITER, later=True)
    assert (own.value("name"), own.is_outdated("name")) == ("Eva", False)


def test_what_is_known_takes_the_place_of_other_words_in_a_form_that_is_kept() -> None:
    draft = does(knowing(Draft(1), name=KIM), Say("Eva")).draft
    later, _refused = filled(SMALL, draft, posted(draft, "Kim"), WRITER, later=True)
    assert (later.value("name"), "name" in later.answers) == ("Kim", False)


def test_a_form_that_shows_what_is_not_so_any_more_is_refused_there() -> None:
    before = knowing(Draft(1), name=KIM)
    shown = seen(before, "name")
    now = knowing(before, name=Prefilled("Bo", FROM))
    draft, refused = filled(SMALL, now, posted(now, "Kim", shown), WRITER)
    assert refused == {"name": OUTDATED}
    assert draft.value("name") == "Bo"
    _draft, refused = filled(SMALL, now, posted(now, "Eva", shown), WRITER)
    assert not refused, "what somebody wrote themselves stays"


def test_a_form_opened_in_another_language_confirms_what_was_read() -> None:
    before = knowing(Draft(1), "sv", name=LINES)
    shown, text = seen(before, "name"), before.value("name")
    draft, refused = filled(SMALL, knowing(before, "en", name=LINES), posted(before, text, shown), WRITER)
    assert not refused
    assert (draft.value("name"), draft.answers["name"].known) == (text, LINES.mark)


def test_all_that_is_known_can_be_confirmed_at_once() -> None:
    quick = replace(SMALL, sure=())
    draft = knowing(Draft(1), name=KIM, town=Prefilled("Malmö", FROM))
    ask = show(quick, draft)
    assert isinstance(ask, Ask)
    _right, _change, at_once = (button for row in ask.rows for button in row)
    after = turn(quick, draft, press(at_once, ask), WRITER).draft
    assert [key for key, one in after.answers.items() if one.known] == ["name", "town"]
    assert current(quick, after) is PET
    changed = knowing(draft, name=KIM, town=Prefilled("Lund", FROM))
    assert not turn(quick, changed, press(at_once, ask), WRITER).draft.answers, "it names what it confirms"


def test_where_sending_cannot_be_taken_back_each_is_looked_at_by_itself() -> None:
    draft = knowing(Draft(1), name=KIM, town=Prefilled("Malmö", FROM))
    assert [button.label for row in asked(draft).rows for button in row] == [_("It is right"), _("Change")]
    at_once = Press(right_of(*(draft.prefilled or {}).values()), "name", 1)
    assert not does(draft, at_once).draft.answers


MORE = dialog(replace(NAME, lacks=lambda known: ("Say more.",) if known.get("asked") else ()), PET)
LACKING = replace(
    MORE, given=("asked",), unchanged=(_("You have not changed anything that the contact person asks about."),)
)


def to_complete(**answers: Event) -> Turn:
    """A draft in which somebody asks for more than the name that is known, after these answers."""
    draft = knowing(Draft(1, answers={"asked": Answer("name", 7, "sv", WRITER.now)}), name=KIM)
    taken = Turn(draft, (show(LACKING, draft),))
    for event in answers.values():
        taken = turn(LACKING, taken.draft, event, WRITER)
    return taken


def test_where_somebody_asks_for_more_to_change_it_comes_first_below_what_they_wrote() -> None:
    (ask,) = to_complete().replies
    assert isinstance(ask, Ask)
    assert ask.ask[0] == "Say more."
    assert [(button.label, button.weight) for row in ask.rows for button in row] == [
        (_("Change"), "main"),
        (_("It is right"), "plain"),
    ]


@pytest.mark.parametrize(("name", "unchanged"), [(Press(right_of(KIM), "name", 1), True), (Say(BO), False)])
def test_the_review_says_when_nothing_was_changed_of_what_somebody_asks_more_of(name: Event, unchanged: bool) -> None:
    review = to_complete(name=name, pet=Press("dog", "pet", 1)).replies[-1]
    assert isinstance(review, Review)
    assert (LACKING.unchanged[0] in review.words) is unchanged
