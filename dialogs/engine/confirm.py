"""Confirming what is known. Law: a button names the values that it confirms, so that nobody confirms one that they have not seen."""

from dataclasses import replace
from datetime import datetime

from dialogs.engine.draft import ASIDE, Answer, Draft, Path
from dialogs.engine.prefilled import Prefilled, fingerprint
from dialogs.language.words import _

RIGHT = "right:"
"""What the act that confirms begins with; after it comes the mark of the value, or of all the values that it confirms."""
SHOWN = ASIDE + "shown"
"""The key under which a draft keeps what was known at a question when it was opened for a change: the question's key, and the mark."""
OUTDATED = _("What is known about this has changed since. Please look at it again.")


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


def opened(draft: Draft, key: str, person: int, locale: str, now: datetime) -> Draft:
    """The draft with a question open for a change by this person, and a note of what is known there as it is shown."""
    if known := draft.proposed(key):
        draft = draft.with_answer(SHOWN, Answer([key, known.mark], person, locale, now))
    return replace(draft, changing=key, version=draft.version + 1)


def is_unseen(draft: Draft, key: str) -> bool:
    """Whether something else is known at the question open for a change than when it was shown."""
    known = draft.proposed(key)
    return known is not None and draft.changing == key and draft.value(SHOWN) != [key, known.mark]
