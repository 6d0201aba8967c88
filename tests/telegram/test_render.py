"""From a reply to calls: what stands where, in both directions of writing."""

from datetime import UTC, datetime

import pytest

from bot.telegram.render import Call, as_new, render
from dialogs.language.replies import AnsweredQuestion, Ask, Button, Export, Receipt, Review, Tell
from dialogs.language.words import Moment, Words
from tests.telegram import markup

ASK = Ask(
    key="proposal",
    draft=7,
    version=3,
    place=(7, 22),
    label=Words("The proposal"),
    section=Words("Criterion 1"),
    ask=(Words("Body."), Words("What do you want?")),
    wording=Words("A mixed group <of> actors."),
    hint=Words("A few sentences."),
    so_far=("1 < 2\nline",),
    error=Words("Too long."),
    noted=AnsweredQuestion("scope", Words("Scope"), (Words("Yes"), "mine & yours")),
    rows=((Button("A", "a", "proposal"), Button("B", "b", "proposal")),),
    ways=(
        Button("Keep", "keep", "proposal", "quiet"),
        Button("Back", "back", "proposal", "quiet"),
        Button("Meet", "meeting"),
    ),
)


def keyboard(call: Call) -> list[list[tuple[str, str]]]:
    return [
        [(button["text"], button["callback_data"]) for button in row] for row in call["reply_markup"]["inline_keyboard"]
    ]


