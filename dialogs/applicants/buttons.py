"""What the buttons around the questions do. An act is a name and, after a colon, what it is about."""

from collections.abc import Callable, Iterable
from datetime import datetime

from dialogs.applicants import (
    answers,
    begin,
    confirm_address,
    drop,
    forget_me,
    help_pages,
    open_in,
    rooms,
    terms,
    without_a_name,
    writers,
)
from dialogs.applicants.acts import Accept, Forget, Quiet, Response, Speak, Switch, Weigh
from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.applicants.sent_status import status
from dialogs.applicants.where import Standing
from dialogs.engine.declare import Dialog
from dialogs.engine.declared import Declared
from dialogs.language.ids import number_in
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _
from dialogs.phases.steps import DIALOGS, WAYS

ABOUT_WHAT_WAS_SENT = (*WAYS, "time", "notime", "calendar", "receipt")
"""Buttons below a notice."""


def pressed(standing: Standing, act: str, now: datetime) -> Response:
    """The response to a button. An unknown button, or one that cannot be pressed here, shows what is at hand."""
    name, _colon, rest = act.partition(":")
    if name in ALONE:
        return ALONE[name](standing)
    if name in ROOMS:
        return ROOMS[name](standing, name, rest)
    number = number_in(rest)
    one = standing.drafted(number)
    match name:
        case "help":
            return _help(rest, number)
        case "lang" if rest in standing.house.languages:
            return Response(acts=(Speak(rest),), show=True)
        case "open" if one:
            return Response(acts=(Switch(one.draft.id),), show=True)
        case "meeting":
            return begin.meeting(standing, now)
        case "cancel" if standing.here and DIALOGS[standing.here.dialog].call_off != "never":
            return drop.call_off(standing, standing.here)
        case "delete" | "delete2" | "delete3" | "leave":
            # A button names its draft. If that draft is gone, a second press must not reach another draft.
            return drop.delete(standing, name, one if rest else standing.here)
    return Response(show=True)


def _help(rest: str, number: int) -> Response:
    known = rest == str(number) and number < len(QUESTIONS_AND_ANSWERS)
    return Response((help_pages.help_answer(number) if known else help_pages.help_menu(),))


def _quiet(_standing: Standing) -> Response:
    said = Tell((_("All right, no more reminders. Your draft stays where it is."),), tone="good")
    return Response((said,), (Quiet(),))


def _later(standing: Standing) -> Response:
    stopped = Tell(
        (_("Everything is saved. Come back whenever you like: open this chat and go on where you were."),),
        title=_("See you!"),
        tone="good",
        rows=((RESUME_HERE,),) if standing.here else (),
    )
    return Response((stopped,))


ROOMS: dict[str, Callable[[Standing, str, str], Response]] = {
    **dict.fromkeys(ABOUT_WHAT_WAS_SENT, answers.pressed),
    **dict.fromkeys(writers.ACTS, writers.pressed),
    **dict.fromkeys(open_in.ACTS, open_in.pressed),
    **dict.fromkeys(confirm_address.ACTS, confirm_address.pressed),
}
"""Whose buttons are about something of theirs."""
RESUME_HERE = Button(_("Continue now"), "resume")
ALONE: dict[str, Callable[[Standing], Response]] = {
    "home": lambda standing: Response((rooms.home(standing),)),
    "menu": lambda standing: Response((rooms.menu(standing),)),
    "data": lambda standing: Response(rooms.data(standing)),
    "language": lambda standing: Response((rooms.language_menu(standing),)),
    "accept": lambda standing: Response(acts=(Accept(terms.version(standing.house)),), show=True),
    "drafts": lambda standing: Response((rooms.drafts(standing),)),
    "new": begin.application,
    "status": lambda standing: Response((status(standing),)),
    "export": lambda _standing: Response((rooms.export(),), show=True),
    "without_a_name": lambda standing: Response(without_a_name.more(standing)),
    "forget": lambda _standing: Response(acts=(Weigh(),)),
    "forget2": lambda standing: Response((forget_me.forgotten(standing),), (Forget(),)),
    "quiet": _quiet,
    "later": _later,
}
"""Buttons that mean the same wherever they are pressed."""
BESIDE = {*ALONE, "meeting", "help"}
"""What a question may offer beside its answers (Question.ways): buttons that need nothing to be about."""


def check(dialogs: Iterable[Dialog]) -> None:
    """Declared (the author's error) if a question offers a way that leads nowhere."""
    for dialog in dialogs:
        for question in dialog.questions:
            if lost := [act for act, _label in question.ways if act not in BESIDE]:
                raise Declared(f"{dialog.key}: {question.key!r} offers {lost}, which no button does")


check(DIALOGS.values())
