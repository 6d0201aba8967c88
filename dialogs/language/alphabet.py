"""The Swedish alphabet: names in the order in which they are looked for, whatever a database or a machine takes for an order."""

import unicodedata

AFTER_Z = {"å": "{", "äæę": "|", "öøőœô": "}"}
"""å, ä and ö are letters of their own behind z, and these go with them (CLDR, collation of sv).
In ASCII `{`, `|`, `}` follow z, and precede every other script.
"""
LIKE = {"üű": "y", "đð": "d", "ł": "l", "þ": "th"}
"""What is looked for as if it were another letter; w is none of these: since 2006 it is a letter of its own."""
PLACES = str.maketrans({letter: place for letters, place in (AFTER_Z | LIKE).items() for letter in letters})


def swedish(name: str) -> tuple[str, str, str]:
    """What to sort a name by: its letters without regard to case and accents; of names that are alike in these, accents and case."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    split = unicodedata.normalize("NFD", folded.translate(PLACES))
    return "".join(one for one in split if not unicodedata.combining(one)), folded, name
