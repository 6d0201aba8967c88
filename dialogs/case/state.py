"""Where a case can stand. The states here are those that no phase owns; each phase declares its own."""

from dataclasses import dataclass

from dialogs.language.words import Words, _


@dataclass(frozen=True, slots=True)
class State:
    """A state: its id, what the desk calls it, and where it stands among the others.

    `rank` is its place in the life of a case, lowest first; `in_queue` its place among the states that the queue offers, 0 if a case in the
    queue cannot have it; `over` says that nobody works on such a case any more. No two states of all phases have the same `rank`, or the same
    `in_queue` but 0: a new one takes a number between those of its neighbours.
    """

    id: str
    label: Words
    rank: int
    in_queue: int
    over: bool = False
    overview: Words | None = None
    """What the overview of districts calls it, where that is something else."""


DRAFT = State("draft", _("Not sent"), 10, 0)
"""Begun by applicants and not sent."""
STARTED = State("started", _("Started by the city"), 20, 30)
"""Begun by a contact person, for applicants who are invited and have not applied yet."""
SENT = State("sent", _("Not taken yet"), 30, 10)
TAKEN = State("taken", _("Taken"), 40, 20)
FORWARDED = State("forwarded", _("Forwarded"), 50, 40, overview=_("With another committee"))
"""With another committee as a whole."""
WITHDRAWN = State("withdrawn", _("Withdrawn"), 80, 70, over=True)
"""Withdrawn by the applicants."""
DISPOSED = State("disposed", _("Disposed of"), 90, 80, over=True)
"""Disposed of under a recorded decision."""
COMMON = (DRAFT, STARTED, SENT, TAKEN, FORWARDED, WITHDRAWN, DISPOSED)
