"""A reply in plain text, for channels that show no more than that. What can be pressed is not in it (bot/speech/numbered.py)."""

from collections.abc import Iterator
from typing import assert_never

from bot.speech.catalogs import progress, say
from bot.speech.wording import label_of
from dialogs.language.replies import (
    AnsweredQuestion,
    Appointment,
    Ask,
    Export,
    Receipt,
    Reply,
    Retraction,
    Review,
    Tell,
)
from dialogs.language.words import Listing, Text, Words, _

TROUBLE = "! "


def paragraphs(reply: Reply, locale: str) -> list[str]:
    """The paragraphs of a reply, for a reader of `locale`."""
    match reply:
        case Ask():
            return [*_ask(reply, locale)]
        case Tell(title=title, words=words, tone=tone):
            first, *more = [say(text, locale) for text in ((title, *words) if title else words)] or [""]
            return [f"{TROUBLE}{first}" if tone == "trouble" else first, *more]
        case Review(title=title, words=words, lines=lines, error=error):
            return [*_error(error, locale), *(say(text, locale) for text in (title, *words)), *_answers(lines, locale)]
        case Receipt(title=title, reference=reference, at=at, words=words):
            given = _("Reference number: {reference}", reference=reference), _("Received: {at}", at=at)
            return [say(text, locale) for text in (title, *given, *words)]
        case Appointment(title=title, at=at, place=place, words=words):
            given = _("{at}", at=at), _("Place: {place}", place=place)
            return [say(text, locale) for text in (title, *given, *words)]
        case Export(words=words):
            return [say(text, locale) for text in words]
        case Retraction():
            return []
    assert_never(reply)


def _ask(reply: Ask, locale: str) -> Iterator[str]:
    if reply.noted:
        noted = _("✓ {label}: {answer}", label=reply.noted.label, answer=Listing(reply.noted.shown))
        yield say(noted, locale)
    yield from _error(reply.error, locale)
    titles = (say(title, locale) for title in (reply.section, reply.label) if title)
    yield " · ".join([progress(reply.place, locale), *titles])
    if reply.wording:
        yield _wording(reply.wording, locale)
    yield from (say(text, locale) for text in reply.ask[:-1])
    if reply.source:
        known = [say(text, locale) for text in (*reply.so_far, reply.source)]
        yield "\n".join([say(_("{label}:", label=_("Known already")), locale), *known])
    elif reply.so_far:
        so_far = [f"• {say(text, locale)}" for text in reply.so_far]
        yield "\n".join([say(_("Your answer so far:"), locale), *so_far])
    yield say(reply.ask[-1], locale)
    if reply.hint:
        yield say(reply.hint, locale)


def _wording(wording: Words, locale: str) -> str:
    label = label_of(wording, locale)
    said = say(wording, locale)
    return f"{say(_('{label}:', label=label), locale)}\n{said}" if label else f"”{said}”"


def _error(error: Words | None, locale: str) -> list[str]:
    return [TROUBLE + say(error, locale)] if error else []


def _answers(lines: tuple[AnsweredQuestion, ...], locale: str) -> Iterator[str]:
    section: Text | None = None
    for line in lines:
        if line.section and line.section != section:
            yield say(line.section, locale)
        section = line.section
        yield "\n".join([say(line.label, locale), *(say(text, locale) for text in line.shown or ("–",))])
