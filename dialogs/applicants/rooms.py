"""The rooms around a dialog: welcome, home, menu, help, language, drafts. Each says something and changes nothing."""

from dataclasses import replace

from dialogs.applicants import terms
from dialogs.applicants.where import Open, Standing
from dialogs.engine.draft import path
from dialogs.engine.show import show as show_draft
from dialogs.language.replies import Ask, Button, Export, Reply, Review, Rows, Tell
from dialogs.language.words import Moment, Text, Words, _, n_
from dialogs.phases.steps import DIALOGS

COMMANDS: dict[str, Words] = {
    "start": _("Begin, or go on where you were"),
    "menu": _("Everything you can do"),
    "back": _("To the question before"),
    "help": _("Questions and answers"),
    "meeting": _("Ask for a first meeting"),
    "drafts": _("My drafts"),
    "status": _("What I have sent"),
    "language": _("Another language"),
    "export": _("My data"),
    "delete": _("Delete my draft"),
    "forget": _("Delete everything about me"),
    "later": _("Stop for now, everything is saved"),
}
"""The commands in menu order, with what they do."""

MOST_BESIDE, ROW, PADDING = 3, 48, 4
"""The most languages side by side; characters in a row on a phone; characters that each button adds to its name."""
BEGIN = Button(_("I have read this, let us begin"), "accept", weight="main")
READ = Button(_("I have read this"), "accept", weight="main")
CONFIRM = _("Confirm my e-mail address")
RESUME = Button(_("Back to where I was"), "resume", weight="main")


def languages(standing: Standing, marked: bool = False) -> Rows:
    """A button for each language, in that language. The reader's own says if it is unreviewed; with `marked`, every one does."""
    house = standing.house
    rows: list[list[Button]] = []
    for code, name in house.choices(standing.locale).items():
        own = code == standing.locale
        button = Button(house.named(code) if marked or own else name, f"lang:{code}", weight="main" if own else "plain")
        if rows and _fit((*rows[-1], button)):
            rows[-1].append(button)
        else:
            rows.append([button])
    return tuple(tuple(row) for row in rows)


def _fit(buttons: tuple[Button, ...]) -> bool:
    """Whether a phone can show these buttons side by side, each as wide as the widest."""
    return len(buttons) <= MOST_BESIDE and len(buttons) * (max(len(str(one.label)) for one in buttons) + PADDING) <= ROW


def welcome(standing: Standing) -> Tell:
    """The first thing anyone reads: what this is, who asks and why; language first."""
    hello = (
        _(
            "I am Samverkansguiden. I help groups that want to develop a street, a square or a block together with the City of Malmö to apply for "
            "collaboration support (samverkansstöd)."
        ),
    )
    rows = (
        *languages(standing),
        (BEGIN,),
        (Button(_("About your data"), "data"),),
    )
    return Tell((*hello, *terms.short()), title=_("Welcome!"), rows=rows)


def new_terms() -> Tell:
    """Says that the terms have changed since this person read them."""
    return Tell(
        (
            _(
                "The information about your data has changed since you read it. Nothing you wrote is lost. Please read it before you send anything."
            ),
            terms.NEW,
        ),
        rows=((Button(_("About your data"), "data"),), (READ,)),
    )


def data(standing: Standing) -> tuple[Tell, ...]:
    """The full information about personal data, a message for each heading; below the last the way on."""
    on = RESUME if standing.terms == terms.version(standing.house) else READ if standing.terms else BEGIN
    *before, last = (Tell(words, title=heading) for heading, words in terms.full(standing.house))
    return (*before, replace(last, rows=((on,),)))


def name_of(one: Open) -> Text:
    """What a draft is called: its area, or else its dialog and when it was begun, which tells two from the same day apart."""
    dialog = DIALOGS[one.dialog]
    foreseen = {key: known.value for key, known in (one.draft.prefilled or {}).items()}
    named = dialog.title_from({**foreseen, **path(dialog, one.draft).known})
    return named or _("{dialog}, begun {date}", dialog=dialog.title, date=Moment(one.started))


