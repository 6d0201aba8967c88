"""The Swedish alphabet: sorts names in the order people look for them, whatever order a database or a machine uses."""

import unicodedata

AFTER_Z = {"å": "{", "äæę": "|", "öøőœô": "}"}
"""å, ä and ö are letters of their own after z, and these go with them (CLDR, collation of sv).
In ASCII, `{`, `|` and `}` follow z, and they precede every other script.
"""
LIKE = {"üű": "y", "đð": "d", "ł": "l", "þ": "th"}
"""Letters that people look for as if they were others. Not w: it has been a letter of its own since 2006."""
PLACES = str.maketrans({letter: place for letters, place in (AFTER_Z | LIKE).items() for letter in letters})


def swedish(name: str) -> tuple[str, str, str]:
    """What to sort a name by: first its letters regardless of case and accents; then accents; then case."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    split = unicodedata.normalize("NFD", folded.translate(PLACES))
    return "".join(one for one in split if not unicodedata.combining(one)), folded, name
