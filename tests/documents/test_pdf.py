"""The PDF: everybody can read it, the archive can keep it, and nothing that people wrote is taken for a command."""

import io
import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.blocks import paper
from bot.documents.build import gathered
from bot.documents.case_file import Said
from bot.documents.glyphs import BOX, covered, printable
from bot.documents.paper import NOTE, Facts, Heading, LabelledLine, Paper, Picture, Table
from bot.documents.pdf import Unshown, pdf
from bot.documents.pictures import place
from bot.documents.texts import name, original
from dialogs.case.case import Case, CaseEvent
from dialogs.phases.initiation.part import initiation, known
from tests.documents.played import MADE, Played
from tests.documents.soundness import alternatives, assert_sound, red, squeezed, text_of
from tests.samples import BROKEN_JPEG

HOSTILE = (
    '#read("/etc/passwd")',
    "#import sys: inputs",
    "$x^2$ *b* _i_ `raw` @ref <label> = no heading",
    "\\ \\u{41} // comment /* */ -- --- ... ~",
    '"); panic("',
    "]) #panic() ([",
    "https://example.se/~a",
)


def printed(laid: Paper, images: dict[str, bytes] | None = None) -> bytes:
    with TemporaryDirectory() as folder:
        for sha256, content in (images or {}).items():
            (Path(folder) / place(sha256)).write_bytes(content)
        return pdf(laid, Path(folder), MADE)


def made_of(*blocks: Heading | LabelledLine | Facts | Table | Picture, images: dict[str, bytes] | None = None) -> bytes:
    laid = Paper("Test", "SAM-2023-0001", "", "Sammanställt av ett test.", (Heading("Test", 1), *blocks))
    return printed(laid, images)


def paper_of(one: Played) -> bytes:
    return printed(paper(gathered(one.case, one.sent, one.events, {}, MADE, "Samverkansguiden 1")))


@pytest.mark.parametrize("language", ["swedish", "arabic"])
def test_a_whole_case_can_be_read_by_everybody(language: str, request: pytest.FixtureRequest) -> None:
    one: Played = request.getfixturevalue(language)
    content = paper_of(one)
    assert_sound(content)
    text = squeezed(text_of(content))
    for words in (
        "En blandad grupp av aktörer har ett förslag på hur de kan utveckla ett område tillsammans",
        "Två föreningar nu. Fastighetsägaren finns i området och är tillfrågad.",
        "Hur förslaget förhåller sig till mötesplatserna för unga.",
        "Nämnden ser positivt på förslaget och deltar gärna i dialogen.",
        "500 000 kronor",
        "Beslutets ordalydelse",
        "25 april 2023, § 0",
        "TN-2023-0000",
    ):
        assert squeezed(words) in text, words


def test_what_is_internal_is_not_in_it(swedish: Played) -> None:
    content = squeezed(text_of(paper_of(swedish)))
    for words in ("Ring biblioteket om nyckeln.", "vill börja vid stationen", "Stark grupp.", "intern anteckning"):
        assert squeezed(words) not in content
    file = gathered(swedish.case, swedish.sent, swedish.events, {}, MADE, "Samverkansguiden 1", internal=True)
    own = squeezed(text_of(printed(paper(file))))
    for words in ("Ring biblioteket om nyckeln.", "vill börja vid stationen", "Stark grupp.", "Interna anteckningar"):
        assert squeezed(words) in own


def test_arabic_stays_whole_and_says_that_it_is_arabic(arabic: Played) -> None:
    content = paper_of(arabic)
    text = text_of(content)
    # pdfium turns lam-alef about and says a letter with a vowel mark twice; the words of arende.json are whole.
    for word in ("مسائية", "والبلدية", "إجابة", "تجريبي"):
        assert word in text
    assert "(på arabiska)" in text
    with pikepdf.open(io.BytesIO(content)) as document:
        languages = {
            str(one.Lang) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }
    assert "ar" in languages


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_is_never_markup(words: str) -> None:
    said = (original(words, "sv"), Said(text=words))
    content = made_of(
        Heading(words, 2),
        Facts(((words, said),)),
        LabelledLine(words, said, words, words),
        Table((words,), (1,), ((said,),)),
    )
    assert_sound(content)
    assert squeezed(text_of(content)).count(squeezed(words)) >= 8


