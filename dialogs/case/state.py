"""Where a case can stand. The states here are those that no phase owns; each phase declares its own."""

from dataclasses import dataclass

from dialogs.language.words import Words, _


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is drawn. `colour` (#rrggbb) stands out from light and from dark paper alike; `strokes` are the pattern that tells the
    state from every other one without it, as the path of an SVG on a tile of 6 by 6, "" for the one state without a pattern.
    """

    colour: str
    strokes: str


@dataclass(frozen=True, slots=True)
class State:
    """A state: its id, what the desk calls it, where it stands among the others, and its mark in the overview of districts.

    `rank` is its place in the life of a case, lowest first; `in_queue` its place among the states that the queue offers, 0 if a case in the
    queue cannot have it; `over` says that nobody works on such a case any more. No two states of all phases have the same `rank`, or the same
    `in_queue` but 0: a new one takes a number between those of its neighbours.
    """

    id: str
    label: Words
    rank: int
    in_queue: int
    mark: Mark
    over: bool = False
    overview: Words | None = None
    """What the overview of districts calls it, where that is something else."""


DRAFT = State("draft", _("Not sent"), 10, 0, Mark("#7d8783", "M2 3h2"))
"""Begun by applicants and not sent."""
STARTED = State("started", _("Started by the city"), 20, 30, Mark("#8a7f6a", "M2 2h2v2h-2z"))
"""Begun by a contact person, for applicants who are invited and have not applied yet."""
SENT = State("sent", _("Not taken yet"), 30, 10, Mark("#c26a1c", "M0 0h6v6h-6z"))
TAKEN = State("taken", _("Taken"), 40, 20, Mark("#1f8f82", "M-1 1l2 -2M0 6l6 -6M5 7l2 -2"))
FORWARDED = State(
    "forwarded", _("Forwarded"), 50, 40, Mark("#9566c9", "M0 0l6 6M0 6l6 -6"), overview=_("With another committee")
)
"""With another committee as a whole."""
WITHDRAWN = State("withdrawn", _("Withdrawn"), 80, 70, Mark("#7d8783", ""), over=True)
"""Withdrawn by the applicants."""
CLOSED = State("closed", _("Closed"), 85, 75, Mark("#a3605c", "M0 0l3 6l3 -6"), over=True)
"""Closed by a contact person; whatever the applicants do opens it again."""
DISPOSED = State("disposed", _("Disposed of"), 90, 80, Mark("#5f5b52", "M0 3h6M3 0v6"), over=True)
"""Disposed of under a recorded decision."""
COMMON = (DRAFT, STARTED, SENT, TAKEN, FORWARDED, WITHDRAWN, CLOSED, DISPOSED)
