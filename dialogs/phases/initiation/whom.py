"""Whom the city answers: a name and a way to reach them, or nothing where personal data is protected."""

from dialogs.engine.condition import is_
from dialogs.engine.declare import Question, Section
from dialogs.kinds.card import Card
from dialogs.kinds.contact import PROTECTED, Contact, is_protected
from dialogs.kinds.kind import Known, Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.language.words import _
from dialogs.phases.initiation.criteria import ACTORS


def _actors_by_name(known: Known) -> tuple[Option, ...]:
    items = (known.get(ACTORS.key) or {}).get("items", ())
    return (*(Option(item["id"], item["name"]) for item in items), Option("other", _("Someone else, or only myself")))


CONTACT = Question(
    "contact",
    _("Contact"),
    _("Whom should the city answer? Write a name, and an e-mail address or a phone number."),
    Contact(),
    hint=_(
        "For example: Sara Ali, sara@example.se. One way is enough. Protected personal data? Write nothing here, press the button."
    ),
)
WITHOUT_A_NAME = Question(
    "without_a_name",
    _("Protected personal data"),
    _("You give no name and no address. Do you want to go on like this?"),
    Card(
        _("Yes, go on without my name"),
        ((CONTACT.key, _("Give a name after all")),),
        lambda _known: (
            _("As soon as your case arrives it is protected: only administrators see it, and those they name."),
            _("The city answers here in the chat. Come back to read it."),
            _("Look through what you have written: does it show who you are or where you live?"),
        ),
    ),
    when=is_(CONTACT.key, PROTECTED),
    ways=(("without_a_name", _("More about protected data")),),
)
"""Shows what will happen to somebody with protected personal data (skyddade personuppgifter), before they go on."""

SPEAKS_FOR = Question("speaks_for", _("Speaks for"), _("Which actor do you speak for?"), OneChoice(_actors_by_name))
WHOM = Section(_("Whom to answer"), (CONTACT, WITHOUT_A_NAME, SPEAKS_FOR))


def protects(known: Known) -> dict[str, object]:
    """Whether whoever sends it has protected personal data: then its case is protected from then on."""
    return {"protects": True} if is_protected(known.get(CONTACT.key)) else {}
