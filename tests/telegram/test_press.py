"""What a button says back fits, comes back as it was, and cannot be used to say anything else."""

import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech.catalogs import languages
from bot.telegram import press
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.declared import KEY
from dialogs.kinds.files import Attachments
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Known
from dialogs.kinds.place import Place
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.times import Times
from dialogs.language.events import Fill, Press
from dialogs.language.replies import Button
from dialogs.phases.steps import DIALOGS
from tests.answers import Fields, default

LATE, OLD = 2**31, 10**5
"""A draft and a version that a city will not get past."""
numbers = st.integers(1, 2**63)
acts = st.from_regex(r"[a-z0-9_]{1,12}(:[a-z0-9_-]{1,6}){0,2}", fullmatch=True)
hexes = "0123456789ab"


def values_of(question: Question) -> Iterator[object]:
    """Values at which a question offers every button it has."""
    yield None
    match question.kind:
        case Items(kinds=kinds, most=most):
            items = [
                {"id": f"a{at}", "name": f"Actor {at}", "kind": kinds[0].id, "flag": True} for at in range(1, most + 60)
            ]
            for state in ({"open": ""}, {"open": items[-1]["id"]}):
                yield {"items": items, "done": False, **state}
            yield {"items": [item | {"kind": "", "flag": False} for item in items[-1:]], "open": "", "done": False}
        case SeveralChoices() as several:
            yield {"ids": [option.id for option in several.among({})], "words": "words", "done": False}
        case Attachments(most=most):
            yield {
                "files": [
                    {"sha256": hexes[at % 12] * 64, "name": f"{at}.pdf", "mime": "application/pdf", "size": 1}
                    for at in range(most)
                ],
                "done": False,
            }
        case Place():
            yield {"words": "", "bounds": [], "pin": [55.6, 13.0], "done": False}
        case Times(most=most):
            yield {"times": [f"2199-12-03T{hour:02}:00" for hour in range(most)], "done": False}
        case kind if isinstance(answer := default(kind), Fields):
            yield kind.read(
                Fill("done", question.key, 1, 1, {name: (text,) for name, text in answer.items()}), None, {}
            )
        case _:
            yield True


def buttons_of(question: Question, known: Known) -> Iterator[Button]:
    for value in values_of(question):
        for row in question.kind.offer(value, known).rows:
            yield from (Button(button.label, button.act, question.key) for button in row)
    yield from (Button("", act, question.key) for act in ("keep", "skip", "back"))
    yield Button("", f"change:{question.key}")
    yield from (Button("", act) for act, _label in question.ways)


@pytest.mark.parametrize("dialog", DIALOGS.values(), ids=DIALOGS.keys())
def test_every_button_of_every_question_fits_and_comes_back(dialog: Dialog) -> None:
    known: Known = {
        "actors": {"items": [{"id": f"a{at}", "name": f"Actor {at}", "kind": "company"} for at in range(1, 100)]},
        "added_value": "together",
        "today": "2026-11-21",
    }
    count = 0
    for question in dialog.questions:
        for button in buttons_of(question, known):
            data = press.written(button, LATE, OLD)
            assert len(data.encode()) <= press.MOST
            back = press.read(data, "7")
            assert (back.act, back.key, back.ref) == (button.act, button.key, "7")
            assert (back.draft, back.version) in ((LATE, OLD), (0, 0))
            count += 1
    assert count >= 4


@given(draft=numbers, version=numbers, key=st.from_regex(KEY, fullmatch=True), act=acts)
def test_what_is_written_is_read(draft: int, version: int, key: str, act: str) -> None:
    try:
        data = press.written(Button("", act, key), draft, version)
    except ValueError:
        assert len(f"{press.base36(draft)}.{press.base36(version)}.{key}~{act}") > press.MOST
    else:
        assert press.read(data) == Press(act, key, draft, version)


@pytest.mark.parametrize(
    ("button", "data"),
    [
        (Button("", "menu"), "menu"),
        (Button("", "meeting", weight="plain"), "meeting"),
        (Button("", "send"), "1z.a.~send"),
        (Button("", "change:area"), "1z.a.~change:area"),
        (Button("", "yes", "scope"), "1z.a.scope~yes"),
        (Button("", "back", "scope"), "1z.a.scope~back"),
        (Button("", "resume"), "resume"),
    ],
)
def test_acts_of_the_conversation_go_alone(button: Button, data: str) -> None:
    assert press.written(button, 71, 10) == data


def test_without_a_draft_every_act_goes_alone() -> None:
    assert press.written(Button("", "change:area")) == "change:area"


def test_what_does_not_fit_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        press.written(Button("", "x" * 65))


@given(
    st.one_of(
        st.text(),
        st.text(string.ascii_lowercase + string.digits + ".~:_"),
        st.from_regex(r"[0-9a-z]+\.[0-9a-z]+\.[a-z]*~.*"),
    )
)
def test_made_up_data_is_read_without_harm(data: str) -> None:
    found = press.read(data)
    assert found.act == "" or press.ACT.fullmatch(found.act)
    assert found.act == "" or data.endswith(found.act)


@pytest.mark.parametrize(
    "data", ["", "open:²", "open:" + "9" * 30, "case:1'--", "a b", "lang:sv\0", "1.1.key~", "\u2067menu"]
)
def test_what_no_button_says_is_a_press_of_nothing(data: str) -> None:
    assert press.read(data).act == ""


def test_every_language_can_be_pressed() -> None:
    for code in (*languages(), "sv@easy"):
        act = f"lang:{code}"
        assert press.read(press.written(Button("", act))) == Press(act)
