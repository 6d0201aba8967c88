"""The criteria of the model, in its order and its words (seed: modell-for-samverkansstod-2020-12)."""

from dialogs.case.criterion import Criterion
from dialogs.engine.declare import Question
from dialogs.kinds.files import MEGABYTES, MOST, Attachments
from dialogs.kinds.items import Items, kinds_in
from dialogs.kinds.kind import Known, Option
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.words import Words, _

ACTOR_KINDS = (
    Option("property_owner", _("Property owner")),
    Option("association", _("Association")),
    Option("company", _("Company")),
    Option("residents", _("Residents’ group")),
    Option("network", _("Network, not yet organised")),
    Option("other", _("Something else")),
)
"""Who may ask for support (seed), and since ASN's comment also a network of residents that is not yet an organisation."""
KIND_OF_ACTOR = {option.id: option.label for option in ACTOR_KINDS}
NO_KIND = _("A kind that is no longer asked for")
"""Of an actor whose kind was taken away since."""


def mixed(known: Known) -> bool:
    """Whether the actors are of at least two different kinds."""
    return len(kinds_in(known.get(ACTORS.key))) >= 2


def _about_the_mix(known: Known) -> tuple[Words, ...]:
    if mixed(known):
        return (_("A mixed group: you have actors of different kinds. That is what the criterion asks for."),)
    return (
        _(
            "So far all actors who want to take part are of the same kind. A mixed group needs at least two different kinds, for instance a property owner "
            "and an association. You can go on anyway, and add more actors whenever you like."
        ),
    )


ACTORS = Question(
    "actors",
    _("Actors"),
    _("Which actors are in the group? Write their names, one a line."),
    Items(ACTOR_KINDS, _("wants to take part"), _("in the area, not on board yet")),
    hint=_("For example a property owner, an association, a company or a residents’ group. You can add more later."),
    remarks=_about_the_mix,
)
ADDED_VALUE = Question(
    "added_value",
    _("Added value"),
    _("What can you achieve together that none of you could achieve alone?"),
    FreeText(),
    hint=_("For example: one owner can light up a yard, but only together can you make the whole street feel safe."),
)

PROPOSAL = Question(
    "proposal",
    _("The proposal"),
    _("What do you want to do in the area? A few sentences are enough."),
    FreeText(),
    hint=_("Say what will be different for those who live, work or spend time there."),
)

