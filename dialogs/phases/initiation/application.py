"""The initiation phase: the application for collaboration support (seed: modell-for-samverkansstod-2020-12)."""

from dataclasses import replace

from dialogs.case.criterion import MET, sections
from dialogs.engine.condition import any_of, is_, not_
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.kinds.card import Card
from dialogs.kinds.contact import PROTECTED, Contact, is_protected
from dialogs.kinds.files import MEGABYTES, MOST, Attachments
from dialogs.kinds.items import kinds_in
from dialogs.kinds.kind import Known, Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import Place, title_of
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.words import Text, _
from dialogs.phases.initiation.criteria import ACTORS, ADDED_VALUE, CRITERIA, ESTABLISHED, MIXED_GROUP, VALUE, mixed
from dialogs.phases.initiation.standing import standing

SCOPES = (
    Option("yes", _("Yes")),
    Option(
        "partly",
        _("Partly, or something else"),
        _("Go on all the same. What concerns another committee is handed on to that committee, it is never dropped."),
    ),
    Option("not_sure", _("Not sure"), _("That is fine, go on. The contact person sorts it out with you.")),
)
"""Whether the matter is the Technical Committee's, as the group sees it."""
SCOPE = Question(
    "scope",
    _("The Technical Committee’s responsibility"),
    _("Is your idea about streets, squares, parks or other public land?"),
    OneChoice(SCOPES),
    hint=_("That is what the Technical Committee is responsible for."),
)


def _from_the_criteria(known: Known) -> tuple[Text, ...]:
    brought = [
        question
        for question, criterion in ((ACTORS, MIXED_GROUP), (ADDED_VALUE, VALUE))
        if known.get(criterion.key) in MET
    ]
    shown: list[Text] = [_("You have told me this already, and it belongs in the application:")]
    for question in brought:
        shown += (
            [_("{label}:", label=question.label), *question.kind.show(known.get(question.key), known)]
            if question.key in known
            else []
        )
    return tuple(shown)


AREA = Question(
    "area",
    _("The area"),
    _("Which area is it about, and where does it end?"),
    Place(),
    hint=_(
        "Write what it is called, for example “Möllevångstorget”. You can go on below it with the streets or corners that bound it, one a line. "
        "A location pin works, too."
    ),
)

CHALLENGES = Question(
    "challenges",
    _("Challenges"),
    _("What challenges does the area have today, as you see it?"),
    FreeText(),
    hint=_("Do not write anything sensitive about single people."),
)
OPPORTUNITIES = Question("opportunities", _("Opportunities"), _("And what opportunities does it have?"), FreeText())

REQUIRED = Section(
    _("The application"),
    (
        AREA,
        replace(ACTORS, when=not_(is_(MIXED_GROUP.key, *MET))),
        CHALLENGES,
        OPPORTUNITIES,
        replace(ADDED_VALUE, when=not_(is_(VALUE.key, *MET))),
        Question(
            "confirmed",
            _("What you have said before"),
            _("Is it complete and right?"),
            Card(
                _("Yes, that is right"),
                ((ACTORS.key, _("Change or add actors")), (ADDED_VALUE.key, _("Change the added value"))),
                _from_the_criteria,
            ),
            when=any_of(is_(MIXED_GROUP.key, *MET), is_(VALUE.key, *MET)),
        ),
    ),
)

MORE = Section(
    _("If you want to add more"),
    (
        Question(
            "more",
            _("More to add"),
            _("Do you want to add any of this? It helps, but it is not required."),
            SeveralChoices(
                (
                    Option("duration", _("How long it is meant to run")),
                    Option("hopes", _("What you hope for from the city")),
                    Option("photos", _("Photos")),
                ),
                least=0,
            ),
            hint=_("Choose what you like and press “Continue”. With nothing chosen you go straight on."),
        ),
        Question(
            "duration",
            _("How long"),
            _("How long is it meant to run?"),
            OneChoice(
                (
                    Option("summer", _("A summer")),
                    Option("year", _("About a year")),
                    Option("lasting", _("Several years, or for good")),
                    Option("not_sure", _("Not sure")),
                )
            ),
            optional=True,
            when=is_("more", "duration"),
        ),
        Question(
            "hopes",
            _("Hopes for the city"),
            _("What do you hope for from the city?"),
            FreeText(),
            optional=True,
            when=is_("more", "hopes"),
            hint=_(
                "Money, permits, benches, knowledge, a partner to talk to… The city decides case by case what it can do."
            ),
        ),
        Question(
            "photos",
            _("Photos"),
            _("Send photos of the area, {most} at most.", most=MOST),
            Attachments(),
            optional=True,
            when=is_("more", "photos"),
            hint=_(
                "JPEG, PNG or HEIC, {mb} MB each. Please no photos in which people can be recognised, unless they have said yes.",
                mb=MEGABYTES,
            ),
        ),
    ),
)


LEADING = (SCOPE.key, MORE.questions[0].key)
"""The keys of questions that only lead to others."""


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


def _facts(known: Known) -> dict[str, object]:
    """What the contact person sees at a glance; `scope` is a hint at where the matter may belong, never a verdict."""
    return {
        "scope": known.get(SCOPE.key),
        "mixed": mixed(known),
        "actors": sorted(kinds_in(known.get(ACTORS.key))),
        "established": known.get(ESTABLISHED.key),
        "criteria": {criterion.key: known.get(criterion.key) for criterion in CRITERIA},
        **protects(known),
    }


def protects(known: Known) -> dict[str, object]:
    """Whether whoever sends it has protected personal data: then its case is protected from then on."""
    return {"protects": True} if is_protected(known.get(CONTACT.key)) else {}


APPLICATION = Dialog(
    key="application",
    call_off="never",
    title=_("Your application"),
    intro=(
        (
            _(
                "Collaboration support (samverkansstöd) is for groups that want to develop a street, a square, a block or another limited area together with the City of Malmö."
            ),
            _(
                "It takes about 30 minutes. You can stop at any point: everything is saved as you go, and you come back to the same place."
            ),
        ),
        (
            _("How it works:"),
            _("1. We go through {all} criteria. Then you write the application with me.", all=len(CRITERIA)),
            _("2. A contact person at the city meets you and assesses the application."),
            _(
                "3. The Technical Committee decides. If it says yes, the city first gives a sum for dialogue in the area."
            ),
            _("I cannot promise you support or money. But I never turn anyone away."),
        ),
    ),
    sections=(
        Section(_("First"), (SCOPE,)),
        *sections(CRITERIA),
        Section(_("Where you stand"), (standing(CRITERIA),)),
        REQUIRED,
        MORE,
        WHOM,
    ),
    review=(_("This is your application. Read it through; you can change every answer. Nothing has been sent yet."),),
    send=_("Send the application…"),
    sure=(
        _("Send the application to the City of Malmö now?"),
        _(
            "From then on it is a public document: it is registered, others can ask to read it, and it cannot be deleted. You can still withdraw it."
        ),
    ),
    sent=_("Your application has arrived"),
    next_steps=(
        _("What happens next: a contact person reads it, gets in touch with you and suggests a first meeting."),
        _("The contact person assesses the application. The Technical Committee decides."),
    ),
    facts=_facts,
    title_from=lambda known: title_of(known.get(AREA.key)),
)
