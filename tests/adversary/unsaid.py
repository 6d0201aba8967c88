"""What nobody is to read: a sentence that is missing, and a place of one that nothing has filled."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from bot.speech.catalogs import say
from dialogs.language.words import PLACE, Words

MISSING = ("Noted: ", "Noterat: ")
"""How something is told of which no step knows a sentence."""
KEPT = re.compile(r'"(?:id": "(?:[^"\\]|\\.)*",\s*"values|plural": "(?:[^"\\]|\\.)*)"')
"""A sentence in the copy of what is stored about somebody (JSON): there its values stand beside it, and it is as it was stored."""


def unsaid(text: str) -> set[str]:
    """What of it is in this text."""
    return {one for one in MISSING if one in text} | {match[0] for match in PLACE.finditer(KEPT.sub("", text))}


def read(reply: object, locale: str = "en") -> str:
    """Every sentence of a reply, as its reader has it: one a line, those of its buttons and fields too."""
    return "\n".join(_sentences(reply, locale))


def _sentences(part: object, locale: str) -> Iterator[str]:
    if isinstance(part, Words | str):
        yield say(part, locale)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _sentences(one, locale)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _sentences(getattr(part, field.name), locale)
