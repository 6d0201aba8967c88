"""What a step's questions can be prefilled from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dialogs.case.case import Case
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Draft
from dialogs.engine.prefilled import Prefilled, Saying
from dialogs.engine.record import Record
from dialogs.kinds.kind import Known


@dataclass(frozen=True, slots=True)
class Background:
    """What is known as a step is taken: the case, the application as it stands (None before one is sent), and the `day` (ISO).

    `writing` is what the applicants have answered in an application that is not sent. Law: it is empty for everybody but themselves.
    """

    case: Case
    sent: Record | None = None
    day: str = ""
    writing: Known = field(default_factory=dict)


Recall = Callable[[Background], Prefilled | None]
"""What one question is prefilled with; None if nothing is known."""


def informed(draft: Draft, dialog: Dialog, sources: Mapping[str, Recall], background: Background, say: Saying) -> Draft:
    """The draft with what is known at the questions of its dialog, in the language of `say`.

    What a question does not accept as it is asked now is left out: an option may be gone since.
    """
    found = {key: one.said(say) for key, source in sources.items() if (one := source(background))}
    known = {key: one.value for key, one in found.items()}
    known |= {key: answer.value for key, answer in draft.answers.items()}
    accepted = {question.key for question in dialog.questions if _accepts(question, found, known)}
    return draft.knowing({key: one for key, one in found.items() if key in accepted})


def _accepts(question: Question, found: Mapping[str, Prefilled], known: Known) -> bool:
    return question.key in found and question.kind.accepts(found[question.key].value, known)
