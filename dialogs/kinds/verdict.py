"""A verdict with a note: one of a few buttons, and optional words before it."""

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
    misfit,
    pressed,
)
from dialogs.kinds.text import too_long
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Choice, Field, Rows
from dialogs.language.words import Text, _


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of `options`, and a note of at most `most` characters. The value is `{"id": "...", "words": "..."}`; the button ends the answer."""

    options: tuple[Option, ...]
    most: int = 1500

    @property
    def declared(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def renamed(self, value: Value) -> Value:
        """The value under the id that its option has today."""
        id = value.get("id") if isinstance(value, dict) else None
        return value | {"id": id_today(self.options, id)} if isinstance(id, str) else value

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value)
        match event:
            case Say(text=text):
                # The button ends the answer: someone who writes another note may have changed their mind, too.
                return (
                    Refusal(too_long(len(text), self.most), now) if len(text) > self.most else {"id": "", "words": text}
                )
            case Fill(fields=fields):
                now = {"id": "".join(fields.get("id", ())), "words": "".join(fields.get("words", ()))}
                if len(now["words"]) > self.most:
                    return Refusal(too_long(len(now["words"]), self.most))
            case _:
                pass
        act = id_today(self.options, pressed(event))
        if not isinstance(event, Fill) and self._named(act):
            now = now | {"id": act}
        elif not isinstance(event, Fill):
            return Refusal(misfit(event) or CHOOSE.words)
        return now if self._named(now["id"]) else Refusal(CHOOSE.words, self._kept(now))

    def _named(self, id: object) -> Option | None:
        return next((option for option in self.options if option.id == id), None)

    def _kept(self, value: Value) -> dict[str, str]:
        value = value if isinstance(value, dict) else {}
        id, words = value.get("id"), value.get("words")
        return {
            "id": id if isinstance(id, str) and self._named(id) else "",
            "words": words if isinstance(words, str) else "",
        }

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value)
        return bool(now["id"]) and len(now["words"]) <= self.most

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        now = self._kept(value)
        option = self._named(now["id"])
        return (*((option.label,) if option else ()), *((now["words"],) if now["words"] else ()))

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value)
        rows = tuple(
            (Button(option.label, option.id, weight="main" if option.id == now["id"] else "plain"),)
            for option in self.options
        )
        choices = tuple(Choice(option.id, option.label) for option in self.options)
        return AnswerControls(
            rows,
            (
                Field("id", "choice", _("Your verdict"), (now["id"],), choices),
                Field("words", "lines", _("A note"), (now["words"],), most=self.most),
            ),
        )

    def layout(self, rows: Rows) -> Layout:
        return Layout(rows=rows)
