"""A kind of every sort, and how its form is filled in."""

from dialogs.kinds.card import Card
from dialogs.kinds.contact import Contact
from dialogs.kinds.files import Attachments
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Kind, Option
from dialogs.kinds.one_choice import OneChoice, yes_no
from dialogs.kinds.place import Place
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.events import Filed, Fill
from dialogs.language.words import _
from tests.dialogs.kinds import declared

OPTIONS = (Option("red", _("Red")), Option("blue", _("Blue")))
KINDS: dict[str, Kind] = {
    "text": FreeText(20),
    "one": OneChoice(OPTIONS),
    "computed": OneChoice(lambda _known: OPTIONS),
    "yes_no": yes_no(),
    "card": Card(),
    "contact": Contact(),
    "place": Place(),
    "files": Attachments(2),
    "items": Items(OPTIONS, _("on"), _("off"), most=3),
    "several": SeveralChoices(OPTIONS),
    "about": SeveralChoices(OPTIONS, _("Why?")),
    "any": SeveralChoices(OPTIONS, least=0),
    **declared.KINDS,
}


def fill(act: str = "", **fields: str | tuple[str, ...]) -> Fill:
    """The form of the question, with these fields; `a__b` stands for "a.b"."""
    return Fill(
        act,
        "k",
        1,
        1,
        {name.replace("__", "."): (text,) if isinstance(text, str) else text for name, text in fields.items()},
    )


def files(*names: str) -> tuple[Filed, ...]:
    """Pictures of these names, of one letter each."""
    return tuple(Filed(name * 64, f"{name}.png", "image/png", 5) for name in names)
