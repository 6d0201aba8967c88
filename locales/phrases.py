"""Words as a table of a glossary writes them, "osob* za kontakt, kontakt osob*", and where they stand in a text."""

import re
from dataclasses import dataclass
from functools import cached_property

MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u200c"
"""What belongs to a word and is no letter: accents, vowel signs, the half-space of Persian."""
VOWELS = re.compile("[\u0640\u064b-\u0652\u0670]")
"""What Arabic may write or leave out: it is not looked at."""
LETTERS = rf"[\w{MARKS}’-]*"
BEFORE, AFTER = rf"(?<![\w{MARKS}{{])", rf"(?![\w{MARKS}’])"
COMMA = re.compile("[,;·]")
EXCEPT, INSIDE = "not ", "…"
BEGINNING = re.compile(r"(?:^|[.?!:]\s+|\n|[«„“”(•–])\s*$")
"""What stands before the first word of a sentence, which has a capital in any case."""
ASIDE = {"`": "`", "«": "»", "“": "”", "„": "”", "”": "”"}


@dataclass(frozen=True)
class Phrases:
    """A cell with phrases in it, with commas between.

    Words are whole, but for `*`: any letters, or none; alone it is any word. Capitals count where a phrase has one. "… Twój" is found inside a
    sentence alone, "not hela staden" is where nothing is looked for.
    """

    cell: str

    @cached_property
    def _written(self) -> tuple[str, ...]:
        return tuple(filter(None, (_bare(one) for one in COMMA.split(self.cell))))

    @cached_property
    def _wanted(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((one, _pattern(one)) for one in self._written if not one.startswith(EXCEPT))

    @cached_property
    def _left_out(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(one.removeprefix(EXCEPT)) for one in self._written if one.startswith(EXCEPT))

    def without(self, text: str) -> str:
        """The text where none of the phrases stands any more."""
        text = VOWELS.sub("", text)
        for _written, pattern in self._wanted:
            text = pattern.sub(" ", text)
        return text

    def found(self, text: str) -> str:
        """The first phrase that stands in a text, as the table writes it; nothing when there is none."""
        text = VOWELS.sub("", text)
        for pattern in self._left_out:
            text = pattern.sub(" ", text)
        for written, pattern in self._wanted:
            for match in pattern.finditer(text):
                if not (written.startswith(INSIDE) and BEGINNING.search(text[: match.start()])):
                    return written
        return ""


def _bare(phrase: str) -> str:
    """Without what sets a word off in a table: code, quotation marks."""
    phrase = phrase.strip()
    if len(phrase) > 2 and ASIDE.get(phrase[0]) == phrase[-1]:
        return phrase[1:-1].strip()
    return phrase


def _pattern(phrase: str) -> re.Pattern[str]:
    words = VOWELS.sub("", phrase.removeprefix(INSIDE)).split()
    said = r"\s+".join(r"\S+" if word == "*" else LETTERS.join(map(re.escape, word.split("*"))) for word in words)
    first, last = BEFORE if _spelled(words[0][0]) else "", AFTER if _spelled(words[-1][-1]) else ""
    return re.compile(f"{first}{said}{last}", re.NOFLAG if phrase != phrase.lower() else re.IGNORECASE)


def _spelled(letter: str) -> bool:
    return letter.isalnum() or letter == "*"
