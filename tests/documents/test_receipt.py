"""The receipt as a PDF: in the language of whoever reads it, with their own words as they wrote them, and for nobody else."""

import io
from ctypes import c_double
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from bot.documents.enclosure import enclosure
from bot.documents.glyphs import BOX
from bot.documents.paper import Block, Facts, Heading, LabelledLine
from bot.documents.receipt import BINDING, NOTE, SHARED, ReceiptPaper, receipt_paper
from bot.speech.catalogs import ISOLATE, POP, direction, moment, say, tag
from bot.turns.turns import Turns
from dialogs.case.case import Submission
from dialogs.language.events import Press
from dialogs.language.replies import Export
from dialogs.phases.steps import DIALOGS
from storage.outbox import outbox
from tests.applicant import begins, sends_an_application
from tests.documents.making import made_here
from tests.documents.played import MADE, Played
from tests.documents.soundness import assert_sound, squeezed, text_of
from tests.house import MAILBOX, Caller

HEADED = {"sv": "Er ansökan har kommit fram", "ar": "طلبكم"}
EVERY = ("sv", "ar", "fi", "uk", "fa", "ckb", "so", "pl")
"""Whether there is a catalog or not: then it is English, in the dates and the direction of the language."""


def receipt_of(one: Played, locale: str) -> bytes:
    return made_here(ReceiptPaper(one.case, one.sent, locale, MAILBOX))


def plain(text: str) -> str:
    """Without what cannot be seen, without the places where lines broke, and without brackets, which pdfium may mirror."""
    return squeezed(text.translate(dict.fromkeys(map(ord, f"{ISOLATE}{POP}()"))))


def seen(content: bytes) -> str:
    """What stands on the paper, each line from left to right: pdfium takes words of a page from right to left for turned about."""
    document = pypdfium2.PdfDocument(content)
    found = []
    try:
        for number, sheet in enumerate(document):
            page = sheet.get_textpage()
            for at in range(page.count_chars()):
                left, line = c_double(), c_double()
                pypdfium2.raw.FPDFText_GetCharOrigin(page, at, left, line)
                found.append((number, -round(line.value), left.value, page.get_text_range(at, 1)))
    finally:
        document.close()
    return plain("".join(char for _page, _line, _left, char in sorted(found)))


def texts(block: Block) -> list[str]:
    """Every text of a block."""
    match block:
        case Heading(text):
            return [text]
        case Facts(rows):
            return [text for label, values in rows for text in (label, *(one.text for one in values))]
        case LabelledLine(label, values, mark, under):
            return [label, mark, under, *(one.text for one in values)]
    raise AssertionError(block)


