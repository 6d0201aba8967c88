"""One choice among several."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.kinds.kind import (
    CHOOSE,
    AnswerControls,
    AnswerEvent,
    Known,
    Layout,
    Option,
    Refusal,
    Value,
    id_today,
    pressed,
)
from dialogs.language.replies import Button, Rows
from dialogs.language.words import Text, _


@dataclass(frozen=True, slots=True)
class OneChoice:
    """One of `options`, which may be computed from earlier answers. The value is the option's id."""

    options: tuple[Option, ...] | Callable[[Known], tuple[Option, ...]]

    def among(self, known: Known) -> tuple[Option, ...]:
        """The options as they stand with these answers."""
        return self.options(known) if callable(self.options) else self.options

    @property
    def declared(self) -> tuple[Option, ...] | None:
        """The options, or None where they are computed."""
        return None if callable(self.options) else self.options

    def renamed(self, value: Value) -> Value:
        """The value under the id that its option has today."""
        return id_today(self.declared, value) if isinstance(value, str) else value

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        act = self.renamed(pressed(event))
        return act if self.accepts(act, known) else CHOOSE

    def accepts(self, value: Value, known: Known) -> bool:
        return any(option.id == value for option in self.among(known))

    def chosen(self, value: Value, known: Known) -> Option | None:
        """The option that `value` names, or None."""
        return next((option for option in self.among(known) if option.id == value), None)

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        option = self.chosen(value, known)
        return (option.label,) if option else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        return AnswerControls(
            tuple(
                (Button(option.label, option.id, weight="main" if option.id == value else "plain"),)
                for option in self.among(known)
            )
        )

    def layout(self, rows: Rows) -> Layout:
        return Layout(rows=rows, chooses=True)


def yes_no() -> OneChoice:
    """A yes or a no; stored as "yes" and "no"."""
    return OneChoice((Option("yes", _("Yes")), Option("no", _("No"))))
