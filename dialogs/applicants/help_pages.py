"""Help: the questions that others have asked, one by one."""

from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.applicants.rooms import RESUME
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _


def help_menu() -> Tell:
    """The questions that have an answer."""
    rows = tuple(
        (Button(question, f"help:{number}"),) for number, (question, _answer) in enumerate(QUESTIONS_AND_ANSWERS)
    )
    return Tell(
        (_("Which question do you have? Your place is kept."),),
        title=_("Questions and answers"),
        rows=(*rows, (Button(_("Ask the contact person"), "meeting"),), (RESUME,)),
    )


def help_answer(number: int) -> Tell:
    """One question with its answer."""
    question, answer = QUESTIONS_AND_ANSWERS[number]
    return Tell(answer, title=question, rows=((Button(_("More questions"), "help"),), (RESUME,)))