MIXED_GROUP = Criterion(
    "mixed_group",
    _("A mixed group with a proposal"),
    wording=_(
        "A mixed group of actors has a proposal for how they can develop an area together with the City of Malmö through the Technical Committee."
    ),
    meaning=_(
        "You are of different kinds, for instance property owners and associations, and you have an idea for a street, a square or a block."
    ),
    guidance=_(
        "Others began by asking two or three neighbours of different kinds: the landlord, the shop on the corner, the association. "
        "A rough idea on half a page is enough for a first meeting."
    ),
    guideline=_(
        "Look for at least two different kinds of actors that stand behind the same proposal. Residents’ networks that are not organised yet count in full. "
        "“Partly” when the kinds or the proposal are still vague; help them to find more actors."
    ),
    questions=(
        ACTORS,
        PROPOSAL,
    ),
)
ESTABLISHED = Criterion(
    "established",
    _("Established cooperation"),
    wording=_(
        "There is established cooperation between different actors with a capital of trust and those who live or work in the area."
    ),
    meaning=_(
        "Some of you already do things together, and the people of the area know you and are part of it. It does not have to be large."
    ),
    guidance=_(
        "Others began small: a cleaning day, a joint party in the yard, a meeting once a month. You do not have to be an established "
        "organisation. The contact person can help you find actors in the area."
    ),
    guideline=_(
        "Look for something they already do together, and for the trust of those who live or work there. "
        "It may be small and new: who is not established must not be shut out. “Not yet” when nothing joins them so far."
    ),
    questions=(
        Question(
            "cooperation",
            _("Cooperation so far"),
            _("Who already works together, on what, and since when? How are those who live or work there part of it?"),
            FreeText(),
        ),
    ),
)
CONTRIBUTION = Criterion(
    "contribution",
    _("Own contribution"),
    wording=_("The actors are able to set aside money, resources or take responsibility for activities."),
    meaning=_("One of the three is enough. Resources can be a room, tools, time or knowledge."),
    guidance=_(
        "Money is not necessary. Others have lent a room, given working hours or taken charge of an activity, such as a market or a watering rota."
    ),
    guideline=_(
        "Any one of money, resources or responsibility for activities is enough. Weigh it against what the actors can bear, not against other groups."
    ),
    questions=(
        Question(
            "contributes",
            _("Your contribution"),
            _("What can you contribute? Choose first, then write."),
            SeveralChoices(
                (
                    Option("money", _("Money")),
                    Option("resources", _("Resources: rooms, tools, time")),
                    Option("activities", _("Responsibility for activities")),
                ),
                _("Now write in a few words what you can contribute."),
            ),
        ),
    ),
)
VALUE = Criterion(
    "value",
    _("More together than alone"),
    wording=_(
        "The collaboration proposal contributes to added value that the individual actors cannot achieve on their own."
    ),
    meaning=_("Together you reach something that none of you would reach alone."),
    guidance=_(
        "Ask each actor: what would you like to change here that you cannot change by yourself? What the answers have in common is often the added value."
    ),
    guideline=_(
        "Look for something that none of the actors could reach alone. A list of single wishes is “partly”: ask what ties them together."
    ),
    questions=(ADDED_VALUE,),
)
EVIDENCE = Criterion(
    "evidence",
    _("Evidence of need"),
    wording=_(
        "There must be material from residents, people who work there or visitors (depending on the purpose of the process) that shows which and whose needs "
        "were the starting point when the proposal was drawn up."
    ),
    meaning=_(
        "You have asked those it is about, and can show what they said: a survey, a meeting, a walk, statistics."
    ),
    guidance=_(
        "Others have put a box in the stairwell, stood in the square for an afternoon with three questions, or invited everybody to a walk. "
        "Write down how many answered and what they said."
    ),
    guideline=_(
        "Look for material that fits the purpose: whose needs, how many were asked, what they said. "
        "A simple walk with notes can be enough for a small proposal. “Partly” when only some of those concerned were asked."
    ),
    questions=(
        Question(
            "needs",
            _("Whose needs, and how you know"),
            _("Whose needs does the proposal build on? Choose first, then write how you know."),
            SeveralChoices(
                (
                    Option("residents", _("Residents")),
                    Option("working", _("People who work there")),
                    Option("visitors", _("Visitors")),
                ),
                _("Now write how you know: a survey, a meeting, a walk, statistics… and what it showed."),
            ),
        ),
        Question(
            "papers",
            _("Documents"),
            _(
                "Do you have something that shows it? Send documents, photos or voice notes, {most} at most.",
                most=MOST,
            ),
            Attachments(),
            optional=True,
            hint=_(
                "PDF, Word (DOCX), ODT, JPEG, PNG, HEIC or voice, {mb} MB each. Nothing at hand? Press “Skip”.",
                mb=MEGABYTES,
            ),
        ),
    ),
)
DEMOCRATIC = Criterion(
    "democratic",
    _("Democratic principles"),
    wording=_("The process and the proposal must be based on democratic principles."),
    meaning=_("Everyone concerned can take part and be heard, and it is clear how you decide."),
    guidance=_(
        "Others hold open meetings, announce them in the stairwells and in several languages, write down what was decided and let everyone read it."
    ),
    guideline=_(
        "Look for how decisions are taken, who can take part, and whether those concerned can find out. “Not yet” when somebody concerned is shut out."
    ),
    questions=(
        Question("decisions", _("How you decide"), _("How do you take decisions, and who can take part?"), FreeText()),
    ),
)

CRITERIA = (MIXED_GROUP, ESTABLISHED, CONTRIBUTION, VALUE, EVIDENCE, DEMOCRATIC)
"""In the order of the model."""
