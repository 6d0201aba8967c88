"""An amount of money."""

import re
from dataclasses import dataclass

from dialogs.kinds.digits import latin
from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Field, Rows
from dialogs.language.words import Text, _

WRITTEN = re.compile(
    r"(?:sek|kr)?\s*(\d+|\d{1,3}(?:[\s.,'\u2019\u066c\u060c]\d{3})+)(?:[.,\u066b]00?)?"
    r"\s*(?:[:.,]?-+|kr|:-\s*kr|kr\.|sek|kronor|krona|crowns|كرونة|کرون)?",
    re.IGNORECASE,
)
MOST = 999_999_999_999
LONGEST = 60
"""The most characters anybody needs to write an amount; see kinds/day.py."""


def amount_in(text: str) -> int | None:
    """The amount somebody wrote, in whole kronor; None when the text is not one."""
    found = WRITTEN.fullmatch(latin(text)) if len(text) <= LONGEST else None
    digits = re.sub(r"\D", "", found[1]).lstrip("0") if found else ""
    if not found or len(digits) > len(str(MOST)):
        return None
    return int(digits or "0")


def is_amount(value: object) -> bool:
    """Whether a stored value is an amount."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole Swedish kronor. The value is an int, 0 or more."""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        match event:
            case Say(text=text):
                pass
            case Fill(fields=fields):
                text = "".join(fields.get("amount", ()))
            case _:
                return Refusal(misfit(event) or HOW)
        amount = amount_in(text)
        return Refusal(HOW) if amount is None else amount

    def accepts(self, value: Value, known: Known) -> bool:
        return is_amount(value)

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (_("{sum} kronor", sum=value),) if is_amount(value) else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = (str(value),) if is_amount(value) else ()
        return AnswerControls(fields=(Field("amount", "number", _("Amount in kronor"), now),))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE


HOW = _("Please write the amount in whole kronor, with digits, for example {sum}.", sum="50 000")