def test_every_field_of_a_case_may_be_hostile(swedish: Played) -> None:
    """The same words as title, message, note, committee, decision: each reaches the paper through its own place."""
    case = swedish.case
    words = HOSTILE[0]
    begun = initiation(case)
    hostile = replace(
        case,
        title=words,
        taken_by=words,
        messages=tuple(replace(one, text=words, by=words) for one in case.messages),
        referrals=tuple(replace(one, committee=words, what=words, back=words) for one in case.referrals),
        offers=tuple(replace(one, place=words, times=(words,)) for one in case.offers),
    )
    hostile = known(
        hostile,
        decisions=tuple(replace(one, text=words, paragraph=words, conditions=words) for one in begun.decisions),
        asked=tuple(replace(one, message=words, keys=(words,), due=words) for one in begun.asked),
    )
    content = printed(paper(gathered(hostile, swedish.sent, swedish.events, {}, MADE, words)))
    assert_sound(content)
    assert squeezed(text_of(content)).count(words) >= 17


def test_a_case_with_nothing_in_it() -> None:
    content = printed(paper(gathered(Case(1), (), (), {}, MADE, "Samverkansguiden 1")))
    assert_sound(content)
    assert "Område inte angivet" in text_of(content)


def test_a_protected_case_says_so_on_each_page() -> None:
    laid = paper(gathered(Case(1, protected=True), (), (), {}, MADE, "Samverkansguiden 1"))
    filled = replace(laid, blocks=(*laid.blocks, LabelledLine("Svar", (Said(text="x\n" * 120),))))
    content = printed(filled)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert text_of(content).count("Sekretessmarkerat ärende") == len(document.pages) > 2


def test_an_event_that_nobody_knows_is_told_all_the_same() -> None:
    events = [CaseEvent("from_the_future", "", {"x": ["#"]}, MADE)]
    content = printed(paper(gathered(Case(1), (), events, {}, MADE, "Samverkansguiden 1")))
    assert "Noterat: from_the_future" in text_of(content)


def test_thirty_pages_of_text() -> None:
    said = original("\n\n".join(f"{number}. " + "Ett långt svar som fortsätter. " * 40 for number in range(100)), "sv")
    content = made_of(LabelledLine("Förslaget", (said,)))
    assert_sound(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) >= 30
    assert "99. Ett långt svar" in text_of(content)


def test_many_short_lines_go_on_to_the_next_page() -> None:
    lines = [f"rad {number}" for number in range(200)]
    content = made_of(
        LabelledLine("Svar", (original("\n".join(lines), "sv"),)), LabelledLine("Fler", tuple(map(name, lines)))
    )
    assert [line for line in text_of(content).splitlines() if line.startswith("rad")] == lines * 2


def test_a_word_longer_than_a_line_stays_on_the_page() -> None:
    word = "https://example.se/" + "a" * 400
    content = made_of(
        LabelledLine("Länk", (original(word, "sv"),)), Table(("A", "B"), (1, 3), (((Said(text=word),), ()),))
    )
    assert squeezed(text_of(content)).count(word) == 2
    document = pypdfium2.PdfDocument(content)
    sheet = document[0]
    assert all(one.get_bounds()[2] <= sheet.get_width() - 50 for one in sheet.get_objects() if one.type == 1)
    document.close()


@pytest.mark.parametrize(
    "words",
    ["ሰላም እንታይ", "Привіт, ґанок", "ئەم ناوچەیە ڕۆژ ێ ۆ ڵ", "می‌خواهم پیاده‌رو", "Waxaan rabnaa dhul", "Ąžuolas ğ ő ș"],
)
def test_the_scripts_of_the_city(words: str) -> None:
    content = made_of(LabelledLine("Svar", (original(words, "so"),)))
    assert_sound(content)
    assert BOX not in text_of(content)
    assert squeezed(words) in squeezed(text_of(content))


