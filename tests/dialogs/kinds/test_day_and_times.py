"""Days, points in time, amounts and computed choices: what is read, refused, kept and shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech.catalogs import ISOLATE, POP, say
from dialogs.engine.declare import Question
from dialogs.engine.declared import Declared
from dialogs.engine.turn import Turn, turn
from dialogs.kinds.amount import MOST
from dialogs.kinds.day import Day, day_in
from dialogs.kinds.kind import AnswerEvent, Known, Refusal
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.times import instant, time_in
from dialogs.language.events import Event, Fill, Misfit, Press, Revise, Say
from dialogs.language.words import Moment, Text, Words, _
from storage.database.json import REPLY, as_json
from tests.dialogs.kinds.day_and_times import KINDS, OF, OPTIONS, begun
from tests.dialogs.kinds.every_kind import fill
from tests.dialogs.small import WRITER

TODAY: Known = {"today": "2026-11-21"}


def read(name: str, *events: AnswerEvent, known: Known = TODAY) -> Any:
    """The value after these events, refused ones leaving what the engine keeps of them; or the last refusal."""
    value: Any = None
    heard: Any = None
    for event in events:
        heard = KINDS[name].read(event, value, known)
        value = heard if not isinstance(heard, Refusal) else heard.value if heard.value is not None else value
    return heard


def spoken(texts: tuple[Text, ...], locale: str = "en") -> list[str]:
    return [say(text, locale).replace(ISOLATE, "").replace(POP, "") for text in texts]


def refusal(name: str, *events: AnswerEvent, known: Known = TODAY) -> str:
    """The words of a refusal, in the source language."""
    heard = read(name, *events, known=known)
    assert isinstance(heard, Refusal)
    return spoken((heard.words,))[0]


DAYS = [
    ("day", "2026-12-03", "2026-12-03"),
    ("day", "2026-12-3", "2026-12-03"),
    ("day", "20261203", "2026-12-03"),
    ("day", "2026/12/3", "2026-12-03"),
    ("day", "3/12", "2026-12-03"),
    ("day", "3/12 2026", "2026-12-03"),
    ("day", "3/12 -26", "2026-12-03"),
    ("day", "3.12.2026", "2026-12-03"),
    ("day", "3.12.", "2026-12-03"),
    ("day", "3 \u2013 12 \u2013 2026", "2026-12-03"),
    ("day", "٣/١٢", "2026-12-03"),
    ("day", "٣\u200f/١٢\u200f/٢٠٢٦", "2026-12-03"),
    ("day", "۲۰۲۶/۱۲/۳", "2026-12-03"),
    ("day", "21/11", "2026-11-21"),
    ("day", "20/11", "2027-11-20"),
    ("day", "29/2", "2028-02-29"),
    ("been", "21/11", "2026-11-21"),
    ("been", "22/11", "2025-11-22"),
    ("been", "29/2", "2024-02-29"),
    ("been", "2020-01-31", "2020-01-31"),
    ("any", "3/1", "2027-01-03"),
    ("any", "2020-01-31", "2020-01-31"),
]


@pytest.mark.parametrize(("name", "text", "day"), DAYS)
def test_a_day_is_read_as_people_write_it(name: str, text: str, day: str) -> None:
    for event in (Say(text), fill(date=text)):
        assert read(name, event) == day
    assert KINDS[name].accepts(day, TODAY)


def test_without_a_today_any_day_with_its_year_will_do() -> None:
    for name in ("day", "been", "any"):
        for text in ("1999-01-31", "2150-01-31"):
            assert read(name, Say(text), known={}) == text
            assert KINDS[name].accepts(text, {})
        assert refusal(name, Say("3/12"), known={}) == "Please write a day with its year, for example 2026-12-03."
        assert KINDS[name].offer(None, {}).rows == ()


@pytest.mark.parametrize("text", ["", "x", "31/2", "2026-13-01", "3/12 1066", "3", "12-2026", "3/12/2026/1", "²/3"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    for event in (Say(text), fill(date=text)):
        assert refusal("day", event) == "I cannot read that as a day. Please write it like 5/12 or 2026-12-05."
        assert refusal("been", event).endswith("like 7/11 or 2026-11-07.")


def test_a_day_on_the_wrong_side_of_today_is_refused_with_an_example() -> None:
    assert refusal("day", Say("2026-11-20")) == (
        "20 November 2026 has passed. Please write a day to come, for example 5/12 or 2026-12-05."
    )
    assert refusal("been", fill(date="2026-11-22")) == (
        "22 November 2026 is still to come. Please write a day that has been, for example 7/11 or 2026-11-07."
    )


@given(st.dates(date(1900, 1, 1), date(2190, 12, 31)), st.booleans())
def test_the_example_of_a_refusal_is_a_day_that_is_taken(today: date, back: bool) -> None:
    kind, known = Day(past=back, future=not back), {"today": today.isoformat()}
    refused = kind.read(Say("?"), None, known)
    assert isinstance(refused, Refusal)
    for example in refused.words.values.values():
        assert isinstance(example, str)
        assert kind.accepts(kind.read(Say(example), None, known), known)
        assert day_in(example, today, back) == today + timedelta(-14 if back else 14)


def test_a_press_is_so_many_weeks_from_today() -> None:
    labels = [row[0].act for row in KINDS["day"].offer(None, TODAY).rows]
    assert labels == ["in:7", "in:14", "in:28"]
    assert [read("day", Press(act)) for act in labels] == ["2026-11-28", "2026-12-05", "2026-12-19"]
    for name in ("been", "any", "plain"):
        assert KINDS[name].offer(None, TODAY).rows == ()
        assert isinstance(read(name, Press("in:7")), Refusal)
    assert isinstance(read("day", Press("in:8")), Refusal)
    assert isinstance(read("day", Press("in:7"), known={}), Refusal)


def test_a_day_that_has_passed_since_is_asked_for_again() -> None:
    assert KINDS["day"].accepts("2026-12-03", {"today": "2026-12-03"})
    assert not KINDS["day"].accepts("2026-12-03", {"today": "2026-12-04"})


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_shown_as_that_day_to_every_reader(day: date) -> None:
    (shown,) = KINDS["day"].show(day.isoformat(), {})
    assert isinstance(shown, Words)
    moment = shown.values["date"]
    assert isinstance(moment, Moment)
    assert moment.form == "date"
    assert moment.at.date() == day == moment.at.astimezone(UTC).date()
    assert str(day.year) in say(shown, "sv")


TIMES = [
    ("3/12 14:00", "2026-12-03T14:00"),
    ("2026-12-03 14.00", "2026-12-03T14:00"),
    ("2026-12-03T14:00", "2026-12-03T14:00"),
    ("2026-12-03T14:00:00", "2026-12-03T14:00"),
    ("3.12.2026 9.05", "2026-12-03T09:05"),
    ("3/12 kl. 14", "2026-12-03T14:00"),
    ("- 3/12, 14:30", "2026-12-03T14:30"),
    ("٣/١٢ ١٤:٠٠", "2026-12-03T14:00"),
    ("21/11 00:00", "2026-11-21T00:00"),
    ("2/3 10:00", "2027-03-02T10:00"),
]


@pytest.mark.parametrize(("text", "local"), TIMES)
def test_a_time_is_read_as_people_write_it(text: str, local: str) -> None:
    assert read("one", Say(text)) == {"times": [local], "done": True}
    assert read("times", Say(text)) == {"times": [local], "done": False}
    if not text.startswith("-"):
        assert read("one", fill(time1=text)) == {"times": [local], "done": True}


@pytest.mark.parametrize("text", ["x", "3/12", "14:00", "3/12 2026", "3/12 24:00", "3/12 12:60", "31/2 10:00", "²/3 1"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    said = f"I cannot read {text} as a day and a time. Please write it like 5/12 14:00 or 2026-12-05 14:00."
    assert refusal("times", Say(text)) == refusal("times", fill(time1=text)) == said
    assert "5/12 14:00" in refusal("times", Say(""))
    without_today = refusal("times", Say("x"), known={})
    example = re.search(r"like (.+) or", without_today)
    assert example
    assert read("times", Say(example[1]), known={}) == {"times": ["2026-12-03T14:00"], "done": False}


def test_a_time_that_has_passed_is_refused() -> None:
    said = "20 November 2026 at 14:00 has passed. Please write a time to come, for example 5/12 14:00."
    assert refusal("times", Say("2026-11-20 14:00")) == said
    assert refusal("times", fill(time1="2026-11-20T14:00", time2="2026-12-03T14:00")) == said
    assert read("one", Say("2026-11-20 14:00"), known={}) == {"times": ["2026-11-20T14:00"], "done": True}


def test_times_come_one_by_one_in_order_and_without_doubles() -> None:
    said = [Say("4/12 10:00"), Say("3/12 14:00"), Say("2026-12-04 10:00")]
    two = {"times": ["2026-12-03T14:00", "2026-12-04T10:00"], "done": False}
    assert read("times", *said) == two
    assert [row[0].act for row in KINDS["times"].offer(two, TODAY).rows] == [
        "remove:202612031400",
        "remove:202612041000",
        "done",
    ]
    assert read("times", *said, Press("done")) == two | {"done": True}
    assert read("times", *said, Press("remove:202612031400")) == {"times": ["2026-12-04T10:00"], "done": False}
    assert "at least 2 times" in refusal("times", *said[:1], Press("done"))
    assert [row[0].act for row in KINDS["times"].offer(read("times", said[0]), TODAY).rows] == ["remove:202612041000"]


def test_a_message_with_all_of_them_is_the_answer() -> None:
    whole = read("times", Say("5/12 10:00\n3/12 10:00\n\n• 4/12 10:00"))
    assert whole == {"times": ["2026-12-03T10:00", "2026-12-04T10:00", "2026-12-05T10:00"], "done": True}
    assert KINDS["times"].accepts(whole, TODAY)
    assert len(KINDS["times"].show(whole, TODAY)) == 3
    assert "At most 3 times fit here. Please write the ones" in refusal(
        "times", Say("3/12 1:00\n3/12 2:00\n3/12 3:00\n3/12 4:00")
    )
    assert "remove one first" in refusal("times", Say("5/12 10\n3/12 10\n4/12 10"), Say("6/12 10"))


def test_what_can_be_read_of_a_message_is_kept() -> None:
    heard = read("times", Say("3/12 10:00\nsome day\n20/11 2026 10:00"))
    assert isinstance(heard, Refusal)
    assert heard.gained
    assert heard.value == {"times": ["2026-12-03T10:00"], "done": False}
    assert "some day" in spoken((heard.words,))[0]
    nothing = read("times", Say("3/12 10:00"), Say("some day"))
    assert isinstance(nothing, Refusal)
    assert not nothing.gained
    assert nothing.value["times"] == ["2026-12-03T10:00"]


def test_times_that_have_passed_since_are_asked_for_again() -> None:
    whole = {"times": ["2026-12-03T14:00", "2026-12-04T10:00"], "done": True}
    assert KINDS["times"].accepts(whole, {"today": "2026-12-03"})
    later = {"today": "2026-12-04"}
    assert not KINDS["times"].accepts(whole, later)
    assert KINDS["times"].read(Press("done"), whole, later).value["times"] == ["2026-12-04T10:00"]
    added = KINDS["times"].read(Say("5/12 8"), whole, later)
    assert not isinstance(added, Refusal)
    assert added["times"] == ["2026-12-04T10:00", "2026-12-05T08:00"]


def test_a_form_of_times_is_sent_whole() -> None:
    whole = read("times", fill(time1="2026-12-04T10:00", time2="", time3="2026-12-03T14:00"))
    assert whole == {"times": ["2026-12-03T14:00", "2026-12-04T10:00"], "done": True}
    assert "at least 2 times" in refusal("times", fill(time1="2026-12-04T10:00", time2="2026-12-04T10:00", time3=""))
    assert "at least 2 times" in refusal("times", fill())
    names = [field.name for field in KINDS["times"].offer(whole, TODAY).fields]
    assert names == ["time1", "time2", "time3"]


def test_a_time_is_by_the_clocks_of_stockholm() -> None:
    assert instant("2026-12-03T14:00").astimezone(UTC).isoformat() == "2026-12-03T13:00:00+00:00"
    assert instant("2026-07-03T14:00").astimezone(UTC).isoformat() == "2026-07-03T12:00:00+00:00"
    value = {"times": ["2026-12-03T14:00", "2026-07-03T14:00"], "done": True}
    assert spoken(KINDS["times"].show(value, {}), "sv") == [
        "3 juli 2026 kl.\u00a014:00",
        "3 december 2026 kl.\u00a014:00",
    ]


AMOUNTS = [
    ("50 000", 50000),
    ("50\u00a0000 kr", 50000),
    ("50\u202f000 kronor", 50000),
    ("50000 kr", 50000),
    ("50.000:-", 50000),
    ("50,000", 50000),
    ("50 000,00 kr", 50000),
    ("1.250.000 kr.", 1250000),
    ("SEK 500", 500),
    ("500,-", 500),
    ("0", 0),
    ("007", 7),
    ("٥٠٬٠٠٠", 50000),
    ("۵۰۰۰۰", 50000),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_an_amount_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert read("amount", Say(text)) == read("amount", fill(amount=text)) == amount
    assert KINDS["amount"].accepts(amount, {})


@pytest.mark.parametrize(
    "text", ["", "kr", "-5", "50,5", "1.5", "5 00", "50 000 euro", "²", "5o", "9" * 13, "9" * 5000]
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    for event in (Say(text), fill(amount=text)):
        assert refusal("amount", event) == "Please write the amount in whole kronor, with digits, for example 50 000."


def test_an_amount_is_shown_in_the_numbers_of_the_reader() -> None:
    assert spoken(KINDS["amount"].show(50000, {}), "sv") == ["50\u00a0000\u00a0kronor"]
    assert spoken(KINDS["amount"].show(50000, {}), "en") == ["50,000 kronor"]
    assert spoken(KINDS["amount"].show(0, {}), "en") == ["0 kronor"]
    for wrong in (True, -1, 1.0, "5", None, MOST + 1):
        assert not KINDS["amount"].accepts(wrong, {})
        assert KINDS["amount"].show(wrong, {}) == ()


def test_choices_may_depend_on_earlier_answers() -> None:
    kind, without = KINDS["several"], {"not": "blue"}
    both = read("several", Press("set:blue"), Press("set:red"), Press("done"))
    assert both == {"ids": ["red", "blue"], "words": "", "done": True}
    assert spoken(kind.show(both, {})) == ["Red", "Blue"]
    assert spoken(kind.show(both, without)) == ["Red"]
    assert kind.accepts(both, {})
    assert kind.accepts(both, without)
    assert not kind.accepts(both | {"ids": ["blue"]}, without)
    assert [choice.id for choice in kind.offer(None, without).fields[0].choices] == ["red"]
    assert isinstance(read("several", fill(ids=("blue",)), known=without), Refusal)
    assert read("about", fill(ids=("blue",), words="So.")) == {"ids": ["blue"], "words": "So.", "done": True}


def test_choices_that_stand_from_the_start_are_still_checked_then() -> None:
    with pytest.raises(Declared, match="option ids"):
        Question("q", _("Q"), _("Q?"), SeveralChoices((OPTIONS[0], OPTIONS[0])))
    assert Question("q", _("Q"), _("Q?"), KINDS["several"])


@pytest.mark.parametrize("name", ["day", "times", "amount"])
@pytest.mark.parametrize(
    "event", [Misfit("sticker"), Misfit("too_big"), Press("x"), Press("remove"), Fill("", "k", 1, 1)]
)
def test_what_is_no_answer_at_all_is_refused_with_words(name: str, event: AnswerEvent) -> None:
    heard = read(name, event)
    assert not isinstance(heard, Refusal) or spoken((heard.words,))
    assert not KINDS[name].accepts(heard.value if isinstance(heard, Refusal) else heard, TODAY)


TEXTS = st.one_of(
    st.sampled_from(
        ["2026-12-03", "3/12", "3/12 14:00", "2026-12-03T14:00", "2026-11-20T14:00", "0001-01-01T00:00", ""]
    ),
    st.sampled_from(["9999-12-31T23:59", "2026-02-30", "2026-W49-4", "٢٠٢٦-١٢-٠٣", "50 000", "9" * 5000, "red"]),
    st.text(max_size=20),
    st.text("0123456789٣۳²/-.: T\n", max_size=20),
)
STORED: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["times", "done", "ids", "words"]), inner, max_size=4)
    ),
    max_leaves=12,
)
EVENTS: st.SearchStrategy[AnswerEvent] = st.one_of(
    st.builds(Say, TEXTS),
    st.builds(Press, st.sampled_from(["in:7", "done", "remove:202612031400", "set:red", "x"]) | st.text(max_size=9)),
    st.builds(Misfit, st.sampled_from(["sticker", "empty_file", "other"])),
    st.builds(
        Fill,
        st.sampled_from(["", "done", "in:7"]),
        st.just("k"),
        st.just(1),
        st.just(1),
        st.dictionaries(
            st.sampled_from(["date", "time1", "time2", "time3", "amount", "ids", "words"]),
            st.lists(TEXTS, max_size=2).map(tuple),
        ),
    ),
)
KNOWN: st.SearchStrategy[Known] = st.sampled_from([{}, TODAY, {"today": "2026-11-21T09:30"}]) | st.fixed_dictionaries(
    {"today": STORED}
)


@pytest.mark.parametrize("name", KINDS)
@given(value=STORED, known=KNOWN)
def test_whatever_is_stored_never_raises(name: str, value: Any, known: Known) -> None:
    kind = KINDS[name]
    assert kind.accepts(value, known) in (True, False)
    for locale in ("sv", "ar"):
        spoken(kind.show(value, known), locale)
    for row in kind.offer(value, known).rows:
        assert all(len(button.act) <= 40 for button in row)
    if kind.accepts(value, known):
        assert kind.show(value, known)


@pytest.mark.parametrize("name", KINDS)
@given(value=STORED, event=EVENTS, known=KNOWN)
def test_whatever_is_sent_is_read_or_refused_with_words(
    name: str, value: Any, event: AnswerEvent, known: Known
) -> None:
    kind = KINDS[name]
    heard = kind.read(event, value, known)
    after = heard.value if isinstance(heard, Refusal) else heard
    assert json.loads(json.dumps(after, allow_nan=False)) == after
    kind.offer(after, known)
    if isinstance(heard, Refusal):
        assert spoken((heard.words,))[0]
        assert heard.value is None or not kind.accepts(heard.value, known)
    elif isinstance(event, Fill) and not event.act:
        assert kind.accepts(heard, known), "a form sent whole is a whole answer"


KEYS = st.sampled_from(["when", "slots", "sum"])


@given(st.lists(st.tuples(EVENTS, KEYS), max_size=12))
def test_random_people_are_always_answered(heard: list[tuple[AnswerEvent, str]]) -> None:
    """Whatever is sent to whichever of them, something is said, and the draft goes through JSON."""
    events = [replace(event, key=key, draft=1) if isinstance(event, Press | Fill) else event for event, key in heard]
    for taken in played(*events):
        assert taken.replies
        stored = {key: answer.value for key, answer in taken.draft.answers.items()}
        assert json.loads(json.dumps(stored, allow_nan=False)) == stored


def played(*events: Event) -> Iterator[Turn]:
    """Turn by turn, each said reply going through JSON."""
    draft = begun()
    for event in events:
        taken = turn(OF, draft, event, WRITER)
        for reply in taken.replies:
            assert REPLY.validate_python(json.loads(json.dumps(as_json(REPLY, reply)))) == reply
        draft = taken.draft
        yield taken


def test_a_chat_goes_through_them() -> None:
    *_before, last = played(
        Say("long ago", "m1"),
        Press("in:14", "when", 1),
        Say("3/12 14:00\nsoon", "m2"),
        Say("4/12 14:00", "m3"),
        Press("done", "slots", 1),
        Say("50 000 kr", "m4"),
    )
    assert last.replies[-1].type == "review"
    values = {key: answer.value for key, answer in last.draft.answers.items()}
    assert values == {
        "today": "2026-11-21",
        "when": "2026-12-05",
        "slots": {"times": ["2026-12-03T14:00", "2026-12-04T14:00"], "done": True},
        "sum": 50000,
    }


def test_an_edited_message_of_times_takes_the_place_of_what_it_said() -> None:
    *_before, last = played(
        Say("3/12", "m1"), Say("3/12 1:00\n3/12 2:00\n3/12 3:00", "m2"), Revise("3/12 1:00\n3/12 4:00", "m2")
    )
    assert last.draft.value("slots") == {"times": ["2026-12-03T01:00", "2026-12-03T04:00"], "done": True}
    assert last.replies[-1].type == "ask"


@pytest.mark.parametrize(
    "text", ["20 mars", "20 March", "20. mars", "20 mar", "20 mars 2026", "20 March, 2026", "20/3"]
)
def test_a_month_may_be_named(text: str) -> None:
    assert day_in(text, date(2026, 3, 2)) == date(2026, 3, 20)
    assert time_in(f"{text} kl. 14", date(2026, 3, 2)) == "2026-03-20T14:00"


@pytest.mark.parametrize("text", ["20 ma", "20 marsch", "20 mars mars", "mars 20", "40 mars", "20 mån"])
def test_what_is_no_month_is_no_day(text: str) -> None:
    assert day_in(text, date(2026, 3, 2)) is None
