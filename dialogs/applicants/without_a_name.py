"""What somebody with protected personal data (skyddade personuppgifter) reads before they send anything, and whom they can ring instead."""

from dialogs.applicants import terms
from dialogs.applicants.rooms import RESUME
from dialogs.applicants.where import Standing
from dialogs.language.replies import Tell


def more(standing: Standing) -> tuple[Tell, ...]:
    """What the protection does not change, and another way; below it the way on."""
    (public, words), (talk, ring) = terms.not_protected(standing.house)
    return Tell(words, title=public), Tell(ring, title=talk, rows=((RESUME,),))
