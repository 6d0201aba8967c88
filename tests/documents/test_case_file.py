"""The JSON: it is what its published schema says, and it says everything that belongs to the case."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.documents.build import gathered
from bot.documents.case_file import SCHEMA_ID, CaseFile, schema
from bot.documents.labels import REFERRALS_SV, VERDICTS_SV, WAITS_SV
from bot.documents.texts import language_name, mark, original, text_direction
from dialogs.case.case import Case, CaseEvent, Submission
from dialogs.phases.steps import STEPS
from tests.documents.played import MADE, Played

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "case-1.json"


def file_of(one: Played, *, internal: bool = False) -> CaseFile:
    return gathered(one.case, one.sent, one.events, {}, MADE, "Samverkansguiden 1", internal=internal)


def as_json(file: CaseFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.model_dump_json())
    return found


def strings(value: object) -> Iterable[str]:
    match value:
        case dict():
            for one in value.values():
                yield from strings(one)
        case list():
            for one in value:
                yield from strings(one)
        case str():
            yield value


def test_the_published_schema_is_up_to_date(update: bool) -> None:
    made = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if update:
        PUBLISHED.write_text(made, encoding="utf-8")
    assert PUBLISHED.read_text(encoding="utf-8") == made, "run pytest --update, and think of who reads version 1"


def test_the_schema_is_one() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["$id"] == SCHEMA_ID
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({}, published)


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("language", ["swedish", "arabic"])
def test_what_is_made_validates(language: str, internal: bool, request: pytest.FixtureRequest) -> None:
    file = file_of(request.getfixturevalue(language), internal=internal)
    jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8"))).validate(as_json(file))
    assert CaseFile.model_validate_json(file.model_dump_json()).model_dump() == file.model_dump()


def test_a_case_with_nothing_in_it_validates() -> None:
    file = gathered(Case(1), (), (), {}, MADE, "Samverkansguiden 1")
    jsonschema.validate(as_json(file), schema())
    assert file.criteria == ()


def test_everything_that_was_written_is_in_it(arabic: Played) -> None:
    said = "\n".join(strings(as_json(file_of(arabic))))
    written = [
        text for one in arabic.sent for entry in one.record.entries for text in entry.shown if isinstance(text, str)
    ]
    assert len(written) > 10
    assert all(text in said for text in written)
    assert all(message.text in said for message in arabic.case.messages)


def test_no_isolates_in_the_json(arabic: Played) -> None:
    assert not {"\u2066", "\u2067", "\u2068", "\u2069"} & set("".join(strings(as_json(file_of(arabic)))))


def test_internal_notes_are_left_out_unless_asked_for(swedish: Played) -> None:
    registry, own = file_of(swedish), file_of(swedish, internal=True)
    assert registry.notes is None
    assert own.notes is not None
    assert [one.text for one in own.notes] == [
        "Ring biblioteket om nyckeln.",
        "Gruppen visade enkäten och vill börja vid stationen.",
    ]
    said = "\n".join(strings(as_json(registry)))
    assert not any(note.text in said for note in own.notes)
    assert "Stark grupp." not in said
    assert "note" not in [one.what for one in registry.timeline]


def test_the_assessment_stands_beside_the_groups_own(swedish: Played) -> None:
    first = file_of(swedish).criteria[0]
    assert (first.key, first.group, first.contact_person) == ("mixed_group", "met", "partly")
    assert first.note.startswith("Två föreningar nu.")


def test_each_text_says_in_which_language_it_is(arabic: Played) -> None:
    file = file_of(arabic)
    proposal, needs, contact = file.answer("proposal"), file.answer("needs"), file.answer("contact")
    assert proposal
    assert needs
    assert contact
    assert [(one.language, one.original) for one in proposal.shown] == [("ar", True)]
    assert [(one.language, one.original) for one in needs.shown] == [("sv", False), ("ar", True)]
    assert {one.language for one in contact.shown} == {None}
    assert mark(proposal.shown) == "på arabiska"
    assert mark(contact.shown) == ""


@pytest.mark.parametrize(
    ("text", "locale", "language", "side"),
    [
        ("Vi vill ha bänkar", "ar", "und", "ltr"),
        ("Rosengård: جمعيات وسكان ومالكو عقارات", "ar", "ar", "rtl"),
        ("نريد مقاعد", "sv", "und", "rtl"),
        ("Tack", "sv", "sv", "ltr"),
        ("2023 !", "sv", "sv", "ltr"),
        ("Hej", "", "und", "ltr"),
        ("Hej", "nonsense-locale", "nonsense-locale", "ltr"),
    ],
)
def test_a_language_is_believed_where_the_script_agrees(text: str, locale: str, language: str, side: str) -> None:
    assert original(text, locale).language == language
    assert text_direction(text) == side


def test_languages_are_named_in_swedish() -> None:
    assert [language_name(code) for code in ("ar", "so", "ckb", "xx-nowhere", "")] == [
        "arabiska",
        "somaliska",
        "centralkurdiska",
        "xx-nowhere",
        "",
    ]


def test_what_was_said_later_counts_and_a_shared_draft_fills_gaps_only(swedish: Played) -> None:
    sent = swedish.sent[0]
    entries = {entry.key: entry for entry in sent.record.entries}
    fresh = replace(entries["challenges"], value="Nytt", shown=("Nytt",))
    record = replace(sent.record, dialog="completion", entries=(fresh,), facts={})
    later = Submission(2, sent.case, "completion", record, sent.record, "sv", 2, sent.sent_at)
    case = swedish.case
    file = gathered(case, [sent, later], swedish.events, {}, MADE, "Samverkansguiden 1")
    answer = file.answer("challenges")
    assert answer
    assert answer.value == "Nytt"
    assert [one.kind for one in file.sent] == ["application", "completion", "application"]
    assert [one.shared for one in file.sent] == [False, False, True]
    assert len(file.files) == 1


def test_everything_that_can_happen_is_told_in_whole_sentences() -> None:
    for step in STEPS.values():
        event = CaseEvent(step.id, "Kim", {"number": "TN-1"}, MADE)
        file = gathered(Case(1), (), [event], {}, MADE, "Samverkansguiden 1", internal=True)
        assert len(file.timeline) == (step.in_papers != "never")
        assert not [one for one in file.timeline if "{" in one.sentence.text or "Noterat" in one.sentence.text]


def test_there_are_words_for_every_choice() -> None:
    from typing import get_args

    from dialogs.case.case import Referral, Waits

    assert set(WAITS_SV) == set(get_args(Waits))
    assert set(REFERRALS_SV) == set(get_args(Referral.__annotations__["kind"]))
    assert {"met", "partly", "not_yet", "dont_know"} == set(VERDICTS_SV)
