"""What each kind of answer reads, accepts, shows and offers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine.declare import Question
from dialogs.engine.draft import Draft
from dialogs.engine.turn import turn
from dialogs.kinds.items import kinds_in
from dialogs.kinds.kind import (
    CONTINUE,
    AnswerControls,
    AnswerEvent,
    Kind,
    Known,
    Layout,
    Refusal,
    Value,
    pressed,
    takes_files,
)
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import title_of
from dialogs.language.events import Attach, Filed, Fill, Misfit, Point, Press, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, _
from tests.dialogs.kinds import declared
from tests.dialogs.kinds.every_kind import KINDS, OPTIONS, files, fill
from tests.dialogs.small import WRITER, dialog

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "red", "a1", "a²", "x" * 30, "kim@example.se", "070-174 06 35"])
    | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*declared.FIELDS, "done", "items", "open", "kind", "flag", "files", "sha256", "mime", "size"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
EVENTS = st.one_of(
    st.builds(Say, st.text(max_size=30)),
    st.builds(
        Press,
        st.sampled_from(
            [
                *declared.ACTS,
                "red",
                "set:red",
                "clear:red",
                "done",
                "on",
                "kind:a1:red",
                "flag:a1:no",
                "open:a1",
                "remove:a1",
                "unpin",
                "close",
                "yes",
            ]
        ),
    ),
    st.builds(
        Attach,
        st.lists(
            st.builds(
                Filed,
                st.sampled_from(["a" * 64, "b" * 64, "c" * 64]),
                st.just("x.png"),
                st.just("image/png"),
                st.just(5),
            ),
            max_size=3,
        ).map(tuple),
    ),
    st.builds(Point, st.floats(), st.floats()),
    st.builds(Misfit, st.sampled_from(["sticker", "too_big", "other"])),
    st.builds(
        Fill,
        st.sampled_from(["", "add", "done"]),
        st.just("k"),
        st.just(1),
        st.just(1),
        st.dictionaries(
            st.sampled_from(declared.FIELDS),
            st.lists(st.text(max_size=9), max_size=2).map(tuple),
        ),
    ),
)


@pytest.mark.parametrize("name", KINDS)
@given(value=JSON)
def test_whatever_is_stored_never_raises(name: str, value: Any) -> None:
    kind = KINDS[name]
    assert kind.accepts(value, {}) in (True, False)
    kind.show(value, {})
    controls = kind.offer(value, {})
    layout = kind.layout(controls.rows)
    assert layout.submits or layout.rows, "a form of it can be sent"
    assert not (layout.chooses and controls.fields), "alternatives alone, or fields"


@pytest.mark.parametrize("name", KINDS)
@given(value=JSON, event=EVENTS)
def test_whatever_is_sent_is_read_or_refused_with_words(name: str, value: Any, event: AnswerEvent) -> None:
    kind = KINDS[name]
    read = kind.read(event, value, {})
    after = read.value if isinstance(read, Refusal) else read
    kind.show(after, {})
    kind.offer(after, {})
    if isinstance(read, Refusal):
        assert read.words.id


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_takes_files_if_it_keeps_one(name: str) -> None:
    """It says so by a field of its form, so that whatever stands in front of it fetches files for no other."""
    read = KINDS[name].read(Attach((Filed("0" * 64, "plan.pdf", "application/pdf", 9),)), None, {})
    assert takes_files(KINDS[name]) != isinstance(read, Refusal)


def value_of(kind: Kind, *events: AnswerEvent) -> Any:
    """The value after these events; AssertionError when one is refused."""
    value = None
    for event in events:
        value = kind.read(event, value, {})
        assert not isinstance(value, Refusal), value.words.id
    return value


ANSWERS: list[tuple[str, list[AnswerEvent], Any]] = [
    ("text", [Say("Hello")], "Hello"),
    ("text", [fill(text="Hello")], "Hello"),
    ("one", [Press("blue")], "blue"),
    ("yes_no", [Press("no")], "no"),
    ("card", [Press("on")], True),
    (
        "several",
        [Press("set:blue"), Press("set:red"), Press("set:red"), Press("done")],
        {"ids": ["red", "blue"], "words": "", "done": True},
    ),
    (
        "several",
        [Press("set:blue"), Press("set:red"), Press("clear:blue"), Press("done")],
        {"ids": ["red"], "words": "", "done": True},
    ),
    ("about", [Press("set:red"), Say("Because.")], {"ids": ["red"], "words": "Because.", "done": True}),
    ("about", [fill(ids=("blue",), words="Because.")], {"ids": ["blue"], "words": "Because.", "done": True}),
    ("any", [Press("done")], {"ids": [], "words": "", "done": True}),
    ("contact", [Say("Sara Ali, sara@example.se")], {"name": "Sara Ali", "email": "sara@example.se", "phone": ""}),
    ("contact", [Say("سارا علی، sara@example.se")], {"name": "سارا علی", "email": "sara@example.se", "phone": ""}),
    (
        "contact",
        [Say("سارة علي،sara@example.se؛٠٧٠١٧٤٠٦٣٥")],
        {"name": "سارة علي", "email": "sara@example.se", "phone": "+46701740635"},
    ),
    ("contact", [Say("070-174 06 35"), Say("Sara Ali")], {"name": "Sara Ali", "email": "", "phone": "+46701740635"}),
    (
        "contact",
        [Say("Sara Ali"), Say("sara@example.se; 0701740635")],
        {"name": "Sara Ali", "email": "sara@example.se", "phone": "+46701740635"},
    ),
    (
        "contact",
        [fill(name="Sara", email="sara@example.se", phone="")],
        {"name": "Sara", "email": "sara@example.se", "phone": ""},
    ),
    (
        "place",
        [Say("Torget\n- Norra gatan\n• Hörnet")],
        {"words": "Torget", "bounds": ["Norra gatan", "Hörnet"], "pin": None, "done": True},
    ),
    (
        "place",
        [Point(55.604981, 13.003822), Say("Torget")],
        {"words": "Torget", "bounds": [], "pin": [55.60498, 13.00382], "done": True},
    ),
    ("place", [Point(55.6, 13.0), Press("done")], {"words": "", "bounds": [], "pin": [55.6, 13.0], "done": True}),
    (
        "place",
        [fill(words="Torget", bounds="A\nB", pin="55.6, 13")],
        {"words": "Torget", "bounds": ["A", "B"], "pin": [55.6, 13.0], "done": True},
    ),
    (
        "items",
        [
            Say("- A\n- B\nA"),
            Press("kind:a1:red"),
            Press("kind:a2:blue"),
            Press("open:a2"),
            Press("flag:a2:no"),
            Press("done"),
        ],
        {
            "items": [
                {"id": "a1", "name": "A", "kind": "red", "flag": True},
                {"id": "a2", "name": "B", "kind": "blue", "flag": False},
            ],
            "open": "",
            "done": True,
        },
    ),
    (
        "items",
        [
            Say("A\nB"),
            Press("remove:a1"),
            Press("open:a2"),
            Say("C"),
            Say("D"),
            Press("kind:a2:red"),
            Press("kind:a3:red"),
            Press("done"),
        ],
        {
            "items": [
                {"id": "a2", "name": "C", "kind": "red", "flag": True},
                {"id": "a3", "name": "D", "kind": "red", "flag": True},
            ],
            "open": "",
            "done": True,
        },
    ),
    (
        "items",
        [fill("add", new__name="A", new__kind="red"), fill("done", a1__name="B", a1__kind="blue", a1__flag=())],
        {"items": [{"id": "a1", "name": "B", "kind": "blue", "flag": False}], "open": "", "done": True},
    ),
]


@pytest.mark.parametrize(("name", "events", "value"), ANSWERS)
def test_an_answer_is_read_accepted_and_shown(name: str, events: list[AnswerEvent], value: Any) -> None:
    kind = KINDS[name]
    assert value_of(kind, *events) == value
    assert kind.accepts(value, {})
    assert kind.show(value, {}) or name in ("card", "any")


REFUSED: list[tuple[str, list[AnswerEvent], str]] = [
    ("text", [Say("")], "That was empty"),
    ("text", [Say("x" * 21)], "too many"),
    ("text", [Misfit("sticker")], "stickers"),
    ("text", [Attach(())], "cannot take a file"),
    ("text", [Point(55, 13)], "place on the map"),
    ("one", [Press("green")], "choose one of the buttons"),
    ("one", [Say("red")], "choose one of the buttons"),
    ("one", [Misfit("sticker")], "choose one of the buttons"),
    ("card", [Say("yes")], "press a button"),
    ("several", [Press("done")], "at least one"),
    ("several", [Say("red")], "choose with the buttons"),
    ("about", [Press("set:red"), Say("x" * 3001)], "too many"),
    ("about", [Say("Because.")], "at least one"),
    ("contact", [Say("Sara"), Say("Ali")], "I need an e-mail address"),
    ("contact", [Say("sara@")], "does not look like an e-mail"),
    ("contact", [Say("070-12 34")], "does not look like a phone"),
    ("contact", [Say("12345")], "does not look like a phone"),
    ("contact", [Say("!?")], "write a name"),
    ("contact", [Say("x" * 130)], "long for a name"),
    ("contact", [fill(name="", email="sara@example.se", phone="")], "your name"),
    ("contact", [fill(name="Sara", email="", phone="")], "one is enough"),
    ("place", [Say("")], "where it is"),
    ("place", [Say("x" * 3001)], "too many"),
    ("place", [Point(float("nan"), 13)], "where it is"),
    ("items", [Say(" - ")], "at least one name"),
    ("items", [Press("done")], "at least one name"),
    ("items", [Say("A"), Press("done")], "choose first what"),
    ("items", [Say("A\nB\nC\nD")], "fit here"),
    ("items", [Say("x" * 121)], "long for a name"),
    ("items", [fill("done", new__name="x" * 121)], "long for a name"),
    ("files", [Say("here")], "send a file"),
    ("files", [Misfit("too_big")], "{mb} MB"),
    ("files", [Press("done")], "send a file"),
]


@pytest.mark.parametrize(("name", "events", "part"), REFUSED)
def test_what_is_no_answer_is_refused_with_what_to_do(name: str, events: list[AnswerEvent], part: str) -> None:
    kind = KINDS[name]
    *before, last = events
    read = kind.read(last, value_of(kind, *before), {})
    assert isinstance(read, Refusal)
    assert part in f"{read.words.id} {read.words.plural}"
    assert not kind.accepts(read.value, {})


def test_files_come_and_go_and_what_there_is_room_for_is_kept() -> None:
    kind = KINDS["files"]
    held = value_of(kind, Attach(files("a")), Attach(files("a", "b")))
    assert [file["name"] for file in held["files"]] == ["a.png", "b.png"]
    full = kind.read(Attach(files("c")), held, {})
    assert isinstance(full, Refusal)
    assert full.value == held
    assert not full.gained
    whole = value_of(kind, Attach(files("a")), Press("done"))
    assert kind.accepts(whole, {})
    more = kind.read(Attach(files("b"), ("too_big",)), whole, {})
    assert isinstance(more, Refusal)
    assert more.gained
    assert len(more.value["files"]) == 2
    assert value_of(kind, Attach(files("a", "b")), Press("remove:" + "a" * 12))["files"][0]["name"] == "b.png"


def test_only_what_takes_part_counts_for_the_mix() -> None:
    value = value_of(KINDS["items"], Say("A\nB"), Press("kind:a1:red"), Press("kind:a2:blue"))
    assert kinds_in(value) == {"red", "blue"}
    assert kinds_in(
        value_of(KINDS["items"], Say("A\nB"), Press("kind:a1:red"), Press("kind:a2:blue"), Press("flag:a2:no"))
    ) == {"red"}
    assert kinds_in(None) == set()


def test_a_place_has_a_short_name() -> None:
    assert title_of(value_of(KINDS["place"], Say("Torget\nGatan"))) == "Torget"
    assert title_of(value_of(KINDS["place"], Point(55.6, 13.0), Press("done"))) == "55.6, 13.0"
    assert len(title_of({"words": "x" * 100})) == 60
    assert title_of(None) == ""


def test_an_option_that_is_gone_is_no_answer() -> None:
    fewer = OneChoice(OPTIONS[:1])
    assert KINDS["one"].accepts("blue", {})
    assert not fewer.accepts("blue", {})
    assert fewer.show("blue", {}) == ()


class Share:
    """A share in per cent: a field, and a button beside it."""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        if pressed(event) == "half":
            return {"share": 50, "why": (value or {}).get("why", "")}
        match event:
            case Fill(fields=fields) if "".join(fields.get("share", ())).isdecimal():
                return {"share": int(fields["share"][0]), "why": "".join(fields.get("why", ()))}
            case Fill(fields=fields):
                return Refusal(_("Please write a number."), {"share": None, "why": "".join(fields.get("why", ()))})
        return Refusal(_("Please write a number."))

    def accepts(self, value: Value, known: Known) -> bool:
        return isinstance(value, dict) and isinstance(value.get("share"), int)

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (_("{share} %", share=value["share"]),) if self.accepts(value, known) else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        rows = ((Button(_("Half"), "half"),),)
        return AnswerControls(rows, (Field("share", "number", _("Share")), Field("why", "line", _("Why"))))

    def layout(self, rows: Rows) -> Layout:
        return Layout((CONTINUE,), rows)


def test_a_button_beside_fields_is_a_press_and_what_is_written_is_kept() -> None:
    of = dialog(Question("share", _("Share"), _("Which share?"), Share()))
    for act, share, written in (("half", "", 50), ("done", "20", 20), ("half", "20", 50)):
        event = Fill(act, "share", 1, 0, {"share": (share,), "why": ("Because.",)})
        taken = turn(of, Draft(1), event, WRITER)
        assert taken.draft.value("share") == {"share": written, "why": "Because."}, act


def test_a_form_that_nobody_draws_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="no form 'slider'"):
        Field("share", "slider", _("Share"))  # type: ignore[arg-type]
