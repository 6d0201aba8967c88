"""Confirming what is known. Law: a button names the values that it confirms, so that nobody confirms one that they have not seen."""

from dialogs.engine.declare import Question
from dialogs.engine.draft import Draft, Path
from dialogs.engine.prefilled import Prefilled, fingerprint
from dialogs.kinds.kind import Value
from dialogs.language.events import Event, Say
from dialogs.language.replies import Tell
from dialogs.language.words import _

RIGHT = "right:"
"""What the act that confirms begins with; after it comes the mark of the value, or of all the values that it confirms."""
OUTDATED = _("What is known about this has changed since. Please look at it again.")
RIGHT_OR_NOT = _("Is what stands here right? Please press “It is right”, or “Change” to write something else.")
STANDS_NOWHERE = _("What you sent just now stands nowhere yet, because something that was known has changed since:")
SHORT = 20
"""Characters of a text that is a nod rather than an answer: "yes", "ok", "det stämmer", in whatever language."""


def is_nod(asked: Question, draft: Draft, event: Event, read: Value) -> bool:
    """Whether a text is more likely meant for the buttons than as the answer that was `read` from it, which would take the place of what is known:
    a few letters or signs, and no number or address in them.
    """
    known = draft.proposed(asked.key)
    if known is None or not isinstance(event, Say):
        return False
    text, shown = event.text.strip(), asked.kind.show
    short = len(text) <= SHORT and not any(one.isdecimal() or one == "@" for one in text)
    after = shown(read, {})
    return short and not all(one in after for one in shown(known.value, {}))


def given_back(event: Event) -> Tell:
    """Says that something was not filed, with its text."""
    return Tell((STANDS_NOWHERE, *((event.text,) if isinstance(event, Say) else ())), tone="trouble")


def right_of(*confirmed: Prefilled) -> str:
    """The act that confirms these values and no others."""
    marks = tuple(one.mark for one in confirmed)
    return RIGHT + (marks[0] if len(marks) == 1 else fingerprint(marks))


def proposals(along: Path, draft: Draft) -> dict[str, Prefilled]:
    """What the questions on the path are prefilled with, as far as they are not answered, by key."""
    return {step.key: known for step in along.steps if (known := draft.proposed(step.key))}


def taken(along: Path, draft: Draft, key: str, act: str, at_once: bool) -> dict[str, Prefilled]:
    """What a press of this act at the question `key` confirms, by key: its own value or, where all may be confirmed `at_once`, all.

    Empty when what is known is not what the act names.
    """
    there = proposals(along, draft)
    here = {one: known for one, known in there.items() if one == key}
    offered = (here, there) if at_once else (here,)
    return next((these for these in offered if these and act == right_of(*these.values())), {})
