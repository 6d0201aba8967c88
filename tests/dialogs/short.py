"""How long what is said to a person is: the words of ours in one message, as its reader meets them."""

import re
from dataclasses import replace
from typing import assert_never

from bot.speech.catalogs import say
from dialogs.language.replies import Appointment, Ask, Export, Receipt, Reply, Retraction, Review, Tell
from dialogs.language.words import PLACE, Listing, Text, Words, type_of_value

MOST_WORDS = 60
"""The most words of ours in one message."""
COUNTED = ("sv", "en")
"""The languages in which they are counted; the others follow them. In English only where it is what people read (tests/keys.py)."""
WORD = re.compile(r"[^\W_]+(?:[’'\-–@.:/][^\W_]+)*")


def ours(reply: Reply, locale: str, refusing: bool = True) -> list[str]:
    """The sentences of ours in a message; the summary has none that count. Not ours are buttons, names, answers, and the words of the model.

    Without `refusing` an answer that is not taken is asked for as if it were the first time.
    """
    match reply:
        case Review() | Retraction():
            return []
        case Ask():
            asked = [text for text in reply.ask if not _quotes(text)]
            section = reply.section if reply.section != reply.label else None
            said = [section, reply.label, reply.error if refusing else None, *asked, reply.hint, reply.source]
        case Tell() | Receipt() | Appointment():
            said = [reply.title, *reply.words]
        case Export():
            said = [*reply.words]
        case _:
            assert_never(reply)
    return [say(_bare(text), locale) for text in said if isinstance(text, Words) and not text.locale and _says(text)]


def count(sentences: list[str]) -> int:
    """How many words these are."""
    return sum(len(WORD.findall(one)) for one in sentences)


def check_short(reply: Reply, locales: tuple[str, ...] = COUNTED, refusing: bool = False) -> None:
    """AssertionError when it has too many words in one of these languages."""
    for locale in locales:
        sentences = ours(reply, locale, refusing)
        assert count(sentences) <= MOST_WORDS, (locale, count(sentences), sentences)


def _quotes(text: Text) -> bool:
    """Whether an answer is shown in it."""
    return isinstance(text, Words) and any(isinstance(value, str) for value in text.values.values())


def _says(words: Words) -> bool:
    """Whether it says something itself; `• {criterion}` only names."""
    return bool(WORD.search(PLACE.sub("", words.id)))


def _bare(words: Words) -> Words:
    """The words without anything that somebody else wrote."""
    return replace(words, values={key: _without(value) for key, value in words.values.items()})


def _without(value: type_of_value) -> type_of_value:
    return (
        Listing(tuple(map(_text, value.items)))
        if isinstance(value, Listing)
        else _text(value)
        if isinstance(value, str | Words)
        else value
    )


def _text(text: Text) -> Text:
    return _bare(text) if isinstance(text, Words) else ""