def home(standing: Standing) -> Tell:
    """Where to go from here: drafts to continue come before a new start."""
    going_on = [
        (Button(_("Continue: {draft}", draft=name_of(one)), f"open:{one.draft.id}", weight="main"),)
        for one in standing.open
    ]
    rows = (
        *going_on,
        (Button(_("Start a new application"), "new", weight="plain" if going_on else "main"),),
        (Button(_("Ask for a first meeting"), "meeting"),),
        *(((Button(_("What I have sent"), "status"),),) if standing.sent else ()),
        (Button(_("Help"), "help", weight="quiet"), Button(_("Menu"), "menu", weight="quiet")),
    )
    words = (
        n_(
            "You have {count} draft that is not sent yet.",
            "You have {count} drafts that are not sent yet.",
            count=len(standing.open),
        )
        if going_on
        else _("What would you like to do?")
    )
    return Tell((words,), title=_("Samverkansguiden"), rows=rows)


def menu(standing: Standing) -> Tell:
    """Everything that can be done at any time."""
    names = [
        "help",
        "meeting",
        "drafts",
        *(["writers"] if standing.applications() else []),
        *(["status"] if standing.sent else []),
        "language",
        "export",
        "data",
        "openin",
        "forget",
        *(["delete", "later"] if standing.here else []),
    ]
    labels = COMMANDS | {"data": _("About your data"), "writers": _("Write together"), "openin": _("Who has this open")}
    rows = tuple((Button(labels[name], name),) for name in names)
    return Tell((_("This you can do at any time. Your place is kept."),), title=_("Menu"), rows=(*rows, (RESUME,)))


def language_menu(standing: Standing) -> Tell:
    """The languages to choose from."""
    return Tell(
        (_("Which language do you want to use? Nothing is lost when you change."),),
        title=_("Language"),
        rows=(*languages(standing, marked=True), (RESUME,)),
    )


def drafts(standing: Standing) -> Tell:
    """The person's open drafts."""
    if not standing.open:
        return Tell(
            (_("You have no drafts."),),
            title=_("My drafts"),
            rows=((Button(_("Start a new application"), "new", weight="main"),),),
        )
    rows = [
        (
            Button(_("Continue: {draft}", draft=name_of(one)), f"open:{one.draft.id}", weight="main"),
            Button(_("Delete…"), f"delete:{one.draft.id}", weight="grave"),
        )
        for one in standing.open
    ]
    return Tell(
        (_("These are not sent. Only those who write them can read them."),),
        title=_("My drafts"),
        rows=(*rows, (Button(_("Start a new application"), "new"),)),
    )


def place(standing: Standing) -> Reply:
    """What to show where the person stands: the question at hand, or home; the welcome until they have accepted the terms."""
    if not standing.terms:
        return welcome(standing)
    if not standing.here:
        return home(standing)
    shown = show_draft(DIALOGS[standing.here.dialog], standing.here.draft)
    if isinstance(shown, Review) and standing.here.writers:
        return replace(shown, words=(*shown.words, written_by(standing.here)))
    return shown


def written_by(one: Open) -> Words:
    """How many write a draft."""
    return n_("{count} person writes it.", "{count} people write it together.", count=max(len(one.writers), 1))


def with_cancel(reply: Reply, standing: Standing) -> Reply:
    """The reply with a button to call it off: a dialog says whether it can be, from its questions and its review."""
    if not standing.here or DIALOGS[standing.here.dialog].call_off == "never":
        return reply
    off = Button(_("Call it off"), "cancel", weight="quiet")
    match reply:
        case Ask(ways=ways):
            return replace(reply, ways=(*ways, off))
        case Review(rows=rows):
            return replace(reply, rows=(*rows, (off,)))
        case _:
            return reply


def export() -> Export:
    """The person's own data, and a way to have it deleted."""
    words = _("This is everything that is stored about you: your answers, your files and what you have sent.")
    return Export((words,), rows=((Button(COMMANDS["forget"], "forget", weight="grave"),),))
