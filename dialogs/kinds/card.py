"""A card to read: continuing is the answer. It can also show earlier answers for confirmation."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.kinds.kind import AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, pressed
from dialogs.language.replies import Button, Rows
from dialogs.language.words import Text, Words, _

CONTINUE = _("Continue")


@dataclass(frozen=True, slots=True)
class Card:
    """A card with one button. `confirms` names earlier questions that it shows, each with a button to change it."""

    button: Words = CONTINUE
    confirms: tuple[tuple[str, Words], ...] = ()
    body: Callable[[Known], tuple[Text, ...]] = lambda _known: ()

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        if pressed(event) == "on":
            return True
        return Refusal(_("Nothing to write here: just press a button below."))

    def accepts(self, value: Value, known: Known) -> bool:
        return value is True

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        changes = tuple((Button(label, f"change:{key}"),) for key, label in self.confirms if key in known)
        return AnswerControls(((Button(self.button, "on", weight="main"),), *changes))

    def layout(self, rows: Rows) -> Layout:
        return Layout(rows=rows)
