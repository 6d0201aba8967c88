"""Whom to answer: a name, and an e-mail address or a phone number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from pydantic import validate_email
from pydantic_core import PydanticCustomError

from dialogs.kinds.kind import CONTINUE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit, pressed
from dialogs.kinds.text import too_long
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, Words, _

REGION = "SE"
LONGEST = 1000
"""The most characters in a message that says whom to answer."""
NUMBER = re.compile(r"\+?[\d][\d\s()./-]{4,}\d")
COMMAS = ",;،؛"
"""What separates a name from an address; Arabic script has its own comma and semicolon."""
PROTECTED = "protected"
"""The id of the answer that gives neither name nor address, because those of the person are protected."""


def email_in(text: str) -> str:
    """`text` as an e-mail address in its normal form, or "" when it is not one to which every mail server can send. No look-up is made.

    A domain may have any letters: there is a name in ASCII for it, which the letter has (bot/mail/carrier.py). Before the @ there is none.
    """
    email = _email_in(text)
    return email if email.rpartition("@")[0].isascii() else ""


def has_other_letters(text: str) -> bool:
    """Whether `text` is an e-mail address with letters before the @ that are not ASCII, which most mail servers refuse."""
    return not _email_in(text).rpartition("@")[0].isascii()


def _email_in(text: str) -> str:
    try:
        return validate_email(text)[1]
    except PydanticCustomError:
        return ""


def phone_in(text: str) -> str:
    """`text` as a phone number in E.164, read as Swedish if it has no country code; "" when it is not one."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else ""
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to answer. The value is `{"name": str, "email": str, "phone": str}` with a name and at least one of the other two.

    In a chat all of it may come in one message or in several, in any order.
    Somebody with protected personal data gives none of it: the value is then `{"id": "protected"}` and nothing else.
    """

    most: int = 120

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value)
        match event:
            case Say(text=text):
                return self._from_words(text, now)
            case Fill(act=act, fields=fields) if act != PROTECTED:
                return self._from_form(
                    {name: " ".join(fields.get(name, ())).strip() for name in ("name", "email", "phone")}
                )
            case _:
                return {"id": PROTECTED} if pressed(event) == PROTECTED else Refusal(misfit(event) or ASKED)

    def _from_words(self, text: str, now: Value) -> Value | Refusal:
        if len(text) > LONGEST:
            return Refusal(too_long(len(text), LONGEST), now)
        rest, before = text, dict(now)
        for word in re.sub(f"[{COMMAS}]", " ", text).split():
            if "@" in word:
                if not (email := email_in(given := word.strip("<>.()"))):
                    return Refusal(_bad(given), now)
                now["email"], rest = email, rest.replace(word, " ", 1)
        if match := NUMBER.search(rest):
            if not (phone := phone_in(match[0])):
                return Refusal(BAD_PHONE, now)
            now["phone"], rest = phone, rest.replace(match[0], " ", 1)
        name = " ".join(rest.replace("<", " ").replace(">", " ").strip(f" {COMMAS}:\n").split()).strip(f" {COMMAS}:.")
        if not any(letter.isalpha() for letter in name):
            if any(letter.isdigit() for letter in name):
                return Refusal(BAD_PHONE, now)
            return Refusal(ASKED, now) if now == before else now
        return self._named(now, name)

    def _named(self, now: Value, name: str) -> Value | Refusal:
        if len(name) > self.most:
            return Refusal(
                _("That is long for a name. Please write only the name, and an e-mail address or a phone number."), now
            )
        if now["name"] and name and not (now["email"] or now["phone"]):
            return Refusal(BAD_EITHER, now)
        return now | ({"name": name} if name else {})

    def _from_form(self, given: dict[str, str]) -> Value | Refusal:
        email, phone = email_in(given["email"]), phone_in(given["phone"])
        kept = {"name": given["name"][: self.most], "email": email, "phone": phone}
        # After these two, nothing is kept: the rest could be a whole answer, and the dialog would pass over the mistake.
        if given["email"] and not email:
            return Refusal(_bad(given["email"]))
        if given["phone"] and not phone:
            return Refusal(BAD_PHONE)
        if not given["name"]:
            return Refusal(_("Please write your name, so that we know whom to answer."), kept)
        return (
            kept
            if email or phone
            else Refusal(_("Please give an e-mail address or a phone number, one is enough."), kept)
        )

    def _kept(self, value: Value) -> Value:
        value = value if isinstance(value, dict) else {}
        return {name: value[name] if isinstance(value.get(name), str) else "" for name in ("name", "email", "phone")}

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value)
        return is_protected(value) or bool(
            now["name"] and len(now["name"]) <= self.most and (email_in(now["email"]) or phone_in(now["phone"]))
        )

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        if is_protected(value):
            return _("Protected personal data"), _("No name and no address is given. The answer goes to the chat.")
        now = self._kept(value)
        phone = (
            phonenumbers.format_number(
                phonenumbers.parse(now["phone"], REGION), phonenumbers.PhoneNumberFormat.INTERNATIONAL
            )
            if phone_in(now["phone"])
            else ""
        )
        return tuple(part for part in (now["name"], now["email"], phone) if part)

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value)
        return AnswerControls(
            rows=((Button(_("I have protected personal data"), PROTECTED, weight="quiet"),),),
            fields=(
                Field("name", "line", _("Your name"), (now["name"],), most=self.most, autocomplete="name"),
                Field("email", "email", _("E-mail address"), (now["email"],), most=254, autocomplete="email"),
                Field(
                    "phone",
                    "tel",
                    _("Phone number"),
                    (now["phone"],),
                    most=30,
                    autocomplete="tel",
                    hint=_("One of the two is enough."),
                ),
            ),
            prompt=self._prompt(now),
        )

    def layout(self, rows: Rows) -> Layout:
        return Layout((CONTINUE,), rows)

    def _prompt(self, now: Value) -> Words | None:
        reached = now["email"] or now["phone"]
        if now["name"] and not reached:
            return _("Thank you. Now an e-mail address or a phone number, one is enough.")
        return _("Thank you. And what is your name?") if reached and not now["name"] else None


def _bad(email: str) -> Words:
    return OTHER_LETTERS if has_other_letters(email) else BAD_EMAIL


def is_protected(value: Value) -> bool:
    """Whether an answer gives nothing because the person's data is protected."""
    return bool(value == {"id": PROTECTED})


def ends_protected(values: Iterable[Value]) -> bool:
    """Whether the last answer among these, the earliest first, gives nothing. None is no answer."""
    return is_protected(next((one for one in reversed(list(values)) if one), None))


ASKED = _("Please write a name, and an e-mail address or a phone number.")
BAD_EMAIL = _(
    "That does not look like an e-mail address. It should look like name@example.se. Please check it and send it again."
)
OTHER_LETTERS = _(
    "Many mail servers cannot send to an address with such letters before the @. Is it perhaps written with a to z? Otherwise please give another address, or a phone number."
)
BAD_PHONE = _(
    "That does not look like a phone number. It should look like 070-123 45 67, or begin with a country code, like +46. Please check it and send it again."
)
BAD_EITHER = _(
    "I need an e-mail address (like name@example.se) or a phone number (like 070-123 45 67), so that the city can answer you."
)
