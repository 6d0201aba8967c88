"""Several choices, and in the same answer the person's own words about them."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.kinds.kind import (
    SENT_WHOLE,
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
from dialogs.language.words import Text, Words, _


@dataclass(frozen=True, slots=True)
class SeveralChoices:
    """At least `least` of `options`, which may be computed from earlier answers; with `about`, also words of at most `most` characters, which end the answer.

    The value is `{"ids": [...], "words": "...", "done": bool}`. A button sets or clears one option and never
    toggles it: a press that arrives twice does no more than a press that arrives once.
    """

    options: tuple[Option, ...] | Callable[[Known], tuple[Option, ...]]
    about: Words | None = None
    least: int = 1
    most: int = 3000

    def among(self, known: Known) -> tuple[Option, ...]:
        """The options as they stand with these answers."""
        return self.options(known) if callable(self.options) else self.options

    @property
    def declared(self) -> tuple[Option, ...] | None:
        """The options, or None where they are computed."""
        return None if callable(self.options) else self.options

    def renamed(self, value: Value) -> Value:
        """The value under the ids that its options have today, each once."""
        ids = value.get("ids") if isinstance(value, dict) else None
        if not isinstance(ids, list):
            return value
        return value | {"ids": list(dict.fromkeys(id_today(self.declared, str(id)) for id in ids))}

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value, known)
        act = pressed(event)
        if isinstance(event, Fill):
            now |= {
                "ids": self._in_order(event.fields.get("ids", ()), known),
                "words": "".join(event.fields.get("words", ())),
            }
        elif isinstance(event, Say) and self.about:
            now["words"] = event.text
        elif act.startswith(("set:", "clear:")):
            verb, _colon, id = act.partition(":")
            return now | {
                "ids": self._in_order({*now["ids"]} - {id} | ({id} if verb == "set" else set()), known),
                "done": False,
            }
        elif act != "done":
            return Refusal(misfit(event) or _("Please choose with the buttons below, then press “Continue”."))
        return self._finish(now)

    def _finish(self, now: Value) -> Value | Refusal:
        if len(now["ids"]) < self.least:
            return Refusal(_("Please choose at least one of the alternatives first."), now)
        if len(now["words"]) > self.most:
            return Refusal(too_long(len(now["words"]), self.most), now | {"words": ""})
        if self.about and not now["words"]:
            return Refusal(_("Please write a few words as well."), now)
        return now | {"done": True}

    def _in_order(self, ids: "set[str] | tuple[str, ...]", known: Known) -> list[str]:
        return [option.id for option in self.among(known) if option.id in ids]

    def _kept(self, value: Value, known: Known) -> Value:
        value = value if isinstance(value, dict) else {}
        ids, words = value.get("ids"), value.get("words")
        return {
            "ids": self._in_order(tuple(map(str, ids)), known) if isinstance(ids, list) else [],
            "words": words if isinstance(words, str) else "",
            "done": False,
        }

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value, known)
        return (
            isinstance(value, dict)
            and isinstance(value.get("ids"), list)
            and value.get("done") is True
            and len(now["ids"]) >= self.least
            and len(now["words"]) <= self.most
            and bool(now["words"] or not self.about)
        )

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        now = self._kept(value, known)
        labels = tuple(option.label for option in self.among(known) if option.id in now["ids"])
        return (*labels, *((now["words"],) if now["words"] else ()))

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value, known)
        rows = [(self._button(option, option.id in now["ids"]),) for option in self.among(known)]
        if not self.about or now["words"]:
            rows.append((Button(_("Continue"), "done", weight="main"),))
        fields = [
            Field(
                "ids",
                "choices",
                _("Choose one or more"),
                tuple(now["ids"]),
                tuple(Choice(option.id, option.label) for option in self.among(known)),
            )
        ]
        if self.about:
            fields.append(Field("words", "lines", self.about, (now["words"],), most=self.most))
        return AnswerControls(tuple(rows), tuple(fields), self._prompt(now))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE

    def _prompt(self, now: Value) -> Words | None:
        if not self.about or now["words"]:
            return None
        return self.about if now["ids"] else None

    def _button(self, option: Option, on: bool) -> Button:
        if on:
            return Button(_("☑ {label}", label=option.label), f"clear:{option.id}", weight="main")
        return Button(_("☐ {label}", label=option.label), f"set:{option.id}")