def test_what_has_no_glyph_is_a_box_and_said() -> None:
    content = made_of(LabelledLine("Svar", (original("Hej 漢字 och \U000f0000.", "sv"),)))
    assert_sound(content)
    text = text_of(content)
    assert f"Hej {BOX}{BOX} och {BOX}." in text
    assert squeezed(NOTE) in squeezed(text)
    assert NOTE not in text_of(made_of(LabelledLine("Svar", (original("Hej 👍🏽 👩‍👩‍👧 🇸🇪 ❤️ ✓", "sv"),)))).replace(
        "\n", " "
    )


@pytest.mark.parametrize(
    "words",
    [
        "ሰ\u0301",
        "漢\u0301",
        "\u0301",
        "ا\u0308\u0323",
        "\u200d\u200d",
        "\u202e",
        "\ue000",
        "👩\u200d漢",
        "\u2028",
        "\x00",
    ],
)
def test_clusters_that_no_font_has_do_not_stop_the_page(words: str) -> None:
    assert_sound(made_of(LabelledLine("Svar", (original(f"a {words} b", "sv"),))))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "اعلاًّ ُ\u200d\u200cabcåሰ\u0301\u0308漢👩🏽👧🇸🇪\u05d0\u05b0 \n\t-/", max_size=60
)


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_whatever_is_written_there_is_a_page(written: list[str]) -> None:
    first, *_rest = written
    said = (*(original(words, "ar") for words in written), *map(name, written))
    assert_sound(
        made_of(
            Heading(first, 2),
            Facts(((first, said),)),
            LabelledLine(first, said, first, first),
            Table((first,), (1,), ((said,),), lead=True),
        )
    )


def test_every_character_that_we_think_we_can_show_can_be_shown() -> None:
    codes = [code for code in sorted(covered()) if unicodedata.category(chr(code))[0] not in "CMZ"]
    for at in range(0, len(codes), 1000):
        words = " ".join(map(chr, codes[at : at + 1000]))
        content = made_of(LabelledLine("Alla", (Said(text=words),)))
        assert NOTE not in text_of(content).replace("\n", " "), "typst agrees, without falling back"
    assert len(codes) > 7000
    assert printable("漢", covered()) == BOX


def test_wherever_the_pages_break() -> None:
    arabic = (original("اجتماعات مفتوحة كل شهر، " * 8, "ar"),)
    for fillers in range(4, 40, 5):
        content = made_of(
            *[LabelledLine("Svar", (original("Hej", "sv"),))] * fillers,
            Facts((("Ett", arabic), ("Två", arabic * 2))),
            LabelledLine("Länge", arabic * 9, "på arabiska", "Så här löd frågan."),
            Table(("A", "B"), (1, 1), ((arabic, arabic),) * 3),
            Heading("Del", 1),
            Heading("Stycke", 2),
            LabelledLine("Kort", arabic),
        )
        assert_sound(content)


def test_pictures_have_their_name_as_alternative() -> None:
    content = made_of(Picture("a" * 64, "torget #1.png", "image/png"), images={"a" * 64: red(3)})
    assert_sound(content)
    assert alternatives(content) == ["torget #1.png"]


def test_pictures_that_cannot_be_drawn_are_told_apart() -> None:
    broken, whole = Picture("b" * 64, "trasig.jpg", "image/jpeg"), Picture("c" * 64, "hel.png", "image/png")
    with pytest.raises(Unshown) as told:
        made_of(Heading("Bilder", 1), broken, whole, images={"b" * 64: BROKEN_JPEG, "c" * 64: red(2)})
    assert told.value.sha256s == {"b" * 64}


def test_the_same_case_gives_the_same_bytes(arabic: Played) -> None:
    assert paper_of(arabic) == paper_of(arabic)
