"""Ids as they appear in buttons, forms, answers and events: "12", or "p12" for a person, "e5" for an event of a case. Law:
they are read here, and nowhere else.
"""

LONGEST = 18
"""Digits. No number of ours has more, and a database takes no more."""


def number_in(text: str) -> int:
    """The number written in ASCII digits; for anything else 0, which names nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def number_of(id: object) -> int:
    """The number in an id, with or without the one letter before it that says what it identifies; 0 for anything else."""
    text = str(id) if isinstance(id, str | int) else ""
    return number_in(text[1:] if "a" <= text[:1] <= "z" else text)
