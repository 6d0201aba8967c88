"""What a person may do at random: anything at all, or what gets them on."""

from typing import Any

from hypothesis import strategies as st

from dialogs.applicants.rooms import COMMANDS
from dialogs.language.events import Attach, Command, Event, Filed, Fill, Misfit, Point, Press, Revise, Say, Start
from dialogs.language.replies import Ask, Button, Reply, Review
from dialogs.language.words import cleaned
from dialogs.phases.steps import DIALOGS
from tests.dialogs.world import World
from tests.house import buttons, press

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "Kim Berg kim@example.se",
            "070-174 06 35",
            "Ett\nTvå\n- Tre",
            "<b>&amp;",
            "=1+1",
            "x" * 3001,
            "\x00\u202e",
            "نص عربي",
            "👩‍👩‍👧",
            "²",
            "\u200c",
            "3/12",
            "2199-12-03 14:00\n2199-12-04 14:00",
            "50 000 kr",
        ]
    ),
    st.text(max_size=60),
)
FLOATS = st.floats(allow_nan=True, allow_infinity=True)
KEYS = st.sampled_from(
    sorted({question.key for dialog in DIALOGS.values() for question in dialog.questions} | {"", "x"})
)
ACTS = st.one_of(
    st.sampled_from(
        [
            "home",
            "menu",
            "resume",
            "accept",
            "cancel",
            "back",
            "skip",
            "keep",
            "change",
            "send",
            "sure",
            "done",
            "on",
            "set:",
            "kind:a1:other",
            "open:a1",
            "remove:",
            "unpin",
            "quiet",
            "delete",
            "lang:ar",
            "lang:sv",
            "lang:xx",
            "open:²",
            "delete3:²",
            "withdraw:9" * 9,
            "help:99",
            "change:area",
            "change:",
            "add",
            "met",
            "not_yet",
        ]
    ),
    st.text(max_size=20),
)
FILES = st.builds(
    Filed,
    st.sampled_from(["a" * 64, "b" * 64, "c" * 64]),
    st.text(max_size=20),
    st.just("image/png"),
    st.integers(1, 9),
)
UNFIT = st.sampled_from(["sticker", "too_big", "wrong_type", "empty_file", "damaged", "contact", "other"])
NUMBERS = st.integers(-1, 4)
REFS = st.sampled_from(["", "m1", "m2", "m3"])


@st.composite
def strays(draw: Any) -> Event:
    """Anything at all, from no button that was offered."""
    event: Event = draw(
        st.one_of(
            st.builds(Start, st.text(max_size=5)),
            st.builds(Say, TEXTS, REFS),
            st.builds(Revise, TEXTS, REFS),
            st.builds(Press, ACTS, KEYS, NUMBERS, NUMBERS),
            st.builds(
                Fill,
                ACTS,
                KEYS,
                NUMBERS,
                NUMBERS,
                st.dictionaries(
                    st.sampled_from(
                        [
                            "text",
                            "words",
                            "ids",
                            "name",
                            "email",
                            "pin",
                            "new.name",
                            "a1.kind",
                            "date",
                            "time1",
                            "amount",
                        ]
                    ),
                    st.lists(TEXTS, max_size=2).map(tuple),
                    max_size=3,
                ),
            ),
            st.builds(Attach, st.lists(FILES, max_size=12).map(tuple), st.lists(UNFIT, max_size=1).map(tuple)),
            st.builds(Point, FLOATS, FLOATS),
            st.builds(Misfit, UNFIT),
            st.builds(Command, st.sampled_from([*COMMANDS, "x"]) | st.text(max_size=5)),
        )
    )
    return event


def form(last: Reply, draw: Any) -> Event:
    """The question's form, sent as the web sends it, with anything in its fields."""
    if not isinstance(last, Ask):
        return Start()
    acts = [button.act for row in last.rows for button in row]
    fields = {}
    for field in last.fields:
        values = TEXTS if not field.choices else st.sampled_from([choice.id for choice in field.choices])
        fields[field.name] = tuple(
            cleaned(text) if field.form != "lines" else text for text in draw(st.lists(values, max_size=2))
        )
    return Fill(draw(st.sampled_from(["", "add", "done", *acts])), last.key, last.draft, last.version, fields)


def offered(shown: list[Reply]) -> list[tuple[Button, Reply]]:
    """Every button of the last replies."""
    return [(button, reply) for reply in shown for button in buttons(reply)]


def words(asked: Ask) -> str:
    """Words that answer a question."""
    forms = [field.form for field in asked.fields]
    match forms[:1]:
        case ["date"]:
            return asked.fields[0].last or "2199-12-03"
        case ["datetime"]:
            return "\n".join(f"2199-12-{day:02} 14:00" for day, _form in enumerate(forms, 3))
        case ["number"]:
            return "50 000 kr"
    return "Kim Berg kim@example.se" if asked.key == "contact" else "Some words"


def sensible(world: World, draw: Any, wander: bool = True) -> Event:
    """What somebody does who wants to get on: a button that is no way back, or words where words are asked for."""
    last = world.shown[-1]
    if isinstance(last, Ask):
        onward = [
            button for row in last.rows for button in row if not button.act.startswith(("change", "remove", "open"))
        ]
        done = [button for button in (*onward, *last.ways) if button.act in ("done", "on", "skip")]
        chosen = any(button.act.startswith("clear:") for button in onward)
        if wander and onward and draw(st.booleans()):
            return press(draw(st.sampled_from(onward)), last)
        if done:
            return press(done[0], last)
        if onward and not chosen and onward[0].act != "unpin":
            return press(draw(st.sampled_from(onward)), last)
        return Say(words(last), draw(REFS))
    sure = [button for button, _reply in offered(world.shown) if button.act in ("send", "sure", "new", "resume")]
    return press(sure[0], last) if sure else Start()


def send(world: World, begin: str, draw: Any) -> None:
    """Go through a dialog, with detours at first, and send it twice."""
    world.does(Press(begin))
    for step in range(150):
        if isinstance(world.shown[-1], Review):
            break
        world.does(sensible(world, draw, wander=step < 60))
    review = world.shown[-1]
    assert isinstance(review, Review)
    for act in ("send", "sure", "sure"):
        world.does(Press(act, "", review.draft, review.version))
    assert world.shown[-1].type == "receipt"
