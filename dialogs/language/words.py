"""Words: what is said, before it is put into a language."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

PLACE = re.compile(r"\{(\w+)\}")
"""A named place in a sentence."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (aware). Readers see it as a date, or date and time, in Stockholm's time zone."""

    at: datetime
    form: Literal["date", "datetime"] = "datetime"


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in one sentence; the reader's language supplies the commas and the "and"."""

    items: "tuple[Words | str, ...]"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence: its key as message id, which reads like English (what people read is in `locales/en`), with `{named}` places for `values`.

    A `str` among the values is somebody's own text or a name. It is not translated, and it is isolated
    from the sentence around it when shown. With `plural`, the value `count` chooses the form.
    """

    id: str
    values: "dict[str, int | str | Words | Moment | Listing]" = field(default_factory=dict)
    plural: str = ""
    locale: str = ""
    """The language it is said in, whoever reads it; "" for the reader's."""

    def unfilled(self) -> list[str]:
        """The places in braces for which there is no value."""
        return sorted({*PLACE.findall(self.id), *PLACE.findall(self.plural)} - self.values.keys())

    def filled(self, **values: "int | str | Words | Moment | Listing") -> "Words":
        """This sentence, declared with its places left open, with what fills them."""
        return replace(self, values=self.values | values)


type_of_value = int | str | Words | Moment | Listing
Text = Words | str
"""Words to translate, or somebody's own text to leave as it is."""


def _(id: str, /, **values: type_of_value) -> Words:
    """Mark `id` for the catalogs."""
    return Words(id, values)


def in_language(text: Words, code: str) -> Words:
    """`text` in one language, whoever reads it."""
    return replace(text, locale=code)


def in_swedish(text: Words) -> Words:
    """`text` in the language that counts, whoever reads it."""
    return in_language(text, "sv")


def n_(id: str, plural: str, /, *, count: int, **values: type_of_value) -> Words:
    """Mark a sentence whose form depends on `count`."""
    return Words(id, {"count": count, **values}, plural)


# NUL and other controls break databases and terminals; embeddings, overrides and isolates let a text reorder
# the text around it. ZWNJ and ZWJ stay: Persian and emoji need them. So do LRM, RLM and ALM, which only mark.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


LONGEST = 20_000
"""Characters of a text that are looked at. No answer is that long: the longest kind takes 3000."""
MOST_MARKS = 30
"""Combining marks after one letter. No script needs more (UAX 15, Stream-Safe Text Format), and putting n of them in order takes n² steps."""
LATIN = "\u02ff"
"""The last character before the first combining mark."""


def cleaned(text: str) -> str:
    """`text` as it may be stored: NFC, one newline for every line end, no control or bidi-override characters, no outer blanks.

    Of a text longer than LONGEST, only the beginning is kept: a caller that has to know takes its length first.
    """
    text = re.sub("\r\n?|[\u2028\u2029]", "\n", text[:LONGEST])
    text = unicodedata.normalize("NFC", _few_marks(UNWANTED.sub("", text)))
    return re.sub("\n{3,}", "\n\n", text).strip()


def _few_marks(text: str) -> str:
    """`text` with at most MOST_MARKS combining marks in a row."""
    if max(text, default="") <= LATIN:
        return text
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.category(char)[0] == "M" else 0
        if run <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
