"""The receipt on paper for somebody who sent something, in their own language: when it arrived, what happens next, and a copy of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from bot.documents.case_file import Said
from bot.documents.glyphs import BOX
from bot.documents.package import made_by
from bot.documents.paper import Block, Facts, Heading, LabelledLine, Paper
from bot.documents.pdf import pdf
from bot.documents.texts import SWEDISH, UNKNOWN, answered, spoken
from bot.speech.catalogs import called, direction, moment, say, tag
from dialogs.applicants.sending import receipt
from dialogs.case.case import Case, Submission
from dialogs.case.state import CLOSED
from dialogs.engine.record import Entry, Record
from dialogs.kinds.contact import ends_protected
from dialogs.language.words import Words, _
from dialogs.phases.initiation.decision import DECIDED
from dialogs.phases.initiation.whom import CONTACT
from dialogs.phases.steps import DIALOGS

BINDING = _("Our own words are translated for you here. The Swedish ones count. What you wrote stands as you wrote it.")
PAGE = _("Page {number} of {total}")
NOTE = _("Characters that cannot be shown here stand as {box}.", box=BOX)
SHARED = _("The draft as it was then, shared by the applicants")


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt to be made of what was `sent` in a case (at least one thing), for a reader of `locale`."""

    case: Case
    sent: list[Submission]
    locale: str
    mailbox: str

    def make(self, target: BinaryIO, scratch: Path) -> None:
        """Write the PDF: the same bytes for the same things sent. `scratch` is an empty folder to work in."""
        laid = receipt_paper(self.case, self.sent, self.locale, self.mailbox)
        target.write(pdf(laid, scratch, self.sent[-1].sent_at))


def receipt_paper(case: Case, sent: list[Submission], locale: str, mailbox: str) -> Paper:
    """The receipt for what was last sent, with a copy of everything that was sent in the case."""
    return Paper(
        title=say(DIALOGS[sent[-1].dialog].sent, locale),
        number=say(_("Reference number: {reference}", reference=case.reference), locale),
        notice="",
        colophon=made_by(),
        blocks=(
            *_arrived(case, sent[-1], locale, mailbox, ends_protected(one.record.value(CONTACT.key) for one in sent)),
            *(block for one in sent for block in _copy(one, locale)),
        ),
        lang=tag(locale),
        dir=direction(locale),
        page=say(PAGE, locale),
        note=say(NOTE, locale),
        contents=False,
    )


def _arrived(case: Case, last: Submission, locale: str, mailbox: str, nameless: bool) -> Iterator[Block]:
    said = receipt(last.dialog, case.reference, last.sent_at, mailbox, case.id, nameless=nameless).words
    yield Facts(((say(_("Arrived"), locale), (Said(text=moment(last.sent_at, locale), language=tag(locale)),)),))
    # Once the case is decided, the next steps have already happened.
    following = [
        text
        for text in said
        if case.state not in (DECIDED.id, CLOSED.id) or text not in DIALOGS[last.dialog].next_steps
    ]
    binding = () if locale.startswith(SWEDISH) else (BINDING,)
    yield from (LabelledLine("", (spoken(text, locale),)) for text in (*following, *binding))


def _copy(one: Submission, locale: str) -> Iterator[Block]:
    title = DIALOGS[one.dialog].title
    yield Heading(f"{say(title, locale)} · {moment(one.sent_at, locale)}", 1)
    yield from _answers(one.record, locale, title)
    if one.shared:
        yield Heading(say(SHARED, locale), 1)
        yield from _answers(one.shared, locale, title)


def _answers(record: Record, locale: str, title: Words) -> Iterator[Block]:
    for section, entries in groupby(record.entries, lambda entry: entry.section):
        if section and section != title:
            yield Heading(say(section, locale), 2)
        yield from (_answer(entry, locale) for entry in entries)


def _answer(entry: Entry, locale: str) -> LabelledLine:
    values = tuple(answered(text, entry, locale) for text in entry.shown)
    written = any(one.original and one.language not in (None, UNKNOWN) for one in values)
    foreign = written and tag(entry.locale).partition("-")[0] != tag(locale).partition("-")[0]
    return LabelledLine(
        say(entry.label, locale),
        values,
        called(entry.locale, locale) if foreign else "",
        say(entry.wording, locale) if entry.wording else "",
    )
