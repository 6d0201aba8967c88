"""The receipt on paper, for whoever sent something: when it arrived and what happens next, and a copy of it, in the reader's own language."""

import asyncio
from collections.abc import Iterator
from itertools import groupby

from bot.documents.case_file import Said
from bot.documents.glyphs import BOX
from bot.documents.package import made_by
from bot.documents.paper import Block, Facts, Heading, Line, Paper
from bot.documents.texts import SWEDISH, UNKNOWN, answered, spoken
from bot.speech import called, direction, moment, say, tag
from dialogs.case import Case, Submission
from dialogs.home import receipt
from dialogs.phases import DIALOGS
from dialogs.record import Entry, Record
from dialogs.words import Words, _
from storage import cases, submissions
from storage.database import Database

BINDING = _("Our own words are translated for you here. The Swedish ones count. What you wrote stands as you wrote it.")
PAGE = _("Page {number} of {total}")
NOTE = _("Characters that cannot be shown here stand as {box}.", box=BOX)
SHARED = _("The draft as it was then, shared by the applicants")


async def receipt_for(database: Database, reference: str, person: int, locale: str, mailbox: str) -> bytes | None:
    """The bytes of the receipt of a case for one of those who write it, as it is now; None for anybody else, and when nothing was sent."""
    async with database.read() as connection:
        case = await cases.case(connection, reference)
        if case is None or person not in await cases.writers(connection, case.id):
            return None
        sent = await submissions.of_case(connection, case.id)
    return await asyncio.to_thread(receipt_pdf, case, sent, locale, mailbox) if sent else None


def receipt_pdf(case: Case, sent: list[Submission], locale: str, mailbox: str) -> bytes:
    """The PDF. The same things sent give the same bytes."""
    from bot.documents.pdf import pdf

    return pdf(receipt_paper(case, sent, locale, mailbox), {}, sent[-1].sent_at)


def receipt_paper(case: Case, sent: list[Submission], locale: str, mailbox: str) -> Paper:
    """The receipt of what was sent last, with a copy of everything that was sent in the case."""
    return Paper(
        title=say(DIALOGS[sent[-1].dialog].sent, locale),
        number=say(_("Reference number: {reference}", reference=case.reference), locale),
        notice="",
        colophon=made_by(),
        blocks=(*_arrived(case, sent[-1], locale, mailbox), *(block for one in sent for block in _copy(one, locale))),
        lang=tag(locale),
        dir=direction(locale),
        page=say(PAGE, locale),
        note=say(NOTE, locale),
        contents=False,
    )


def _arrived(case: Case, last: Submission, locale: str, mailbox: str) -> Iterator[Block]:
    said = receipt(last.dialog, case.reference, last.sent_at, mailbox, case.id).words
    yield Facts(((say(_("Arrived"), locale), (Said(text=moment(last.sent_at, locale), language=tag(locale)),)),))
    # What was to happen next has happened when it is decided.
    following = [text for text in said if case.state != "decided" or text not in DIALOGS[last.dialog].next_steps]
    binding = () if locale.startswith(SWEDISH) else (BINDING,)
    yield from (Line("", (spoken(text, locale),)) for text in (*following, *binding))


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


def _answer(entry: Entry, locale: str) -> Line:
    values = tuple(answered(text, entry, locale) for text in entry.shown)
    written = any(one.original and one.language not in (None, UNKNOWN) for one in values)
    foreign = written and tag(entry.locale).partition("-")[0] != tag(locale).partition("-")[0]
    return Line(
        say(entry.label, locale),
        values,
        called(entry.locale, locale) if foreign else "",
        say(entry.wording, locale) if entry.wording else "",
    )
