"""An e-mail address."""

from dataclasses import dataclass

from dialogs.kinds.contact import email_in
from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Field, Rows
from dialogs.language.words import Text, _


@dataclass(frozen=True, slots=True)
class Email:
    """One e-mail address, in its normal form. No look-up is made."""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        match event:
            case Say(text=text):
                pass
            case Fill(fields=fields):
                text = "".join(fields.get("email", ()))
            case _:
                return Refusal(misfit(event) or _("Please write an e-mail address."))
        return email_in(text.strip()) or Refusal(
            _("That is not an e-mail address as I know them. One looks like name@example.se.")
        )

    def accepts(self, value: Value, known: Known) -> bool:
        return isinstance(value, str) and bool(value) and email_in(value) == value

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (value,) if isinstance(value, str) and value else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = value if isinstance(value, str) else ""
        return AnswerControls(fields=(Field("email", "email", _("E-mail address"), (now,), autocomplete="off"),))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE
