"""Short and long text, as the person writes it."""

from dataclasses import dataclass

from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Field, Rows
from dialogs.language.words import Text, Words, _, n_

LONGEST = 3000
"""Characters. Below Telegram's 4096 per message, so that one answer is one message there."""


def too_long(length: int, most: int) -> Words:
    """How much too long a text of `length` characters is where `most` fit, and what to do."""
    return n_(
        "That is {count} character too many: at most {most} fit here. Please shorten it and send it again.",
        "That is {count} characters too many: at most {most} fit here. Please shorten it and send it again.",
        count=length - most,
        most=most,
    )


def too_long_by(more: int, words: Words) -> Words:
    """`words`; if they say how much too long a text is, `more` characters are added to that."""
    count, most = words.values.get("count"), words.values.get("most")
    if words.id != too_long(2, 1).id or not isinstance(count, int) or not isinstance(most, int):
        return words
    return too_long(most + count + more, most)


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text of `least` to `most` characters. The value is the text as written."""

    most: int = LONGEST
    least: int = 1

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        match event:
            case Say(text=text):
                pass
            case Fill(fields=fields):
                text = "".join(fields.get("text", ()))
            case _:
                return Refusal(misfit(event) or _("Please answer this one in your own words."))
        if not text:
            return Refusal(_("That was empty. Please write a few words."))
        if len(text) < self.least:
            return Refusal(_("Please write a little more, a sentence or two is enough."))
        return text if len(text) <= self.most else Refusal(too_long(len(text), self.most))

    def accepts(self, value: Value, known: Known) -> bool:
        return isinstance(value, str) and self.least <= len(value) <= self.most

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (value,) if isinstance(value, str) and value else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = value if isinstance(value, str) else ""
        return AnswerControls(
            fields=(Field("text", "line" if self.most <= 200 else "lines", _("Your answer"), (now,), most=self.most),)
        )

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE
