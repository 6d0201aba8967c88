"""What was answered to a question that is no longer asked: it can be read, kept, or removed, and nothing can be added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.kinds.files import files_in, removals, without
from dialogs.kinds.kind import AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, pressed
from dialogs.language.replies import Rows
from dialogs.language.words import Text, _

IDS = {"id", "ids", "kind", "open", "sha256", "mime"}
"""Names in a value below which no words stand that a person wrote."""


@dataclass(frozen=True, slots=True)
class NoLongerAsked:
    """An answer that nothing asks for; `shown` is what it says, as far as that is still known. Files say their names, and of several
    each can be removed by itself.
    """

    shown: tuple[Text, ...]

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        files = files_in(value)
        left = without(files, pressed(event))
        if 0 < len(left) < len(files):
            return value | {"files": left}
        return Refusal(
            _("This is no longer asked. Keep what you answered as it is, or remove it, with the buttons below.")
        )

    def accepts(self, value: Value, known: Known) -> bool:
        return value is not None

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return () if value is None else tuple(file["name"] for file in files_in(value)) or self.shown

    def offer(self, value: Value, known: Known) -> AnswerControls:
        files = files_in(value)
        return AnswerControls(tuple(removals(files)) if len(files) > 1 else ())

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
