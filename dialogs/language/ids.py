"""Ids as they stand in buttons, forms, answers and events: "12", or "p12" for a person, "e5" for an event of a case. Law:
they are read here, and nowhere else.
"""

LONGEST = 18
"""Digits. No number of ours has more, and a database takes no longer ones."""


def number_in(text: str) -> int:
    """The number that is written in ASCII digits; 0, which names nothing, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def number_of(id: object) -> int:
    """The number of an id, with the one letter before it that says what it is of, or without; 0 for anything else."""
    text = str(id) if isinstance(id, str | int) else ""
    return number_in(text[1:] if "a" <= text[:1] <= "z" else text)
