"""What was answered to a question that is no longer asked: it can be read, kept, or left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.kinds.kind import AnswerControls, AnswerEvent, Known, Layout, Refusal, Value
from dialogs.language.replies import Rows
from dialogs.language.words import Text, _

IDS = {"id", "ids", "kind", "open", "sha256", "mime"}
"""Names in a value below which no words stand that a person wrote."""


@dataclass(frozen=True, slots=True)
class NoLongerAsked:
    """An answer that nothing asks for; `shown` is what it says, as far as that is still known."""

    shown: tuple[Text, ...]

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        return Refusal(
            _("This is no longer asked. Keep what you answered as it is, or remove it, with the buttons below.")
        )

    def accepts(self, value: Value, known: Known) -> bool:
        return value is not None

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return () if value is None else self.shown

    def offer(self, value: Value, known: Known) -> AnswerControls:
        return AnswerControls()

    def layout(self, rows: Rows) -> Layout:
        return Layout(rows=rows)


def written(value: Value) -> Iterator[str]:
    """The words that somebody wrote, in a value of whatever kind it was, without the ids of choices. A text alone counts as written, and
    so does a number: a sum. Numbers inside are measures of files and places.
    """
    match value:
        case str():
            if value:
                yield value
        case int() if not isinstance(value, bool):
            yield str(value)
        case dict():
            yield from _inside(one for name, one in value.items() if name not in IDS)
        case list() | tuple():
            yield from _inside(value)
        case _:
            pass


def _inside(values: Iterable[Value]) -> Iterator[str]:
    return (text for one in values if not isinstance(one, int) for text in written(one))
