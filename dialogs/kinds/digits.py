"""Digits as people write them, in any script."""

import re
import unicodedata

MARKS = re.compile("[\u200c-\u200f\u061c\u2066-\u2069]")
DASHES = re.compile("[\u2010-\u2015\u2212]")


def latin(text: str) -> str:
    """`text` with every decimal digit as one of 0 to 9, plain dashes, and no direction marks."""
    plain = DASHES.sub("-", MARKS.sub("", text))
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain).strip()
