"""What is a code that somebody writes, and what is an answer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dialogs.applicants import confirm_address
from dialogs.applicants.acts import Confirm
from dialogs.applicants.conversation import converse
from dialogs.applicants.where import House, Open, SentCase, Standing
from dialogs.engine.draft import Answer, Draft, current
from dialogs.language.events import Fill, Press, Say
from dialogs.language.replies import Tell
from dialogs.phases.always.meeting import DIALOG as MEETING
from dialogs.phases.initiation.application import APPLICATION

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAITS = SentCase(5, "SAM-2026-0005", "Torget", NOW, "sent", True, unconfirmed=True)
STANDING = Standing(1, "en", "1", 0, (), (WAITS,), (), House({"en": "English"}, "box@example.se"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("123456", "123456"),
        (" 123 456\n", "123456"),
        ("123-456", "123456"),
        ("١٢٣٤٥٦", "123456"),
        ("12345", ""),
        ("1234567", ""),
        ("123456 kronor", ""),
        ("", ""),
    ],
)
def test_six_digits_of_any_script_are_a_code(text: str, code: str) -> None:
    assert confirm_address.code_in(text) == code


def test_it_is_one_only_while_an_address_waits() -> None:
    assert confirm_address.meant(STANDING, "123456") == "123456"
    assert confirm_address.meant(replace(STANDING, sent=(replace(WAITS, unconfirmed=False),)), "123456") == ""


def test_where_digits_are_asked_for_they_are_the_answer() -> None:
    here = Open(Draft(7), MEETING.key, 5, NOW)
    at_it = replace(STANDING, at_hand=7, open=(here,))
    assert confirm_address.meant(at_it, "123456") == "123456", "the first question asks for words"
    said = {key: Answer(value, 1, "en", NOW) for key, value in (("about", "A bench."), ("share", "no"))}
    at_contact = replace(at_it, open=(replace(here, draft=Draft(7, answers=said)),))
    asked = current(MEETING, Draft(7, answers=said))
    assert asked
    assert asked.key == "contact"
    assert confirm_address.meant(at_contact, "123456") == "", "it may be a telephone number"


@pytest.mark.parametrize(
    ("event", "act"),
    [
        (Say("123456"), Confirm("123456")),
        (Fill("code", "", 0, 0, {"code": (" 123 456 ",)}), Confirm("123456")),
        (Press("code"), Confirm()),
        (Press("newcode:5"), Confirm(case=5)),
        (Press("newcode:x"), Confirm()),
    ],
)
def test_what_is_done_about_it(event: Say | Fill | Press, act: Confirm) -> None:
    assert act in converse(STANDING, event, NOW).acts


@pytest.mark.parametrize("text", ["", "12", "-", "wrong", "1234567"])
def test_what_has_not_the_shape_of_a_code_is_refused_and_is_no_try(text: str) -> None:
    said = converse(STANDING, Fill("code", "", 0, 0, {"code": (text,)}), NOW)
    assert said.acts == ()
    refused, *_of_the_terms = said.replies
    assert isinstance(refused, Tell)
    assert refused.tone == "trouble"
    assert refused.fields


def test_the_way_on_leads_to_no_application_that_was_never_begun() -> None:
    empty = Open(Draft(7), APPLICATION.key, 5, NOW)
    assert confirm_address.on(replace(STANDING, at_hand=7, open=(empty,))).act == "home"
    first = current(APPLICATION, Draft(7))
    assert first
    begun = replace(empty, draft=Draft(7, answers={first.key: Answer("Torget", 1, "en", NOW)}))
    assert confirm_address.on(replace(STANDING, at_hand=7, open=(begun,))).act == "resume"
    for asks in (confirm_address.sent("kim@example.se", 5), confirm_address.wrong(5)):
        assert "resume" not in [button.act for row in asks.rows for button in row]
