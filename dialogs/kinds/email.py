"""An e-mail address."""

from dataclasses import dataclass

from dialogs.kinds.contact import OTHER_LETTERS, email_in, has_other_letters
from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Field, Rows
from dialogs.language.words import Text, _


@dataclass(frozen=True, slots=True)
class Email:
    """One e-mail address, in its normal form. No look-up is made. `taken` is the key under which the context holds the addresses that are somebody
    else's: none of these is taken from them.
    """

    taken: str = ""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        match event:
            case Say(text=text):
                pass
            case Fill(fields=fields):
                text = "".join(fields.get("email", ()))
            case _:
                return Refusal(misfit(event) or _("Please write an e-mail address."))
        if self._is_taken(email := email_in(text.strip()), known):
            return Refusal(
                _("A colleague is reached at that address already. Please write another one, or leave it empty.")
            )
        if has_other_letters(text.strip()):
            return Refusal(OTHER_LETTERS)
        return email or Refusal(_("That is not an e-mail address as I know them. One looks like name@example.se."))

    def accepts(self, value: Value, known: Known) -> bool:
        return isinstance(value, str) and bool(value) and email_in(value) == value and not self._is_taken(value, known)

    def _is_taken(self, email: str, known: Known) -> bool:
        return email.casefold() in (known.get(self.taken) or ())

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (value,) if isinstance(value, str) and value else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = value if isinstance(value, str) else ""
        return AnswerControls(fields=(Field("email", "email", _("E-mail address"), (now,), autocomplete="off"),))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE
