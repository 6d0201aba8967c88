"""What can be wrong with a declaration: the author's error, said at import."""

import re

from dialogs.language.words import PLACE, Text, Words

KEY = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""Short, because a Telegram button carries draft, version, key and act in 64 bytes (Bot API, callback_data)."""


class Declared(ValueError):
    """A declaration that cannot work: the author's error, raised at import."""


def check_former(where: str, was: object) -> None:
    """Declared (the author's error) unless `was` is a tuple of keys: in any other form it would match nothing that is stored."""
    if not isinstance(was, tuple):
        raise Declared(f'{where}: `was` is {was!r}, no tuple of former keys: write was=("old_key",), with the comma')
    if odd := [one for one in was if not isinstance(one, str) or not KEY.fullmatch(one)]:
        raise Declared(f"{where}: `was` names {odd}, which were never keys: a key is 1 to 24 of a-z, 0-9 and _")


def whole(where: str, *declared: Words | None) -> None:
    """Declared (the author's error) if one of these words has a place in braces that nothing fills: a reader would see the braces."""
    for words in declared:
        if words and (open_places := words.unfilled()):
            raise Declared(f"{where}: nothing fills {open_places} in {words.id!r}")


def without_places(where: str, *labels: Text) -> None:
    """Declared (the author's error) if one of these labels has a place in braces: with an answer its words are kept, but no value of theirs."""
    for label in labels:
        if isinstance(label, Words) and (label.plural or PLACE.search(label.id)):
            raise Declared(
                f"{where}: the label {label.id!r} must be the same whatever its values, because it is kept with an answer: "
                "write it without a place in braces and without a plural, and say the rest in `ask` or `hint`"
            )
