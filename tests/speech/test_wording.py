"""The sentences of the city's model: quoted where they are the city's words, and nowhere else."""

from bot.speech.catalogs import languages, say
from bot.speech.plain import paragraphs
from bot.speech.wording import IN_OUR_WORDS, label_of
from bot.telegram.render import render
from dialogs.language.replies import Ask
from dialogs.language.words import in_swedish
from dialogs.phases.initiation.criteria import CRITERIA

WORDING = CRITERIA[0].wording
CARD = Ask("mixed_group", 1, 1, (2, 22), CRITERIA[0].label, (CRITERIA[0].meaning,), wording=WORDING)
MARKS = "”“„«»"


def test_the_citys_own_words_stand_in_swedish_alone() -> None:
    assert [code for code in languages() if label_of(WORDING, code) is None] == ["sv"]
    assert label_of(in_swedish(WORDING), "ar") is None


def test_in_another_language_nothing_makes_a_quotation_of_them() -> None:
    for code in languages():
        (call,) = render(CARD, code, 501)
        assert ("<blockquote>" in call["text"]) == (code == "sv"), code
        said = say(WORDING, code)
        assert not any(f"{mark}{said[:20]}" in "\n".join(paragraphs(CARD, code)) for mark in MARKS) or code == "sv"


def test_it_is_said_that_they_are_our_words() -> None:
    for code in languages():
        label = say(IN_OUR_WORDS, code)
        (call,) = render(CARD, code, 501)
        for said in (call["text"], "\n".join(paragraphs(CARD, code))):
            assert (label in said) == (code != "sv"), code
