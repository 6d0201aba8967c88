"""The door to Telegram: nothing gets through it as markup, and nothing is cut where it must not be."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.text import MOST, Paragraph, Run, cut, messages, plain, shortened, units
from tests.telegram import markup

texts = st.text(st.characters(codec="utf-8"), max_size=300)
tags = st.sampled_from(("", "b", "i", "u", "blockquote"))
paragraphs = st.lists(
    st.builds(Paragraph, st.lists(st.builds(Run, texts, tags), min_size=1, max_size=4).map(tuple), st.booleans()),
    max_size=8,
)


@given(texts)
def test_units_are_telegrams(text: str) -> None:
    assert units(text) == markup.units(text)


@given(paragraphs, st.integers(4, 200))
def test_every_message_fits_and_parses_and_nothing_is_lost(whole: list[Paragraph], most: int) -> None:
    pages = [markup.parse(page)[0] for page in messages(whole, most)]
    assert all(0 < markup.units(page) <= most for page in pages)
    said = "".join("".join(run.text for run in paragraph.runs) for paragraph in whole)
    assert "".join("".join(pages).split()) == "".join(said.split())


@given(texts, st.integers(2, 50))
def test_a_cut_keeps_every_character_but_the_blank_it_is_made_at(text: str, most: int) -> None:
    head, rest = cut(text, most)
    assert units(head) <= most
    assert text in (head + rest, f"{head}\n{rest}", f"{head} {rest}")


def test_markup_of_a_person_is_text() -> None:
    run = Run("<b>bold</b> & <a href='x'>", "i")
    assert markup.parse(run.html()) == (run.text, [("i", run.text)])


def test_a_message_is_cut_between_paragraphs() -> None:
    long = Paragraph((Run("x" * 3000, "b"),))
    assert [len(markup.parse(page)[0]) for page in messages([long, long, long])] == [3000, 3000, 3000]


def test_a_paragraph_that_is_too_long_is_cut_at_a_word_and_its_tag_closed() -> None:
    pages = messages([Paragraph((Run("word " * 1000, "b"),))])
    assert len(pages) == 2
    for page in pages:
        text, entities = markup.parse(page)
        assert units(text) <= MOST
        assert entities == [("b", text)]
        assert not text.startswith("ord")


def test_tight_paragraphs_stand_on_the_next_line() -> None:
    assert messages([Paragraph((Run("a"),)), Paragraph((Run("b"),), tight=True), Paragraph((Run("c"),))]) == [
        "a\nb\n\nc"
    ]


def test_a_label_is_one_line_with_its_isolates_closed() -> None:
    assert shortened("a\n b", 60) == "a b"
    assert shortened("Change \u2068" + "x" * 80 + "\u2069", 60) == "Change \u2068" + "x" * 51 + "…\u2069"


@given(paragraphs)
def test_plain_takes_our_own_marks_off(whole: list[Paragraph]) -> None:
    for page in messages(whole):
        assert plain(page) == markup.parse(page)[0]