def test_a_question() -> None:
    (call,) = render(ASK, "en", 501)
    text, entities = markup.parse(call.pop("text"))
    assert text == (
        "✓ Scope: Yes and \u2068mine & yours\u2069\n\n⚠️ Too long.\n\n7 of 22 · Criterion 1 · The proposal\n\nA mixed group <of> actors.\n\nBody.\n\n"
        "Your answer so far:\n• 1 < 2\nline\n\nWhat do you want?\n\nA few sentences."
    )
    assert entities == [
        ("blockquote", "A mixed group <of> actors."),
        ("i", "Your answer so far:"),
        ("b", "What do you want?"),
        ("i", "A few sentences."),
    ]
    assert keyboard(call) == [
        [("A", "7.3.proposal~a"), ("B", "7.3.proposal~b")],
        [("Meet", "meeting")],
        [("Keep", "7.3.proposal~keep")],
        [("Back", "7.3.proposal~back"), ("☰ Menu", "menu")],
    ]
    del call["reply_markup"]
    assert call == {
        "method": "sendMessage",
        "chat_id": 501,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_what_stands_under_a_label_follows_it_closely() -> None:
    label, command = (
        Words("{label}:", {"label": Words("Actors")}),
        Words("{command} – {what}", {"command": "/start", "what": Words("Begin")}),
    )
    (call,) = render(
        Tell(
            (Words("This you said:"), label, "Brf & Co", "Vi", label, Words("Yes"), Words("The draft:"), "x", command)
        ),
        "en",
        501,
    )
    text, entities = markup.parse(call["text"])
    assert (
        text == "This you said:\n\nActors:\nBrf & Co\nVi\n\nActors:\nYes\n\nThe draft:\n\nx\n\u2068/start\u2069 – Begin"
    )
    assert entities == [("b", "Actors:"), ("b", "Actors:")]


def test_a_question_takes_the_place_of_its_message() -> None:
    (call,) = render(ASK, "en", 501, "40")
    assert (call["method"], call["message_id"]) == ("editMessageText", 40)
    assert as_new(call) == render(ASK, "en", 501)[0]


def test_what_is_no_question_or_too_long_takes_no_place() -> None:
    long = Ask("a", 1, 1, (1, 2), Words("A"), ("x" * 5000,))
    for reply in (Tell(("hello",)), long):
        assert {call["method"] for call in render(reply, "en", 501, "40")} == {"sendMessage"}


def test_something_said() -> None:
    (call,) = render(
        Tell(
            (Words("One."), "<b>two</b>", Words("• three"), Words("• four")),
            title=Words("Title"),
            tone="trouble",
            rows=((Button("Menu", "menu"),),),
        ),
        "en",
        501,
    )
    assert markup.parse(call["text"]) == ("⚠️ Title\n\nOne.\n\n<b>two</b>\n• three\n• four", [("b", "⚠️ Title")])
    assert keyboard(call) == [[("Menu", "menu")]]


def test_something_said_without_a_title_is_marked_at_its_first_words() -> None:
    (call,) = render(Tell((Words("One."), Words("Two.")), tone="good"), "en", 501)
    assert call["text"] == "✅ One.\n\nTwo."
    assert "reply_markup" not in call


def test_the_sure_button_belongs_to_its_draft() -> None:
    (call,) = render(
        Tell((Words("Send?"),), rows=((Button("Yes", "sure"),), (Button("Not yet", "resume"),)), draft=7, version=3),
        "en",
        501,
    )
    assert keyboard(call) == [[("Yes", "7.3.~sure")], [("Not yet", "resume")]]


def test_a_long_review_is_split_and_its_buttons_stand_at_the_end() -> None:
    lines = (
        *(
            AnsweredQuestion(
                f"q{at}", Words(f"Question {at}"), ("ä" * 2900,), Words("Part one" if at < 3 else "Part two")
            )
            for at in range(5)
        ),
        AnsweredQuestion("none", Words("Left out"), ()),
    )
    calls = render(
        Review(
            7,
            3,
            Words("Yours"),
            (Words("Read it."),),
            lines,
            ((Button("Send", "send"),), (Button("Change", "change"), Button("Back", "back"))),
        ),
        "en",
        501,
    )
    assert len(calls) == 5
    assert ["reply_markup" in call for call in calls] == [False, False, False, False, True]
    said = [markup.parse(call["text"]) for call in calls]
    assert all(markup.units(text) <= 4096 for text, _entities in said)
    assert sum(text.count("Part one") for text, _entities in said) == 1
    assert said[-1][0].endswith("Left out\n–")
    assert keyboard(calls[-1]) == [
        [("Send", "7.3.~send")],
        [("Change", "7.3.~change"), ("Back", "7.3.~back")],
        [("☰ Menu", "menu")],
    ]


def test_a_receipt() -> None:
    reply = Receipt(
        "SAM-2025-0001",
        Moment(datetime(2025, 3, 3, 12, tzinfo=UTC)),
        Words("It has arrived"),
        (Words("Next."),),
        ((Button("Status", "status"),),),
    )
    text, entities = markup.parse(render(reply, "en", 501)[0]["text"])
    assert (
        text
        == "✅ It has arrived\n\nReference number: \u2068SAM-2025-0001\u2069\nReceived: 3 March 2025 at 13:00\n\nNext."
    )
    assert entities == [("b", "✅ It has arrived"), ("b", "SAM-2025-0001")]


def test_an_export_leaves_its_bytes_to_the_sender() -> None:
    assert render(Export((Words("Everything."),)), "en", 501) == [
        {"method": "sendDocument", "chat_id": 501, "caption": "Everything.", "parse_mode": "HTML", "document": None}
    ]


def test_our_lines_run_from_right_to_left_where_the_language_does_and_what_a_person_wrote_does_not() -> None:
    (call,) = render(Tell((Words("PDF\nDOCX"), "Hej"), title=Words("Title")), "he", 501)
    assert call["text"] == "<b>\u200fTitle</b>\n\n\u200fPDF\n\u200fDOCX\n\nHej"


def test_a_long_label_is_shortened() -> None:
    (call,) = render(Tell((Words("x"),), rows=((Button("ö" * 200, "menu"),),)), "sv", 501)
    assert keyboard(call) == [[("ö" * 59 + "…", "menu")]]


@pytest.mark.parametrize("text", ["<b>", "&lt;", "</b></i>", "<script>alert(1)</script>", "=1+1", "a & b < c > d"])
def test_what_a_person_wrote_is_shown_as_it_is(text: str) -> None:
    for reply in (
        Tell((text, Words("Draft {name}", {"name": text}))),
        Ask("k", 1, 1, (1, 2), Words("L"), (Words("Q"),), so_far=(text,)),
        Review(1, 1, Words("T"), (), (AnsweredQuestion("k", Words("L"), (text,)),), ()),
    ):
        said, _entities = markup.parse(render(reply, "en", 501)[0]["text"])
        assert text in said
