"""Check: each message says the terms of the house as its glossary has them, and no word that the glossary does without."""

from collections.abc import Iterable, Iterator
from functools import cache

from locales.glossary import Glossary, Term
from locales.message import Message
from locales.phrases import INSIDE

SWEDISH = "sv"


def faults(said: Iterable[Message], code: str, ours: Glossary, swedish: Glossary) -> Iterator[str]:
    """Each term that is missing and each word that is one too many, in a language whose glossary is `ours`."""
    for name in sorted({term.name for term in ours.terms} - {term.name for term in swedish.terms}):
        yield f"glossary: locales/sv/glossary.md has no stems for {name!r}, so it is never looked for"
    for message in said:
        called = used(swedish, message.key, "" if code == SWEDISH else message.swedish)
        for term in ours.terms:
            if term.name in called:
                yield from _term(message, term)
        yield from _never(message, ours)


@cache
def used(glossary: Glossary, key: str, swedish: str) -> frozenset[str]:
    """The names of the terms that a message uses: in its key and in Swedish; for the Swedish itself, in its key."""
    return frozenset(
        term.name for term in glossary.terms if term.key.found(key) and (not swedish or term.stems.found(swedish))
    )


def _term(message: Message, term: Term) -> Iterator[str]:
    for form in message.forms:
        if term.name not in message.without and term.stems.cell and not term.stems.found(form):
            yield f"term: {term.name}: one of “{term.stems.cell}” wanted: {form!r}"
        word = term.never.found(term.stems.without(form))
        if word and word not in message.allowed:
            yield f"term: {term.name}: not “{word}” but “{term.stems.cell}”: {form!r}"


def _never(message: Message, ours: Glossary) -> Iterator[str]:
    for form in message.forms:
        for never in ours.never:
            word = never.words.found(form)
            if word and word.removeprefix(INSIDE).strip() not in message.allowed:
                yield f"never: “{word}”, but “{never.instead}” ({never.why}): {form!r}"
