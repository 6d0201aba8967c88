"""What narrows the list of the queue: the choices of each field, what is chosen, and the address of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dialogs.case.city import City
from dialogs.case.rights import ContactPerson
from dialogs.desk import labels as words
from dialogs.desk.filter import SORTS, Filter, values_of
from dialogs.language.replies import Choice
from dialogs.language.words import Text, Words, _, n_

SOUGHT = "sought"
"""In an address: with the words that this contact person looked for last."""


@dataclass(frozen=True, slots=True)
class Menus:
    """The choices in each field of the filter."""

    state: tuple[Choice, ...]
    waits: tuple[Choice, ...]
    has: tuple[Choice, ...]
    district: tuple[Choice, ...]
    locale: tuple[Choice, ...]
    scope: tuple[Choice, ...]
    sort: tuple[Choice, ...]

    def among(self) -> dict[str, set[str]]:
        """The values of each field."""
        return {name: {choice.id for choice in getattr(self, name)} for name in self.__slots__}

    def label(self, name: str, value: str) -> Text:
        """The label of a value."""
        return next((one.label for one in getattr(self, name) if one.id == value), value)


def menus(colleagues: list[ContactPerson], city: City, languages: Mapping[str, str]) -> Menus:
    """The choices of each field as they are today."""
    holders = (Choice("me", _("Me, or whom I stand in for")), Choice("nobody", _("Nobody yet")))
    return Menus(
        _choices({state: words.STATES[state] for state in words.IN_QUEUE}),
        _choices(words.WAITS),
        (*holders, *(Choice(f"p{one.id}", one.name) for one in colleagues)),
        tuple(Choice(one.id, one.name) for one in city.districts),
        tuple(Choice(code, name) for code, name in languages.items()),
        _choices(words.SCOPES),
        _choices(SORTS),
    )


def _choices(named: Mapping[str, Words]) -> tuple[Choice, ...]:
    return tuple(Choice(id, label) for id, label in named.items())


def chips(wanted: Filter, among: Menus) -> list[tuple[Text, str]]:
    """What narrows the list, each item with the address of the list without it."""
    said: list[tuple[Text, str]] = []
    for name in wanted.narrowing:
        value = getattr(wanted, name)
        match name:
            case "words":
                label: Text = _("With the words {words}", words=value)
            case "days":
                label = n_("Waiting for {count} day or more", "Waiting for {count} days or more", count=value)
            case "unread":
                label = _("Something new to me")
            case "followed":
                label = _("Followed by me")
            case "trouble":
                label = _("Something did not arrive")
            case "has":
                label = _("Who has it: {name}", name=among.label(name, value))
            case _:
                label = among.label(name, value)
        said.append((label, address(wanted.without(name))))
    return said


def address(wanted: Filter, at: int = 1) -> str:
    """The address of a page of the list. Law: the words that are looked for are often names, and stand in no address and no cookie."""
    values = values_of(wanted) | ({"page": str(at)} if at > 1 else {})
    if values.pop("words", ""):
        values[SOUGHT] = "1"
    return f"/queue?{urlencode(values)}" if values else "/queue"
