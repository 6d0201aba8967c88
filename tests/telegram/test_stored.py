"""What is held reads back exactly."""

import json

import pytest

from bot.telegram.hear import Brought, Heard, Offered
from bot.telegram.stored import EVENTS, as_stored, read
from dialogs.language.events import Attach, Command, Event, Filed, Fill, Misfit, Point, Press, Revise, Say, Start

SAID: tuple[Event, ...] = (
    Start(),
    Start("payload"),
    Say("سلام\u200cها \\u0000 \U0001f333", "7"),
    Say("x", over=3),
    Revise("x", "7"),
    Press("set:money", "contributes", 3, 4, "7"),
    Fill("done", "area", 3, 4, {"text": ("a", "b")}),
    Attach((Filed("ab", "plan.pdf", "application/pdf", 3),), ("too_big",), "papers", 3),
    Point(55.5906123456789, 13.0084),
    Misfit("sticker"),
    Command("forget", "all"),
)


def test_every_event_is_here() -> None:
    assert {type(event).__name__ for event in SAID} == set(EVENTS)


@pytest.mark.parametrize("event", SAID, ids=lambda event: type(event).__name__)
def test_what_was_heard(event: Event) -> None:
    heard = Heard(501, "sv", (7,), event, at=100, cut=True)
    assert read(json.loads(json.dumps(as_stored(heard))), 501, 7) == heard


def test_what_was_brought() -> None:
    for brought in (
        Brought(501, "", (7,), (Offered("id", "plan.pdf"),), album="a"),
        Brought(501, "sv", (7,), (), ("too_big",)),
    ):
        assert read(json.loads(json.dumps(as_stored(brought))), 501, 7) == brought


def test_neither_chat_nor_update_nor_name_is_stored_twice() -> None:
    stored = json.dumps(as_stored(Heard(123456789, "sv", (987654321,), Say("x"), "callback")))
    assert not any(one in stored for one in ("123456789", "987654321", "callback"))


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {},
        {"type": "Song"},
        {"type": "Heard", "locale": "", "event": {"type": "Sing", "is": {}}, "at": 1, "cut": False},
    ],
)
def test_what_another_version_has_written_is_nothing(stored: object) -> None:
    assert read(stored, 501, 7) is None
