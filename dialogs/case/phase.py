"""A phase of the model for collaboration support: its steps, its states, and what it knows of a case."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.case.case import Case
from dialogs.case.state import State
from dialogs.case.step import Step
from dialogs.language.words import Words


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase, and what can happen in it. A case is in it from when it `begins` until it `ends`.

    `part` is the class of what it knows of a case (Case.part), None if it knows nothing that is not every phase's.
    """

    key: str
    title: Words | None = None
    """Shown once there is a second phase to tell it from; None for what belongs to no phase."""
    steps: tuple[Step, ...] = ()
    states: tuple[State, ...] = ()
    part: type | None = None
    begins: Callable[[Case], bool] = lambda _case: True
    ends: Callable[[Case], bool] = lambda _case: False
