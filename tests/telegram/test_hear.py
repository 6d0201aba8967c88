"""From an update to an event: every kind of update there is, and every kind there is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.hear import Brought, Crowd, Heard, Offered, hear
from dialogs.language.events import Command, Event, Misfit, Point, Press, Revise, Say, Start, Unfit

ME = {"id": 501, "is_bot": False, "first_name": "Sara", "language_code": "sv"}
CHAT = {"id": 501, "type": "private", "first_name": "Sara"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"message_id": 42, "date": 1_700_000_000, "chat": CHAT, "from": ME, **content}}


def event(update: Any) -> Event:
    heard = hear(update)
    assert isinstance(heard, Heard)
    assert (heard.chat, heard.locale, heard.updates) == (501, "sv", (7,))
    return heard.event


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Start()),
        ("/start abc_-9", Start("abc_-9")),
        ("/start@guide_bot  abc ", Start("abc")),
        ("/Menu", Command("menu")),
        ("/help@guide_bot", Command("help")),
        ("/nonsense with\nmore", Command("nonsense", "with\nmore")),
        ("hello", Say("hello", "42")),
        ("/ no command", Say("/ no command", "42")),
        ("/home/sara/file", Say("/home/sara/file", "42")),
        ("/", Say("/", "42")),
        (" /start", Say(" /start", "42")),
    ],
)
def test_text(text: str, expected: object) -> None:
    assert event(message(text=text)) == expected


def test_a_forwarded_message_is_a_message() -> None:
    assert event(
        message(text="from a friend", forward_origin={"type": "hidden_user", "sender_user_name": "A", "date": 1})
    ) == Say("from a friend", "42")


def test_an_edit_names_its_message() -> None:
    update = {"update_id": 7, "edited_message": message(text="better", edit_date=1)["message"]}
    assert event(update) == Revise("better", "42")


def test_an_edit_without_words_is_nothing() -> None:
    assert (
        hear(
            {
                "update_id": 7,
                "edited_message": message(location={"latitude": 1, "longitude": 2}, edit_date=1)["message"],
            }
        )
        is None
    )


def test_a_press() -> None:
    update = {
        "update_id": 7,
        "callback_query": {
            "id": "99",
            "from": ME,
            "data": "1z.a.scope~yes",
            "message": {"message_id": 40, "date": 0, "chat": CHAT},
        },
    }
    heard = hear(update)
    assert isinstance(heard, Heard)
    assert heard.event == Press("yes", "scope", 71, 10, "40")
    assert heard.callback == "99"


def test_a_press_without_data_shows_where_one_is() -> None:
    assert event(
        {
            "update_id": 7,
            "callback_query": {
                "id": "99",
                "from": ME,
                "game_short_name": "x",
                "message": {"message_id": 40, "date": 0, "chat": CHAT},
            },
        }
    ) == Press("", ref="40")


def test_a_press_on_an_inline_message_is_nobodys() -> None:
    assert (
        hear({"update_id": 7, "callback_query": {"id": "99", "from": ME, "data": "menu", "inline_message_id": "1"}})
        is None
    )


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 55.6, "longitude": 13.0}},
        {
            "venue": {"location": {"latitude": 55.6, "longitude": 13.0}, "title": "T", "address": "A"},
            "location": {"latitude": 55.6, "longitude": 13.0},
        },
        {"venue": {"location": {"latitude": 55.6, "longitude": 13}, "title": "T", "address": "A"}},
    ],
)
def test_a_place(content: dict[str, Any]) -> None:
    assert event(message(**content)) == Point(55.6, 13.0)


@pytest.mark.parametrize(
    ("content", "offered"),
    [
        ({"document": {"file_id": "D", "file_name": "plan.pdf", "file_size": 5}}, Offered("D", "plan.pdf")),
        ({"document": {"file_id": "D"}}, Offered("D", "file-42")),
        ({"voice": {"file_id": "V", "duration": 3}}, Offered("V", "voice-42.ogg")),
        ({"audio": {"file_id": "A", "duration": 3}}, Offered("A", "audio-42.m4a")),
        (
            {
                "photo": [
                    {"file_id": "S", "width": 90, "height": 60},
                    {"file_id": "L", "width": 1280, "height": 960},
                    {"file_id": "M", "width": 320, "height": 240},
                ]
            },
            Offered("L", "photo-42.jpg"),
        ),
        ({"live_photo": {}, "photo": [{"file_id": "L", "width": 1, "height": 1}]}, Offered("L", "photo-42.jpg")),
        ({"document": {"file_id": "D", "file_name": "x.pdf"}, "caption": "our plan"}, Offered("D", "x.pdf")),
    ],
)
def test_files(content: dict[str, Any], offered: Offered) -> None:
    assert hear(message(**content)) == Brought(501, "sv", (7,), (offered,))


def test_a_file_that_is_too_big_is_not_fetched() -> None:
    assert hear(message(document={"file_id": "D", "file_size": 30_000_000})) == Brought(
        501, "sv", (7,), (), ("too_big",)
    )
    assert hear(message(document={"file_id": "D", "file_size": 20_000_000})) == Brought(
        501, "sv", (7,), (Offered("D", "file-42"),)
    )


def test_an_album_is_named() -> None:
    heard = hear(message(photo=[{"file_id": "L", "width": 1, "height": 1}], media_group_id="12"))
    assert isinstance(heard, Brought)
    assert heard.album == "12"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"sticker": {"file_id": "S"}}, "sticker"),
        ({"animation": {"file_id": "A"}, "document": {"file_id": "A"}}, "sticker"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "sticker"),
        ({"video": {"file_id": "V", "file_size": 99}}, "wrong_type"),
        ({"video_note": {"file_id": "V"}}, "wrong_type"),
        ({"contact": {"phone_number": "+46"}}, "contact"),
        ({"poll": {"id": "1"}}, "other"),
        ({"story": {}}, "other"),
        ({"checklist": {}}, "other"),
        ({"something_of_next_year": {}}, "other"),
        ({}, "other"),
        ({"location": {"latitude": "north", "longitude": 1}}, "other"),
    ],
)
def test_misfits(content: dict[str, Any], what: Unfit) -> None:
    assert event(message(**content)) == Misfit(what)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 7},
        {"update_id": 7, "poll": {"id": "1"}},
        {"update_id": 7, "inline_query": {"id": "1", "from": ME}},
        {"update_id": 7, "channel_post": {"message_id": 1, "chat": {"id": -1, "type": "channel"}, "text": "hello"}},
        {"update_id": 7, "my_chat_member": {"chat": CHAT, "from": ME, "new_chat_member": {"status": "kicked"}}},
        message(pinned_message={"message_id": 1}),
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 1}),
        message(text="I am a bot") | {"message": message(text="x")["message"] | {"from": {"id": 1, "is_bot": True}}},
        {"update_id": 7, "message": {"message_id": 1, "text": "no chat"}},
    ],
)
def test_nothing_was_said(update: Any) -> None:
    assert hear(update) is None


GROUP = {"id": -100500, "type": "supergroup", "title": "Street"}


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 7, "message": {"message_id": 1, "chat": GROUP, "from": ME, "text": "/start@guide_bot"}},
        {"update_id": 7, "my_chat_member": {"chat": GROUP, "from": ME, "new_chat_member": {"status": "member"}}},
    ],
)
def test_a_group(update: Any) -> None:
    assert hear(update) == Crowd(-100500, "sv", (7,))


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 7, "message": {"message_id": 1, "chat": GROUP, "from": ME, "left_chat_member": ME}},
        {"update_id": 7, "my_chat_member": {"chat": GROUP, "from": ME, "new_chat_member": {"status": "left"}}},
        {"update_id": 7, "edited_message": {"message_id": 1, "chat": GROUP, "from": ME, "text": "x"}},
        {
            "update_id": 7,
            "callback_query": {"id": "1", "from": ME, "data": "menu", "message": {"message_id": 1, "chat": GROUP}},
        },
    ],
)
def test_nothing_was_said_in_a_group(update: Any) -> None:
    assert hear(update) is None


names = st.sampled_from(
    (
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat",
        "from",
        "id",
        "type",
        "text",
        "data",
        "update_id",
        "message_id",
        "date",
        "photo",
        "document",
        "voice",
        "file_id",
        "file_size",
        "file_name",
        "location",
        "latitude",
        "longitude",
        "venue",
        "media_group_id",
        "language_code",
        "sticker",
        "width",
        "height",
        "new_chat_member",
        "status",
        "pinned_message",
    )
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=9),
    st.sampled_from(("private", "group", "/start", "member", 501)),
)
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=6), max_leaves=25
)


@given(anything)
def test_hearing_never_fails(update: Any) -> None:
    assert hear(update) is None or isinstance(hear(update), Heard | Brought | Crowd)


@given(st.dictionaries(names, anything, max_size=8))
def test_hearing_a_strange_message_never_fails(content: dict[str, Any]) -> None:
    heard = hear({"update_id": 7, "message": {"chat": CHAT, "from": ME} | content})
    assert heard is None or isinstance(heard, Heard | Brought | Crowd)
