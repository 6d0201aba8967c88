"""What a question is prefilled with. Law: a suggestion with its source, until a person confirms it; then it is an answer like any other."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2s

from dialogs.kinds.kind import Value
from dialogs.language.words import Words, _, cleaned

Saying = Callable[[Words], str]
"""Puts words into the language of whoever is asked."""


def fingerprint(value: object) -> str:
    """Ten characters that tell one value from another."""
    return blake2s(repr(value).encode(), digest_size=5).hexdigest()


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value that a question could be answered with, and its `source`, as people read it after "From:".

    The value is one that the question's kind stores. A text in it may be Words instead, or a tuple of Words and texts, each a line of its own: it is
    put into the language of whoever is asked (`said`), and stored as it was read when they confirm it. `locale` is the language in which somebody
    wrote it, which confirming does not change; "" for what nobody wrote. `mark` tells the value from any other, whatever the language.
    """

    value: Value
    source: Words
    mark: str = ""
    locale: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mark", self.mark or fingerprint(self.value))

    def said(self, say: Saying) -> "Prefilled":
        """The same in one language."""
        return replace(self, value=_said(self.value, say))

    @property
    def origin(self) -> Words:
        """The line that says where it comes from."""
        return _("From: {source}", source=self.source)


def _said(value: Value, say: Saying) -> Value:
    match value:
        case Words():
            return cleaned(say(value))
        case tuple():
            return "\n".join(str(_said(line, say)) for line in value)
        case dict():
            return {key: _said(one, say) for key, one in value.items()}
        case list():
            return [_said(one, say) for one in value]
        case _:
            return value
