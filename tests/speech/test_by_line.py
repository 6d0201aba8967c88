"""A line for each sentence, in the languages whose catalogs ask for it."""

from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from bot.speech.catalog_file import CATALOGS, about
from bot.speech.catalogs import ISOLATE, languages, say
from dialogs.language.words import PLACE, Words, _, type_of_value

EASY = [code for code in languages() if about(code).get("Lines") == "sentence"]
HOW = _(
    "It takes about 30 minutes. You can stop at any point: everything is saved as you go, and you come back to the same place."
)


def test_easy_swedish_has_a_line_for_each_sentence() -> None:
    assert say(HOW, "sv@easy", by_line=True).split("\n") == [
        "Det tar ungefär 30 minuter.",
        "Du kan pausa när du vill.",
        "Jag sparar allt medan du svarar.",
        "Du kommer tillbaka till samma ställe.",
    ]


def test_the_number_of_a_step_stays_with_it() -> None:
    step = _("1. We go through {all} criteria. Then you write the application with me.", all=6)
    lines = say(step, "sv@easy", by_line=True).split("\n")
    assert lines[0] == "1. Vi går igenom 6 kriterier."
    assert len(lines) == 3


def test_a_number_at_the_end_of_a_sentence_ends_it() -> None:
    said = Words(
        "At most {count} fits here. Please name the most important ones.",
        {"count": 2},
        "At most {count} fit here. Please name the most important ones.",
    )
    assert len(say(said, "sv@easy", by_line=True).split("\n")) == 2


def test_an_example_stays_with_its_head() -> None:
    example = _(
        "For example: Sara Ali, sara@example.se. One way is enough. Protected personal data? Write nothing here, press the button."
    )
    assert say(example, "sv@easy", by_line=True).split("\n") == [
        "Till exempel: Sara Ali, sara@example.se.",
        "Ett sätt räcker.",
        "Har du skyddade personuppgifter?",
        "Tryck på knappen.",
    ]


def test_where_no_lines_can_be_shown_there_is_one() -> None:
    assert "\n" not in say(HOW, "sv@easy")


@pytest.mark.parametrize("code", [code for code in languages() if code not in EASY])
def test_another_language_is_set_as_before(code: str) -> None:
    assert say(HOW, code, by_line=True) == say(HOW, code)


def test_nobodys_own_words_are_broken() -> None:
    own = "Fest på torget! Kom du också. Ja?"
    assert own in say(Words("{name} writes about {reference}:", {"name": own, "reference": "A. B"}), "sv@easy", True)
    assert say(own, "sv@easy", by_line=True) == own


def test_places_with_dots_between_them_are_no_sentences() -> None:
    said = Words("{state}. {waiting}.", {"state": _("Taken"), "waiting": _("Waits for us")})
    assert say(said, "sv@easy", by_line=True) == say(said, "sv@easy")


@pytest.mark.parametrize("code", EASY)
def test_every_line_begins_like_a_sentence(code: str) -> None:
    """An abbreviation, or a question in quotation marks, would break a sentence in its middle."""
    lines = [line for said in messages() for line in say(said, code, by_line=True).split("\n")[1:]]
    assert len(lines) > 100
    assert [line for line in lines if line.lstrip(f"”{ISOLATE}")[0].islower()] == []


def messages() -> Iterator[Words]:
    """Every message there is, with something in each of its places."""
    with (CATALOGS / "messages.pot").open("rb") as file:
        for message in filter(lambda one: one.id, read_po(file)):
            id, *plural = message.id if isinstance(message.id, tuple) else (str(message.id),)
            values: dict[str, type_of_value] = {**dict.fromkeys(PLACE.findall(id + "".join(plural)), "X"), "count": 2}
            yield Words(id, values, *plural)