def fonts_of(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        named = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/FontName")]
        return {str(one.FontName).partition("+")[2] for one in named}


def left_and_right(content: bytes) -> tuple[float, float]:
    """How far the title, the first thing on the page, stands from its edges."""
    document = pypdfium2.PdfDocument(content)
    try:
        sheet = document[0]
        every = [one.get_bounds() for one in sheet.get_objects() if one.type == 1]
        highest = max(top for _left, _bottom, _right, top in every)
        title = [(left, right) for left, bottom, right, _top in every if bottom > highest - 25]
        return min(left for left, _right in title), sheet.get_width() - max(right for _left, right in title)
    finally:
        document.close()


@pytest.mark.parametrize("locale", EVERY)
def test_it_can_be_read_by_everybody_in_their_language(swedish: Played, locale: str) -> None:
    content = receipt_of(swedish, locale)
    assert_sound(content, tag(locale).partition("-")[0])
    text = seen(content)
    assert BOX not in text
    assert "SAM-2023-0001" in text
    assert MAILBOX in text
    (sent,) = swedish.sent
    for entry in sent.record.entries:
        for words in entry.shown:
            if isinstance(words, str):
                assert plain(words) in text, "what people wrote is as they wrote it"
    near, far = left_and_right(content) if direction(locale) == "ltr" else reversed(left_and_right(content))
    assert near < 70 < far, "the page begins where its language begins"


@pytest.mark.parametrize("locale", EVERY)
def test_labels_dates_and_next_steps_are_in_the_readers_language(swedish: Played, locale: str) -> None:
    (sent,) = swedish.sent
    made = receipt_paper(replace(swedish.case, state="sent"), swedish.sent, locale, MAILBOX)
    assert made.title == say(DIALOGS["application"].sent, locale)
    said = [made.title, *(one for block in made.blocks for one in texts(block))]
    assert said.count(moment(sent.sent_at, locale)) == 1
    for words in (*DIALOGS["application"].next_steps, *(entry.label for entry in sent.record.entries)):
        assert say(words, locale) in said
    assert (say(BINDING, locale) in said) == (locale != "sv"), (
        "the Swedish words count, and nobody needs to be told so in Swedish"
    )


def test_swedish_and_arabic_as_they_are_on_paper(swedish: Played, arabic: Played) -> None:
    text = plain(text_of(receipt_of(swedish, "sv")))
    for words in (
        HEADED["sv"],
        "Referensnummer: SAM-2023-0001",
        moment(swedish.sent[0].sent_at, "sv"),
        "Kriterium 1 av 6",
        "Sida 1 av 3",
    ):
        assert plain(words) in text, words
    text = text_of(receipt_of(arabic, "ar"))
    for words in (HEADED["ar"], "مارس", "2023", "المعيار", "اجتماعات"):
        assert words in text, words
    assert "NotoSansArabic-Bold" in str(fonts_of(receipt_of(arabic, "ar"))), (
        "headings, too, are shaped by their own font"
    )


def test_what_was_written_in_another_language_says_which(swedish: Played, arabic: Played) -> None:
    assert "(السويدية)" in squeezed(text_of(receipt_of(swedish, "ar"))).replace(")السويدية(", "(السويدية)")
    content = receipt_of(arabic, "sv")
    assert "(arabiska)" in text_of(content)
    assert "(svenska)" not in text_of(receipt_of(swedish, "sv"))
    with pikepdf.open(io.BytesIO(content)) as document:
        found = {str(one.Lang) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one}
    assert "ar" in found


def test_a_phone_number_keeps_its_order_on_a_page_that_runs_the_other_way(swedish: Played) -> None:
    (sent,) = swedish.sent
    entries = [
        replace(entry, shown=("Sara", "+46 70 174 06 05")) if entry.key == "contact" else entry
        for entry in sent.record.entries
    ]
    sent = replace(sent, record=replace(sent.record, entries=tuple(entries)))
    assert "+46701740605" in seen(made_here(ReceiptPaper(swedish.case, [sent], "ar", MAILBOX)))


def test_everything_that_was_sent_stands_in_it_and_the_last_is_at_the_top(swedish: Played) -> None:
    (first,) = swedish.sent
    last = Submission(2, 1, "withdrawal", replace(first.record, entries=()), first.record, "sv", 9, MADE)
    made = receipt_paper(replace(swedish.case, state="withdrawn"), [first, last], "sv", MAILBOX)
    assert made.title == say(DIALOGS["withdrawal"].sent, "sv")
    said = str(made.blocks).replace(r"\xa0", "\u00a0")
    for words in (moment(first.sent_at, "sv"), moment(MADE, "sv"), say(SHARED, "sv")):
        assert words in said
    assert_sound(made_here(ReceiptPaper(swedish.case, [first, last], "sv", MAILBOX)))


def test_what_was_to_happen_is_not_said_when_it_is_decided(swedish: Played) -> None:
    steps = [say(words, "sv") for words in DIALOGS["application"].next_steps]
    decided = str(receipt_paper(swedish.case, swedish.sent, "sv", MAILBOX).blocks)
    assert swedish.case.state == "decided"
    assert not any(step in decided for step in steps)
    closed = str(receipt_paper(replace(swedish.case, state="closed"), swedish.sent, "sv", MAILBOX).blocks)
    assert not any(step in closed for step in steps), "nor when it was closed"
    waiting = str(receipt_paper(replace(swedish.case, state="sent"), swedish.sent, "sv", MAILBOX).blocks)
    assert all(step in waiting for step in steps)


def test_what_has_no_glyph_is_a_box_and_said_in_the_readers_language(swedish: Played) -> None:
    (sent,) = swedish.sent
    entries = tuple(
        replace(entry, value={"text": "漢"}, shown=("漢",)) if entry.key == "proposal" else entry
        for entry in sent.record.entries
    )
    content = made_here(
        ReceiptPaper(swedish.case, [replace(sent, record=replace(sent.record, entries=entries))], "en", MAILBOX)
    )
    assert_sound(content, "en")
    assert plain(say(NOTE, "en")) in plain(text_of(content))
    assert "arende.json" not in text_of(content)


def test_the_same_receipt_is_the_same_bytes(arabic: Played) -> None:
    assert receipt_of(arabic, "ar") == receipt_of(arabic, "ar")


async def test_whoever_sent_it_gets_it_in_the_chat_and_nobody_else(turns: Turns) -> None:
    sara, omar = Caller(turns, "sara"), Caller(turns, "omar")
    receipt = await sends_an_application(sara)
    await begins(omar)
    (act,) = [one.act for row in receipt.rows for one in row if one.act.startswith("receipt:")]
    (export, _place) = await sara.does(Press(act))
    assert isinstance(export, Export)
    assert export.what == "receipt"
    said = await omar.does(Press(act))
    assert not any(isinstance(one, Export) for one in said)
    got: dict[Caller, tuple[str, str, bytes]] = {}
    for caller in (sara, omar):
        standing, _shown = await caller.sees()
        post = outbox.Post(1, caller.address, standing.person, export, "en", "", 1, MADE)
        async with enclosure(turns.papers, post) as made:
            got[caller] = (made.name, made.form, made.file.read()) if made else ("", "", b"")
    assert got[omar] == ("", "", b""), "asked for again when it is made"
    name, form, content = got[sara]
    assert (name, form) == (f"{receipt.reference}.pdf", "document")
    assert_sound(content, "en")
    assert "Trees, benches and light." in text_of(content)
