"""A small dialog to try things on, and a writer who answers it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from dialogs.engine.condition import is_
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.engine.draft import Draft, path
from dialogs.engine.turn import Turn, Writer, turn
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.events import Event, Press, Say
from dialogs.language.words import _

WRITER = Writer(7, "sv", datetime(2026, 3, 3, 9, tzinfo=UTC))
OPTIONS = (Option("dog", _("Dog")), Option("cat", _("Cat"), _("Cats are fine.")), Option("none", _("None")))

NAME = Question("name", _("Name"), _("What is your name?"), FreeText(50))
PET = Question("pet", _("Pet"), _("Which pet?"), OneChoice(OPTIONS))
CALLED = Question("called", _("Called"), _("What is it called?"), FreeText(50), when=is_("pet", "dog", "cat"))
WISH = Question("wish", _("Wish"), _("A wish?"), FreeText(50), optional=True)
PLACE = Question("town", _("Town"), _("Where do you live?"), FreeText(50))


def dialog(*questions: Question) -> Dialog:
    """A dialog of these questions in one section; without any, of the usual five."""
    return Dialog(
        key="small",
        title=_("Small"),
        intro=(),
        sections=(Section(_("All"), questions or (NAME, PET, CALLED, WISH, PLACE)),),
        review=(_("Look."),),
        send=_("Send"),
        sure=(_("Sure?"),),
        sent=_("Sent"),
        next_steps=(),
    )


SMALL = dialog()
ANSWERS: dict[str, Event] = {
    "name": Say("Kim", "m1"),
    "pet": Press("cat", "pet", 1),
    "called": Say("Misse", "m2"),
    "wish": Press("skip", "wish", 1),
    "town": Say("Malmö", "m3"),
}


def after(*events: Event, of: Dialog = SMALL, draft: Draft | None = None) -> Turn:
    """The last turn of these events."""
    taken = Turn(draft or Draft(1), ())
    for event in events:
        taken = turn(of, taken.draft, event, WRITER)
    return taken


def full(of: Dialog = SMALL) -> Draft:
    """A draft with every answer."""
    return after(*ANSWERS.values(), of=of).draft


def asked(of: Dialog, draft: Draft) -> list[str]:
    """The keys that would be asked, one after the other, if each got an answer; none when the review stands there."""
    return list(_asked(of, draft))


def _asked(of: Dialog, draft: Draft) -> Iterator[str]:
    while step := path(of, draft).unanswered:
        yield step.key
        value = "cat" if isinstance(step.kind, OneChoice) else "x"
        draft = after(
            Press(value, step.key, draft.id, draft.version) if value == "cat" else Say(value),
            of=of,
            draft=replace(draft, changing=""),
        ).draft
