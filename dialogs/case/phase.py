"""A phase of the model for collaboration support: its steps, its states, when it begins and ends."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.case.case import Case
from dialogs.case.state import State
from dialogs.case.step import Step
from dialogs.language.words import Words


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase, and what can happen in it: its steps open from when it `begins` until it `ends`.

    What it alone knows of a case is a class of its own (Case.part).
    """

    key: str
    title: Words | None = None
    """None for what belongs to no phase of the model."""
    steps: tuple[Step, ...] = ()
    states: tuple[State, ...] = ()
    begins: Callable[[Case], bool] = lambda _case: True
    ends: Callable[[Case], bool] = lambda _case: False

    def runs(self, case: Case) -> bool:
        """Whether a case is in it now."""
        return self.begins(case) and not self.ends(case)
